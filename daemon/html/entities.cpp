#include "html/entities.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "base/text.h"
#include "html/entities_table.h"

namespace feedd {

namespace {

constexpr std::size_t kShortestLegacyName = 2;  // &lt
constexpr std::size_t kLongestLegacyName = 6;   // &Aacute, &frac12

// WHATWG HTML, 13.2.5.80: what the numbers 0x80–0x9F mean; 0: the control character itself.
constexpr std::array<char16_t, 32> kWindows1252 = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

const NamedCharacter* find_name(std::string_view name) noexcept {
    const auto* const found = std::lower_bound(
        kNamedCharacters.begin(), kNamedCharacters.end(), name,
        [](const NamedCharacter& entry, std::string_view wanted) { return entry.name < wanted; });
    return found != kNamedCharacters.end() && found->name == name ? found : nullptr;
}

bool is_alphanumeric(char c) noexcept {
    return is_alpha(c) || is_digit(c);
}

bool is_surrogate(std::uint32_t code) noexcept {
    return code >= 0xD800 && code <= 0xDFFF;
}

bool is_nothing(std::uint32_t code) noexcept {
    const bool space = code == '\t' || code == '\n' || code == '\f' || code == '\r';
    const bool control = (code < 0x20 && !space) || (code >= 0x7F && code <= 0x9F);
    const bool noncharacter = (code >= 0xFDD0 && code <= 0xFDEF) || (code & 0xFFFEU) == 0xFFFEU;
    return control || noncharacter;
}

struct Number {
    char32_t value = 0;
    std::size_t length = 0;  // with &# and ;, 0: no number
};

std::uint32_t digit_value(char c) noexcept {
    if (is_digit(c)) return static_cast<std::uint32_t>(c - '0');
    const char letter = to_lower(c);
    return letter >= 'a' && letter <= 'f' ? static_cast<std::uint32_t>(letter - 'a') + 10U : 16U;
}

// `text` starts with "&#".
Number number_at(std::string_view text) noexcept {
    const bool hex = text.size() > 2 && to_lower(text[2]) == 'x';
    const std::uint32_t radix = hex ? 16 : 10;
    const std::size_t start = hex ? 3 : 2;
    std::size_t i = start;
    std::uint32_t value = 0;
    for (; i < text.size() && digit_value(text[i]) < radix; ++i) {
        value = std::min<std::uint32_t>(value * radix + digit_value(text[i]), 0x110000);
    }
    if (i == start) return {};
    if (i < text.size() && text[i] == ';') ++i;
    return {static_cast<char32_t>(value), i};
}

std::size_t append_number(std::string& out, std::string_view text) {
    const Number first = number_at(text);
    if (first.length == 0) return 0;
    // JavaScript's idea of a character, met in feeds: &#55357;&#56832; is one emoji.
    const std::string_view rest = text.substr(first.length);
    if (first.value >= 0xD800 && first.value <= 0xDBFF && rest.starts_with("&#")) {
        const Number second = number_at(rest);
        if (second.value >= 0xDC00 && second.value <= 0xDFFF) {
            append_utf8(out, 0x10000 + ((first.value - 0xD800) << 10U) + (second.value - 0xDC00));
            return first.length + second.length;
        }
    }
    append_numbered_character(out, first.value);
    return first.length;
}

// A legacy name that `name` begins with, the longest: "notit" has "not".
const NamedCharacter* find_legacy_prefix(std::string_view name) noexcept {
    for (std::size_t n = std::min(name.size(), kLongestLegacyName); n >= kShortestLegacyName; --n) {
        const NamedCharacter* found = find_name(name.substr(0, n));
        if (found != nullptr && found->legacy) return found;
    }
    return nullptr;
}

std::size_t append_named(std::string& out, std::string_view text, bool in_attribute) {
    std::size_t end = 1;
    while (end < text.size() && end <= kLongestCharacterName && is_alphanumeric(text[end]))
        ++end;
    const std::string_view name = text.substr(1, end - 1);
    if (end < text.size() && text[end] == ';') {
        if (const NamedCharacter* found = find_name(name)) {
            out += found->utf8;
            return end + 1;
        }
    }
    const NamedCharacter* legacy = find_legacy_prefix(name);
    if (legacy == nullptr) return 0;
    const std::size_t length = 1 + legacy->name.size();
    const bool goes_on =
        length < text.size() && (text[length] == '=' || is_alphanumeric(text[length]));
    if (in_attribute && goes_on) return 0;
    out += legacy->utf8;
    return length;
}

}  // namespace

std::string_view named_character(std::string_view name) noexcept {
    const NamedCharacter* found = find_name(name);
    return found != nullptr ? found->utf8 : std::string_view{};
}

void append_numbered_character(std::string& out, char32_t number) {
    auto code = static_cast<std::uint32_t>(number);
    if (code >= 0x80 && code <= 0x9F && kWindows1252.at(code - 0x80) != 0) {
        code = kWindows1252.at(code - 0x80);
    }
    if (code == 0 || code > 0x10FFFF || is_surrogate(code)) {
        append_utf8(out, 0xFFFD);
    } else if (!is_nothing(code)) {
        append_utf8(out, static_cast<char32_t>(code));
    }
}

std::size_t append_reference(std::string& out, std::string_view text, bool in_attribute) {
    if (text.size() < 3 || text[0] != '&') return 0;
    return text[1] == '#' ? append_number(out, text) : append_named(out, text, in_attribute);
}

void append_unescaped(std::string& out, std::string_view text, bool in_attribute) {
    for (;;) {
        const std::size_t ampersand = text.find('&');
        out += text.substr(0, ampersand);
        if (ampersand == std::string_view::npos) return;
        text.remove_prefix(ampersand);
        const std::size_t taken = append_reference(out, text, in_attribute);
        if (taken == 0) out += '&';
        text.remove_prefix(std::max<std::size_t>(taken, 1));
    }
}

bool has_reference(std::string_view text) {
    std::string ignored;
    for (;;) {
        const std::size_t ampersand = text.find('&');
        if (ampersand == std::string_view::npos) return false;
        text.remove_prefix(ampersand);
        const std::size_t taken = append_reference(ignored, text);
        if (taken > 0 && text[taken - 1] == ';') return true;
        text.remove_prefix(std::max<std::size_t>(taken, 1));
    }
}

}  // namespace feedd
