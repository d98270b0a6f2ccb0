#include "parse/clean_text.h"

#include <algorithm>
#include <cstdint>

#include "base/find_byte.h"
#include "base/text.h"
#include "html/entities.h"

namespace feedd {

namespace {

enum class Oddity : std::uint8_t { none, line_end, western_control, forbidden };

struct Sighting {
    Oddity what = Oddity::none;
    std::size_t length = 1;  // in bytes
};

constexpr unsigned char kLeadOfC1 = 0xC2;             // U+0080 to U+00BF
constexpr unsigned char kLeadOfNoncharacters = 0xEF;  // U+F000 to U+FFFF

unsigned char byte_at(std::string_view text, std::size_t at) noexcept {
    return at < text.size() ? static_cast<unsigned char>(text[at]) : static_cast<unsigned char>(0);
}

// `at` is the first byte of a character.
Sighting sighting_at(std::string_view text, std::size_t at) noexcept {
    const unsigned char first = byte_at(text, at);
    const unsigned char second = byte_at(text, at + 1);
    if (first == '\r') return {Oddity::line_end, second == '\n' ? std::size_t{2} : std::size_t{1}};
    if (first < 0x20 && first != '\t' && first != '\n') return {Oddity::forbidden, 1};
    if (first == kLeadOfC1 && second <= 0x9F) return {Oddity::western_control, 2};
    if (first == kLeadOfNoncharacters && second == 0xBF && byte_at(text, at + 2) >= 0xBE) {
        return {Oddity::forbidden, 3};
    }
    return {};
}

// Controls, and the first bytes of what `sighting_at` may find.
std::size_t find_suspect(std::string_view text, std::size_t from) {
    return find_byte(text, from, [](const auto& c) {
        return (c >= 0 && c < 0x20 && c != '\t' && c != '\n') ||
               c == static_cast<signed char>(kLeadOfC1) ||
               c == static_cast<signed char>(kLeadOfNoncharacters);
    });
}

// Controls, and whatever is not ASCII.
std::size_t find_unplain(std::string_view text, std::size_t from) {
    return find_byte(
        text, from, [](const auto& c) { return c > 0x1F; },
        [](const auto& c) { return !(c > 0x1F || c == '\t' || c == '\n'); });
}

}  // namespace

TextSurvey survey_text(std::string_view bytes) {
    TextSurvey survey{.is_utf8 = true, .clean_until = bytes.size()};
    std::size_t at = 0;
    while ((at = find_unplain(bytes, at)) < bytes.size()) {
        do {  // words of other alphabets are read as they are, without looking for ASCII in them
            const unsigned char first = byte_at(bytes, at);
            const std::size_t length = utf8_length(bytes, at);
            if (length == 0) return {};
            const bool suspect = first <= kLeadOfC1 || first == kLeadOfNoncharacters;
            if (suspect && survey.clean_until > at && sighting_at(bytes, at).what != Oddity::none) {
                survey.clean_until = at;
            }
            at += length;
        } while (byte_at(bytes, at) >= 0x80);
    }
    return survey;
}

CleanedText cleaned(std::string_view text, std::size_t clean_until) {
    CleanedText result;
    std::string out;
    std::size_t done = 0;  // up to here the text is in `out`, if anything is
    for (std::size_t at = find_suspect(text, clean_until); at < text.size();) {
        const Sighting found = sighting_at(text, at);
        if (found.what != Oddity::none) {
            if (done == 0) out.reserve(text.size());
            out += text.substr(done, at - done);
            done = at + found.length;
        }
        if (found.what == Oddity::line_end) out += '\n';
        if (found.what == Oddity::forbidden) result.repaired = true;
        if (found.what == Oddity::western_control) {
            append_numbered_character(out, byte_at(text, at + 1));
        }
        at = find_suspect(text, at + found.length);
    }
    if (done == 0) return result;
    out += text.substr(done);
    result.text = std::move(out);
    return result;
}

}  // namespace feedd
