#include "command/brief_diff.h"

#include <algorithm>

#include "base/text.h"

namespace feedd {

namespace {

constexpr std::size_t kAround = 24;       // bytes of what both have, on either side
constexpr std::size_t kLongestWord = 40;  // bytes; scripts without spaces are cut anywhere

bool begins_character(std::string_view text, std::size_t at) {
    return at >= text.size() || (static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80U;
}

// The end of the last whole word before `at`, if that is near; else of the last character.
std::size_t word_start(std::string_view text, std::size_t at) {
    const std::size_t space = text.substr(0, at).find_last_of(" \n\t");
    if (at == text.size() || at == 0) return at;
    if (space != text.npos && at - space <= kLongestWord) return space + 1;
    if (space == text.npos && at <= kLongestWord) return 0;
    while (at > 0 && !begins_character(text, at))
        --at;
    return at;
}

// How much of the end both have, from a beginning of a word on.
std::size_t common_end(std::string_view a, std::string_view b) {
    const auto [end, ignored] = std::mismatch(a.rbegin(), a.rend(), b.rbegin(), b.rend());
    auto length = static_cast<std::size_t>(end - a.rbegin());
    if (length == a.size() || length == b.size()) {
        while (length > 0 && !begins_character(a, a.size() - length))
            --length;
        return length;
    }
    const std::string_view tail = a.substr(a.size() - length);
    const std::size_t space = tail.find_first_of(" \n\t");
    if (space <= kLongestWord) return length - space;
    while (length > 0 && !begins_character(a, a.size() - length))
        --length;
    return length;
}

std::string one_line(std::string_view text) {
    std::string line(text);
    std::replace_if(
        line.begin(), line.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
    return line;
}

std::string cut(std::string_view text, std::size_t most) {
    if (text.size() <= most) return one_line(text);
    return one_line(truncate_utf8(text, most)) + "…";
}

std::string_view last_bytes(std::string_view text, std::size_t most) {
    std::size_t at = text.size() - std::min(text.size(), most);
    while (!begins_character(text, at))
        ++at;
    return text.substr(at);
}

}  // namespace

std::string brief_diff(std::string_view before, std::string_view after, std::size_t most) {
    if (before == after) return {};
    const auto [stop, ignored] =
        std::mismatch(before.begin(), before.end(), after.begin(), after.end());
    const auto same = static_cast<std::size_t>(stop - before.begin());
    const std::size_t start = std::min(word_start(before, same), word_start(after, same));
    const std::size_t end = common_end(before.substr(start), after.substr(start));
    const std::string_view removed = before.substr(start, before.size() - start - end);
    const std::string_view added = after.substr(start, after.size() - start - end);
    const std::string_view lead = last_bytes(before.substr(0, start), kAround);
    const std::string_view rest = before.substr(before.size() - end);
    std::string out;
    if (lead.size() < start) out += "…";
    out += one_line(lead);
    if (!removed.empty()) out += "[-" + cut(trim(removed), most / 2) + "-]";
    if (!removed.empty() && !added.empty()) out += ' ';
    if (!added.empty()) out += "{+" + cut(trim(added), most / 2) + "+}";
    if (!rest.empty() && rest.front() != ' ') out += ' ';
    return out + cut(rest, kAround);
}

}  // namespace feedd
