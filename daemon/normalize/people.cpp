#include "normalize/people.h"

#include <algorithm>
#include <string>
#include <unordered_map>
#include <utility>

#include "base/text.h"
#include "html/sanitize.h"
#include "normalize/byline.h"
#include "normalize/byline_words.h"

namespace feedd {

namespace {

constexpr std::size_t kLongestByline = 2'000;  // bytes; what is longer is no list of people
constexpr std::size_t kMostPeople = 100;       // large collaborations sign with a name of their own

// One line of plain text; the full-width marks of Chinese and Japanese as ours.
std::string plain_byline(std::string_view published) {
    constexpr std::size_t kLongestMarkup = 4 * kLongestByline;
    published = truncate_utf8(published, kLongestMarkup);
    std::string text =
        looks_like_html(published) ? sanitize_html(published, {}).plain : std::string(published);
    for (const std::string_view mark : {"、", "，", "；"}) {
        for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, at + 1))
            text.replace(at, mark.size(), ";");
    }
    text = collapse_space(nfc(std::move(text)));
    text.resize(truncate_utf8(text, kLongestByline).size());
    return text;
}

bool is_address_end(char c) noexcept {
    return c == ' ' || c == '(' || c == ')' || c == '<' || c == '>' || c == '[' || c == ']' ||
           c == '"' || c == ',' || c == ':';
}

// The first "a@b.c" in `text`; empty if there is none.
std::string_view address_in(std::string_view text) noexcept {
    const auto at = text.find('@');
    if (at == std::string_view::npos || at == 0) return {};
    std::size_t start = at;
    while (start > 0 && !is_address_end(text[start - 1]))
        --start;
    std::size_t end = at + 1;
    while (end < text.size() && !is_address_end(text[end]))
        ++end;
    const auto address = text.substr(start, end - start);
    return start == at || address.find('.', at - start) == std::string_view::npos
               ? std::string_view{}
               : address;
}

// Without what brackets and quotes leave behind when the address is taken out.
std::string_view bare(std::string_view name) noexcept {
    constexpr std::string_view kLeftovers = "\"'<>[],:;- ";
    while (!name.empty() && kLeftovers.find(name.front()) != std::string_view::npos)
        name.remove_prefix(1);
    while (!name.empty() && kLeftovers.find(name.back()) != std::string_view::npos)
        name.remove_suffix(1);
    if (name.starts_with('(') && name.ends_with(')')) return bare(name.substr(1, name.size() - 2));
    return name;
}

// "Ann Lee (Reuters)" is Ann Lee.
std::string_view without_agency(std::string_view name) {
    const auto open = name.rfind('(');
    if (open == std::string_view::npos || open == 0 || !name.ends_with(')')) return name;
    if (!is_agency(trim(name.substr(open + 1, name.size() - open - 2)))) return name;
    return trim(name.substr(0, open));
}

bool sends_only(std::string_view email) {
    return std::any_of(std::begin(kNoReply), std::end(kNoReply),
                       [&](std::string_view start) { return istarts_with(email, start); });
}

Person person_of(std::string_view text) {
    Person person;
    const std::string_view address = address_in(text);
    if (address.empty()) {
        person.name = without_agency(bare(text));
        return person;
    }
    const auto at = static_cast<std::size_t>(address.data() - text.data());
    std::string_view before = text.substr(0, at);
    if (iequals(before.substr(before.size() - std::min<std::size_t>(before.size(), 7)), "mailto:"))
        before.remove_suffix(7);
    const std::string_view after = text.substr(at + address.size());
    std::string_view name = bare(before);
    if (name.ends_with('(')) name = bare(name.substr(0, name.size() - 1));
    if (name.empty()) name = bare(after);
    person.name = without_agency(name);
    person.email = address;
    if (sends_only(person.email)) {
        person.email.clear();
        if (iequals(person.name, "unknown")) person.name.clear();  // Blogger's anonymous
    }
    return person;
}

bool has_letter(std::string_view text) noexcept {
    return std::any_of(text.begin(), text.end(),
                       [](char c) { return is_alpha(c) || is_digit(c) || !is_ascii(c); });
}

void merge(Person& into, const Person& from) {
    if (into.email.empty()) into.email = from.email;
    if (into.url.empty()) into.url = from.url;
}

}  // namespace

std::vector<Person> people(std::string_view byline) {
    std::vector<Person> found;
    const std::string text = plain_byline(byline);
    for (const std::string_view name : names_in(text)) {
        Person person = person_of(name);
        if (!has_letter(person.name)) person.name.clear();
        if (!person.empty() && found.size() < kMostPeople) found.push_back(std::move(person));
    }
    return found;
}

std::vector<Person> people(const std::vector<Person>& published) {
    std::vector<Person> found;
    std::unordered_map<std::string, std::size_t> places;
    for (const Person& one : published) {
        std::vector<Person> named = people(one.name);
        if (named.empty()) named.emplace_back();
        // Whose address it is can only be told where there is one person.
        if (named.size() == 1) merge(named.front(), one);
        if (sends_only(named.front().email)) named.front().email.clear();
        for (Person& person : named) {
            const std::string& known_by = person.name.empty() ? person.email : person.name;
            if (person.empty() || found.size() == kMostPeople) continue;
            const auto [place, added] = places.try_emplace(fold_case(known_by), found.size());
            if (added) {
                found.push_back(std::move(person));
            } else {
                merge(found[place->second], person);
            }
        }
    }
    return found;
}

}  // namespace feedd
