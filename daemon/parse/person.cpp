#include "parse/person.h"

#include <string>

#include "base/text.h"

namespace feedd {

namespace {

bool is_address_char(char c) noexcept {
    static constexpr std::string_view kMarks = ".!#$%&'*+/=?^_`{|}~-";
    return is_alpha(c) || is_digit(c) || kMarks.find(c) != std::string_view::npos || !is_ascii(c);
}

bool is_host_char(char c) noexcept {
    return is_alpha(c) || is_digit(c) || c == '.' || c == '-' || !is_ascii(c);
}

// The first address in `text` as begin and end; empty if there is none.
std::string_view find_address(std::string_view text) noexcept {
    for (auto at = text.find('@'); at != std::string_view::npos; at = text.find('@', at + 1)) {
        std::size_t begin = at;
        while (begin > 0 && is_address_char(text[begin - 1]))
            --begin;
        std::size_t end = at + 1;
        while (end < text.size() && is_host_char(text[end]))
            ++end;
        while (end > at + 1 && (text[end - 1] == '.' || text[end - 1] == '-'))
            --end;
        if (begin < at && end > at + 1) return text.substr(begin, end - begin);
    }
    return {};
}

// Whether the first character is a bracket that the last one closes.
bool is_bracketed(std::string_view text) noexcept {
    if (text.size() < 2 || text.front() != '(' || text.back() != ')') return false;
    int depth = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '(') ++depth;
        if (text[i] == ')' && --depth == 0) return i + 1 == text.size();
    }
    return false;
}

// A name without the brackets, quotes and separators that are left when its address is taken out;
// 'Ann (Reuters)' keeps its own.
std::string bare_name(std::string_view name) {
    static constexpr std::string_view kLeftovers = "<>[]\"',;:-| \t\r\n";
    constexpr int kMostBrackets = 4;  // around a name; more is no name
    name = trim(name);
    if (istarts_with(name, "mailto:")) name.remove_prefix(7);
    for (int i = 0; i < kMostBrackets; ++i) {
        while (!name.empty() && kLeftovers.find(name.front()) != std::string_view::npos)
            name.remove_prefix(1);
        while (!name.empty() && kLeftovers.find(name.back()) != std::string_view::npos)
            name.remove_suffix(1);
        if (!is_bracketed(name)) break;
        name = name.substr(1, name.size() - 2);
    }
    return collapse_space(name);
}

}  // namespace

Person person_from(std::string_view text) {
    text = trim(text);
    const std::string_view address = find_address(text);
    if (address.empty()) {
        Person person;
        person.name = collapse_space(text);
        // 'noreply (Ann)', '(Ann)': what generators write that have no address to give.
        if (person.name.starts_with('(') && person.name.ends_with(')')) {
            person.name = bare_name(person.name);
        }
        return person;
    }
    const auto at = static_cast<std::size_t>(address.data() - text.data());
    std::string rest(text.substr(0, at));
    std::string_view after = text.substr(at + address.size());
    // The bracket that held the address goes with it.
    if (!rest.empty() && !after.empty()) {
        const char open = rest.back();
        const char close = after.front();
        if ((open == '(' && close == ')') || (open == '<' && close == '>') ||
            (open == '[' && close == ']')) {
            rest.back() = ' ';
            after.remove_prefix(1);
        }
    }
    rest += ' ';
    rest += after;
    Person person{.name = bare_name(rest), .email = std::string(address), .url = {}};
    if (iequals(person.name, person.email)) person.name.clear();
    return person;
}

Person read_person(const Element& element) {
    std::string storage;
    if (!element.has_elements()) return person_from(element.plain_view(storage));
    Person person;
    for_children(element, [&](const Element& child) {
        const auto is = [&](std::string_view name) { return iequals(child.name, name); };
        if (is("name") && person.name.empty()) {
            person.name = child.words();
        } else if (is("email") && person.email.empty()) {
            person.email = child.text();
            if (istarts_with(person.email, "mailto:")) person.email.erase(0, 7);
        } else if ((is("uri") || is("url") || is("homepage")) && person.url.empty()) {
            person.url = child.url();
        }
    });
    if (person.empty()) return person_from(element.plain_view(storage));
    return person;
}

}  // namespace feedd
