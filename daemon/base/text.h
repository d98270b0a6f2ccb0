// Small operations on text. Everything past parse/encoding is valid UTF-8; these keep it so.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace feedd {

// White space of XML and HTML: space, tab, line feed, carriage return, form feed.
[[nodiscard]] constexpr bool is_space(char c) noexcept {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}
[[nodiscard]] constexpr bool is_digit(char c) noexcept {
    return c >= '0' && c <= '9';
}
[[nodiscard]] constexpr bool is_alpha(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
[[nodiscard]] constexpr char to_lower(char c) noexcept {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}
[[nodiscard]] constexpr bool is_ascii(char c) noexcept {
    return static_cast<unsigned char>(c) < 0x80;
}
[[nodiscard]] bool is_ascii(std::string_view text) noexcept;
// In UTF-8: a byte of a character that is not its first.
[[nodiscard]] constexpr bool is_continuation(char c) noexcept {
    return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

// ASCII only: names of elements, attributes, headers, schemes.
[[nodiscard]] std::string lower(std::string_view text);
[[nodiscard]] constexpr bool iequals(std::string_view a, std::string_view b) noexcept {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (a[i] != b[i] && to_lower(a[i]) != to_lower(b[i])) return false;
    }
    return true;
}
[[nodiscard]] bool istarts_with(std::string_view text, std::string_view prefix) noexcept;

// A view into `text` without white space at its ends.
[[nodiscard]] constexpr std::string_view trim(std::string_view text) noexcept {
    while (!text.empty() && is_space(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && is_space(text.back()))
        text.remove_suffix(1);
    return text;
}

// How many bytes at `at` (< size) are one white space or no-break space; 0: none.
[[nodiscard]] std::size_t gap_length(std::string_view text, std::size_t at) noexcept;

// Runs of white space, no-break space and line ends become one space; trimmed.
[[nodiscard]] std::string collapse_space(std::string_view text);

// Whether two texts are the same but for white space: of equal collapse_space.
[[nodiscard]] bool same_words(std::string_view a, std::string_view b) noexcept;

// Behind the words from `at` on, where one begins, that single spaces part: nothing is to be
// collapsed among them.
[[nodiscard]] std::size_t end_of_words(std::string_view text, std::size_t at) noexcept;

// Views into `text` between separators, trimmed, empty ones left out.
[[nodiscard]] std::vector<std::string_view> split(std::string_view text, char separator);

// RFC 3629: no surrogates, no overlong forms, nothing past U+10FFFF.
[[nodiscard]] bool is_utf8(std::string_view bytes) noexcept;

// How many bytes the character at `at` (< size) takes, if it is of the basic plane, as nearly all
// text is; else 0 (Unicode 15, table 3-7).
[[nodiscard]] constexpr std::size_t plain_length(std::string_view text, std::size_t at) noexcept {
    const std::size_t left = text.size() - at;
    const auto lead = static_cast<unsigned char>(text[at]);
    if (lead < 0x80) return 1;
    if (left < 2 || !is_continuation(text[at + 1])) return 0;
    if (lead >= 0xC2 && lead < 0xE0) return 2;
    if (lead < 0xE0 || lead > 0xEF || left < 3 || !is_continuation(text[at + 2])) return 0;
    const auto second = static_cast<unsigned char>(text[at + 1]);
    const bool overlong = lead == 0xE0 && second < 0xA0;
    const bool surrogate = lead == 0xED && second > 0x9F;
    return overlong || surrogate ? 0 : 3;
}

// How many bytes the character at `at` (< size) takes; 0: they are not UTF-8.
[[nodiscard]] std::size_t any_length(std::string_view text, std::size_t at) noexcept;  // slowly
[[nodiscard]] inline std::size_t utf8_length(std::string_view text, std::size_t at) noexcept {
    const std::size_t length = plain_length(text, at);
    return length > 0 ? length : any_length(text, at);
}

// Bytes that are not UTF-8 become U+FFFD, one for each maximal broken sequence (as WHATWG does).
[[nodiscard]] std::string to_valid_utf8(std::string_view bytes);

// At most `bytes` bytes, never cutting a character in two.
[[nodiscard]] std::string_view truncate_utf8(std::string_view text, std::size_t bytes) noexcept;

// The character at `at` (< size) and how many bytes it takes; U+FFFD for what is not UTF-8.
struct CodePoint {
    char32_t value = 0;
    std::size_t length = 1;
};
[[nodiscard]] CodePoint any_code_point_at(std::string_view text,
                                          std::size_t at) noexcept;  // slowly
[[nodiscard]] inline CodePoint code_point_at(std::string_view text, std::size_t at) noexcept {
    const auto lead = static_cast<unsigned char>(text[at]);
    const auto bits = [&](std::size_t i) {
        return static_cast<unsigned char>(text[at + i]) & 0x3FU;
    };
    switch (plain_length(text, at)) {
        case 1:
            return {lead, 1};
        case 2:
            return {(lead & 0x1FU) << 6U | bits(1), 2};
        case 3:
            return {(lead & 0x0FU) << 12U | bits(1) << 6U | bits(2), 3};
        default:
            return any_code_point_at(text, at);
    }
}

// Appends one code point; what is no Unicode scalar value becomes U+FFFD.
void append_utf8(std::string& out, char32_t code_point);

// Unicode normalisation form C (ICU); the text itself if it is in that form already.
[[nodiscard]] std::string nfc(std::string text);

// Whether `text` is in that form for certain; what takes longer to find out is not.
[[nodiscard]] bool is_surely_nfc(std::string_view text);

// Full Unicode case folding (ICU), for comparing names.
[[nodiscard]] std::string fold_case(std::string_view text);

// How many edits (insert, delete, replace, swap) turn `a` into `b`; for 'did you mean'.
[[nodiscard]] std::size_t edit_distance(std::string_view a, std::string_view b);

}  // namespace feedd
