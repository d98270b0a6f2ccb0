// Markup spelt in one byte a token: what mutates one byte changes one tag, and what is found reads.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace feedd::fuzz {

// A letter opens an element, the capital one closes it; with the highest bit set, the start tag has
// attributes. Other bytes are texts, void elements, elements that the alphabet has no room for, or
// nothing.
class Soup {
  public:
    static constexpr std::size_t kMaxTokens = 2000;  // trees of more are hostile_test's

    [[nodiscard]] static std::string of(std::string_view bytes) {
        std::string out;
        for (const char byte : bytes.substr(0, kMaxTokens))
            append(out, static_cast<unsigned char>(byte));
        return out;
    }

  private:
    static constexpr unsigned kAttributes = 0x80;

    static constexpr std::array<std::string_view, 26> kElements = {
        "a",    "b",     "code", "div",   "em", "figure", "dd", "h1",    "i",
        "ruby", "small", "li",   "tbody", "dt", "ol",     "p",  "dl",    "rt",
        "span", "table", "ul",   "td",    "tr", "pre",    "th", "strike"};
    struct Other {
        char key;
        std::string_view markup;
    };
    static constexpr auto kOthers = std::to_array<Other>({
        {' ', " "},           {'.', "x"},          {'\n', "\n"},          {'/', "<br>"},
        {'-', "<hr>"},        {'&', "&amp;"},      {'<', "&lt;p&gt;"},    {'!', "<!-- c -->"},
        {'@', "<img src=y>"}, {'~', "\u0338"},     {'[', "<caption>"},    {']', "</caption>"},
        {'{', "<thead>"},     {'}', "</thead>"},   {'0', "<section>"},    {'1', "</section>"},
        {'2', "<h2>"},        {'3', "</h2>"},      {'4', "<blockquote>"}, {'5', "</blockquote>"},
        {'6', "<del>"},       {'7', "</del>"},     {'8', "<details>"},    {'9', "</details>"},
        {'(', "<summary>"},   {')', "</summary>"}, {'"', "<q>"},          {'\'', "</q>"},
        {':', "<rp>"},        {';', "</rp>"},      {'+', "<address>"},    {'=', "</address>"},
        {'*', "<font>"},      {'_', "</font>"},    {'^', "<svg>"},        {'|', "</svg>"},
        {'$', "<center>"},    {'%', "</center>"},  {'?', "<nav>"},        {'#', "</nav>"},
    });

    static void append(std::string& out, unsigned char byte) {
        const auto letter = static_cast<char>(byte & ~kAttributes);
        if (letter >= 'a' && letter <= 'z') {
            out.append("<").append(kElements.at(static_cast<std::size_t>(letter - 'a')));
            if ((byte & kAttributes) != 0) out += " href=u title='t'";
            out += '>';
        } else if (letter >= 'A' && letter <= 'Z') {
            const auto element = static_cast<std::size_t>(letter - 'A');
            out.append("</").append(kElements.at(element)).append(">");
        } else {
            const auto* const other =
                std::find_if(kOthers.begin(), kOthers.end(),
                             [&](const Other& one) { return one.key == letter; });
            if (other != kOthers.end()) out += other->markup;
        }
    }
};

}  // namespace feedd::fuzz
