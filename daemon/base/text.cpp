#include "base/text.h"

#include <algorithm>
#include <cstdint>

#include <unicode/bytestream.h>
#include <unicode/casemap.h>
#include <unicode/normalizer2.h>
#include <unicode/uniset.h>

#include "base/find_byte.h"

namespace feedd {

namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
constexpr std::string_view kNoBreakSpace = "\xC2\xA0";
constexpr signed char kCombiningLead = -0x34;  // 0xCC begins U+0300; continuations are less

struct Sequence {
    std::size_t length = 1;  // bytes that belong together
    bool valid = false;
};

// The well-formed or maximal ill-formed sequence at `at` (Unicode 15, table 3-7).
Sequence sequence_at(std::string_view bytes, std::size_t at) noexcept {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
    const unsigned char first = byte(at);
    if (first < 0x80) return {1, true};
    std::size_t more = 0;
    unsigned char low = 0x80;
    unsigned char high = 0xBF;
    if (first >= 0xC2 && first <= 0xDF) {
        more = 1;
    } else if (first >= 0xE0 && first <= 0xEF) {
        more = 2;
        if (first == 0xE0) low = 0xA0;
        if (first == 0xED) high = 0x9F;
    } else if (first >= 0xF0 && first <= 0xF4) {
        more = 3;
        if (first == 0xF0) low = 0x90;
        if (first == 0xF4) high = 0x8F;
    } else {
        return {1, false};
    }
    for (std::size_t i = 1; i <= more; ++i) {
        if (at + i >= bytes.size()) return {i, false};
        const unsigned char next = byte(at + i);
        if (next < low || next > high) return {i, false};
        low = 0x80;
        high = 0xBF;
    }
    return {more + 1, true};
}

std::size_t gap_end(std::string_view text, std::size_t at) noexcept {
    while (at < text.size() && gap_length(text, at) > 0)
        at += gap_length(text, at);
    return at;
}

// Ordering the marks on one letter takes time by their square. Text has at most a few; after so
// many they are cut (as in the Stream-Safe Text Format, UAX #15 §13), and start anew.
constexpr int kMostMarks = 30;

// Characters that nothing composes with or reorders: text of them alone is in NFC (UAX #15 §9).
const icu::UnicodeSet& inert_in_nfc() {
    static const icu::UnicodeSet kInert = [] {
        UErrorCode status = U_ZERO_ERROR;
        icu::UnicodeSet set(UNICODE_STRING_SIMPLE("[[:NFC_Quick_Check=Yes:]&[:ccc=0:]]"), status);
        if (U_FAILURE(status)) set.clear();
        set.freeze();
        return set;
    }();
    return kInert;
}

// Bytes at the beginning of `text` that are such characters.
std::size_t inert_length(std::string_view text) {
    const auto length = static_cast<int32_t>(std::min<std::size_t>(text.size(), INT32_MAX));
    return static_cast<std::size_t>(inert_in_nfc().spanUTF8(text.data(), length, USET_SPAN_SIMPLE));
}

// How much of `text` can be normalised in one go.
std::size_t stream_safe_length(const icu::Normalizer2& normalizer, std::string_view text) {
    int marks = 0;
    for (std::size_t at = 0; at < text.size();) {
        if (const std::size_t inert = inert_length(text.substr(at)); inert > 0) {
            marks = 0;
            at += inert;
            continue;
        }
        const CodePoint c = code_point_at(text, at);
        const bool starts =
            c.value < 0x300 || normalizer.hasBoundaryBefore(static_cast<UChar32>(c.value));
        marks = starts ? 0 : marks + 1;
        if (marks > kMostMarks) return at;
        at += c.length;
    }
    return text.size();
}

bool append_nfc(std::string& out, const icu::Normalizer2& normalizer, std::string_view text) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::StringPiece piece(text.data(), static_cast<int32_t>(text.size()));
    if (normalizer.isNormalizedUTF8(piece, status) && U_SUCCESS(status)) {
        out += text;
        return true;
    }
    status = U_ZERO_ERROR;
    icu::StringByteSink<std::string> sink(&out, static_cast<int32_t>(text.size()));
    normalizer.normalizeUTF8(0, piece, sink, nullptr, status);
    return U_SUCCESS(status);
}

}  // namespace

std::string lower(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), to_lower);
    return out;
}

bool istarts_with(std::string_view text, std::string_view prefix) noexcept {
    return text.size() >= prefix.size() && iequals(text.substr(0, prefix.size()), prefix);
}

std::size_t gap_length(std::string_view text, std::size_t at) noexcept {
    if (is_space(text[at])) return 1;
    const bool no_break =
        text[at] == kNoBreakSpace[0] && text.substr(at).starts_with(kNoBreakSpace);
    return no_break ? kNoBreakSpace.size() : 0;
}

std::size_t end_of_words(std::string_view text, std::size_t at) noexcept {
    for (std::size_t end = at;; ++end) {
        end = find_pair(text, end, [](const auto& c, const auto& next) {
            return (c >= 0 && c < ' ') || c == kNoBreakSpace[0] || (c == ' ' && next == ' ');
        });
        if (end < text.size() && gap_length(text, end) == 0) continue;  // a control character, "é"
        return end > at && text[end - 1] == ' ' ? end - 1 : end;
    }
}

std::string collapse_space(std::string_view text) {
    std::size_t word = gap_end(text, 0);
    std::size_t end = word < text.size() ? end_of_words(text, word) : word;
    if (end == text.size()) return std::string(text.substr(word));
    std::string out;
    out.reserve(text.size());
    for (; word < text.size(); end = end_of_words(text, word)) {
        if (!out.empty()) out += ' ';
        out.append(text, word, end - word);
        word = gap_end(text, end);
    }
    return out;
}

