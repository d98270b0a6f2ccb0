// Random soups of tags: what holds for every document.
#include <array>
#include <cstddef>
#include <random>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "base/text.h"
#include "html/filter.h"
#include "html/sanitize.h"
#include "html/tree.h"

namespace feedd {
namespace {

constexpr std::string_view kBase = "https://example.org/";
constexpr int kDocuments = 3000;  // about a second in a debug build

constexpr auto kNames = std::to_array<std::string_view>(
    {"a",  "b",   "i",       "em",   "p",     "div",  "span",   "h1",       "h2",    "ul",
     "ol", "li",  "dl",      "dt",   "dd",    "pre",  "table",  "tbody",    "thead", "tr",
     "td", "th",  "caption", "ruby", "rt",    "rp",   "br",     "img",      "hr",    "s",
     "q",  "nav", "svg",     "math", "style", "font", "script", "textarea", "form",  "option"});
constexpr auto kTexts = std::to_array<std::string_view>(
    {"x", " ",  "\n",        "&amp;", "&lt;p&gt;", "&nbsp;", "é",      "<!-- c -->",
     "<", "&",  "<![CDATA[", "]]>",   "<!--",      "-->",    "\"",     "'",
     ">", "</", "<a href='", "=",     "&#10;",     "\r",     "&#824;", "\u0338"});

class Soup {
  public:
    explicit Soup(unsigned seed) : random_(seed) {}

    std::string next() {
        std::string out;
        const std::size_t parts = 1 + below(below(4) == 0 ? 60 : 12);
        for (std::size_t i = 0; i < parts; ++i) {
            const std::size_t kind = below(10);
            if (kind < 5) {
                out.append("<").append(kNames[below(kNames.size())]);
                if (below(2) == 0) out += below(2) == 0 ? " href=x src=y" : " title='t'";
                out += '>';
            } else if (kind < 8) {
                out.append("</").append(kNames[below(kNames.size())]).append(">");
            } else {
                out += kTexts[below(kTexts.size())];
            }
        }
        return out;
    }

  private:
    std::size_t below(std::size_t bound) { return random_() % bound; }
    std::mt19937 random_;
};

TEST(RandomSoup, ComesToAFixedPoint) {
    Soup soup(1);
    for (int i = 0; i < kDocuments; ++i) {
        const std::string source = soup.next();
        const CleanHtml clean = sanitize_html(source, kBase);
        const CleanHtml again = sanitize_html(clean.html, kBase);
        EXPECT_EQ(again.html, clean.html) << source;
        EXPECT_EQ(again.text, clean.text) << source;
        EXPECT_EQ(again.plain, clean.plain) << source;
        EXPECT_TRUE(is_utf8(clean.html)) << source;
    }
}

// Only what is misnested needs the tree builder: for all else it would change nothing.
TEST(RandomSoup, IsInOrderWhenTheFilterSaysSo) {
    Soup soup(2);
    int in_order = 0;
    for (int i = 0; i < kDocuments; ++i) {
        const std::string source = soup.next();
        const Filtered filtered = filter_html(source, kBase);
        if (filtered.misnested) continue;
        ++in_order;
        EXPECT_EQ(rebuilt_html(filtered.html), filtered.html) << source;
        EXPECT_EQ(filter_html(filtered.html, kBase).html, filtered.html) << source;
    }
    EXPECT_GT(in_order, kDocuments / 4);
}

}  // namespace
}  // namespace feedd