bool same_words(std::string_view a, std::string_view b) noexcept {
    std::size_t i = gap_end(a, 0);
    std::size_t j = gap_end(b, 0);
    while (i < a.size() && j < b.size()) {
        const std::size_t gap_in_a = gap_end(a, i) - i;
        const std::size_t gap_in_b = gap_end(b, j) - j;
        if ((gap_in_a > 0) != (gap_in_b > 0) || (gap_in_a == 0 && a[i] != b[j])) break;
        i += std::max<std::size_t>(gap_in_a, 1);
        j += std::max<std::size_t>(gap_in_b, 1);
    }
    return gap_end(a, i) == a.size() && gap_end(b, j) == b.size();
}

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    while (!text.empty()) {
        const auto at = text.find(separator);
        const auto part = trim(text.substr(0, at));
        if (!part.empty()) parts.push_back(part);
        if (at == std::string_view::npos) break;
        text.remove_prefix(at + 1);
    }
    return parts;
}

bool is_ascii(std::string_view text) noexcept {
    return std::all_of(text.begin(), text.end(), [](char c) { return is_ascii(c); });
}

bool is_utf8(std::string_view bytes) noexcept {
    for (std::size_t i = 0; i < bytes.size();) {
        if (is_ascii(bytes[i])) {
            i = find_byte(bytes, i + 1, [](const auto& c) { return c < 0; });
            continue;
        }
        const std::size_t length = utf8_length(bytes, i);
        if (length == 0) return false;
        i += length;
    }
    return true;
}

std::size_t any_length(std::string_view bytes, std::size_t at) noexcept {
    const Sequence sequence = sequence_at(bytes, at);
    return sequence.valid ? sequence.length : 0;
}

std::string to_valid_utf8(std::string_view bytes) {
    std::string out;
    out.reserve(bytes.size());
    for (std::size_t i = 0; i < bytes.size();) {
        const Sequence sequence = sequence_at(bytes, i);
        out += sequence.valid ? bytes.substr(i, sequence.length) : kReplacement;
        i += sequence.length;
    }
    return out;
}

std::string_view truncate_utf8(std::string_view text, std::size_t bytes) noexcept {
    if (text.size() <= bytes) return text;
    while (bytes > 0 && is_continuation(text[bytes]))
        --bytes;
    return text.substr(0, bytes);
}

CodePoint any_code_point_at(std::string_view text, std::size_t at) noexcept {
    const Sequence sequence = sequence_at(text, at);
    if (!sequence.valid) return {U'\uFFFD', sequence.length};
    const auto first = static_cast<unsigned char>(text[at]);
    if (sequence.length == 1) return {first, 1};
    char32_t value = first & (0x7FU >> sequence.length);
    for (std::size_t i = 1; i < sequence.length; ++i) {
        value = value << 6U | (static_cast<unsigned char>(text[at + i]) & 0x3FU);
    }
    return {value, sequence.length};
}

void append_utf8(std::string& out, char32_t c) {
    const auto put = [&](std::uint32_t byte) { out += static_cast<char>(byte); };
    const auto code = static_cast<std::uint32_t>(c);
    if (code < 0x80) {
        put(code);
    } else if (code < 0x800) {
        put(0xC0U | code >> 6U);
        put(0x80U | (code & 0x3FU));
    } else if (code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) {
        out += kReplacement;
    } else if (code < 0x10000) {
        put(0xE0U | code >> 12U);
        put(0x80U | (code >> 6U & 0x3FU));
        put(0x80U | (code & 0x3FU));
    } else {
        put(0xF0U | code >> 18U);
        put(0x80U | (code >> 12U & 0x3FU));
        put(0x80U | (code >> 6U & 0x3FU));
        put(0x80U | (code & 0x3FU));
    }
}

bool is_surely_nfc(std::string_view text) {
    // Nothing below U+0300 composes or reorders, and that is most text there is.
    const std::size_t above =
        find_byte(text, 0, [](const auto& c) { return c >= kCombiningLead && c < 0; });
    return above == text.size() || inert_length(text.substr(above)) == text.size() - above;
}

std::string nfc(std::string text) {
    if (is_surely_nfc(text)) return text;
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* normalizer = icu::Normalizer2::getNFCInstance(status);
    if (U_FAILURE(status)) return text;
    std::string out;
    for (std::string_view rest = text; !rest.empty();) {
        const std::string_view part = rest.substr(0, stream_safe_length(*normalizer, rest));
        if (!append_nfc(out, *normalizer, part)) return text;
        rest.remove_prefix(part.size());
    }
    return out;
}

std::string fold_case(std::string_view text) {
    std::string out;
    icu::StringByteSink<std::string> sink(&out, static_cast<int32_t>(text.size()));
    UErrorCode status = U_ZERO_ERROR;
    icu::CaseMap::utf8Fold(0, icu::StringPiece(text.data(), static_cast<int32_t>(text.size())),
                           sink, nullptr, status);
    return U_SUCCESS(status) ? out : std::string(text);
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::vector<std::size_t>> cost(a.size() + 1,
                                               std::vector<std::size_t>(b.size() + 1));
    for (std::size_t i = 0; i <= a.size(); ++i)
        cost[i][0] = i;
    for (std::size_t j = 0; j <= b.size(); ++j)
        cost[0][j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replace = cost[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            cost[i][j] = std::min({cost[i - 1][j] + 1, cost[i][j - 1] + 1, replace});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                cost[i][j] = std::min(cost[i][j], cost[i - 2][j - 2] + 1);
            }
        }
    }
    return cost[a.size()][b.size()];
}

}  // namespace feedd
