#include "normalize/text_identity.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "base/find_byte.h"
#include "base/hash.h"
#include "base/text.h"

namespace feedd {

namespace {

// A change of what is hashed changes every hash, and with it every article of every feed: once.
constexpr std::string_view kVersion = "1";

// Letters; an ideograph says as much as three. Two sentences below the same headline are one
// document; alone it takes about eighty words: pleas to subscribe, notices and imprints stand below
// many headlines.
constexpr std::size_t kLeastTitled = 120;
constexpr std::size_t kLeastAlone = 400;
constexpr std::size_t kIdeograph = 3;
constexpr unsigned char kFirstIdeographLead = 0xE3;  // U+3000: kana, Han and Hangul begin there
constexpr signed char kNoBreakSpaceLead = -0x3E;     // 0xC2
constexpr std::ptrdiff_t kLeastDistinct = 12;  // bytes: less is a ruler, a pattern, a placeholder

bool is_ascii(char c) noexcept {
    return static_cast<unsigned char>(c) < 0x80;
}

// Appends `text` without white space, which has been folded already.
void append_squeezed(std::string& out, std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = find_byte(
            text, at, [](const auto& c) { return (c >= 0 && c <= ' ') || c == kNoBreakSpaceLead; });
        out += text.substr(at, end - at);
        if (end == text.size()) return;
        const std::size_t gap = gap_length(text, end);
        if (gap == 0) out += text[end];
        at = end + std::max<std::size_t>(gap, 1);
    }
}

void append_squeezed_ascii(std::string& out, std::string_view text) {
    std::size_t length = out.size();
    out.resize(length + text.size());
    for (const char c : text) {
        out[length] = to_lower(c);  // without a branch, which would be mistaken at each word
        length += is_space(c) ? 0 : 1;
    }
    out.resize(length);
}

// Case folded and without white space. Folding looks at one character at a time, so that ICU is
// asked for those beyond ASCII alone, and for the white space among them.
std::string squeezed(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const std::size_t plain = find_byte(text, 0, [](const auto& c) { return c < 0; });
        append_squeezed_ascii(out, text.substr(0, plain));
        text.remove_prefix(plain);
        std::size_t other = 0;
        while (other < text.size() && (!is_ascii(text[other]) || is_space(text[other])))
            ++other;
        if (other > 0) append_squeezed(out, fold_case(text.substr(0, other)));
        text.remove_prefix(other);
    }
    return out;
}

// How long a text is that is mostly letters, and different ones, of whatever script; else 0.
std::size_t length_of_real_text(std::string_view squeezed_text) {
    std::array<std::size_t, 256> times{};  // that each byte occurs
    for (const char c : squeezed_text)
        ++times[static_cast<unsigned char>(c)];
    std::size_t length = 0;
    std::size_t characters = 0;
    std::size_t letters = 0;
    for (std::size_t byte = 0; byte < times.size(); ++byte) {
        const bool continues = (byte & 0xC0U) == 0x80U;
        if (continues) continue;
        characters += times[byte];
        length += times[byte] * (byte >= kFirstIdeographLead && byte < 0xEF ? kIdeograph : 1);
        if (byte >= 0x80 || is_alpha(static_cast<char>(byte))) letters += times[byte];
    }
    const auto distinct = std::ranges::count_if(times, [](std::size_t n) { return n > 0; });
    return letters * 2 > characters && distinct >= kLeastDistinct ? length : 0;
}

}  // namespace

std::string content_hash(std::string_view title, std::string_view text) {
    return Digest().field("version", kVersion).field("title", title).field("text", text).hex();
}

TextHashes text_hashes(std::string_view title, std::string_view text) {
    const std::string body = squeezed(text);
    const std::size_t length = length_of_real_text(body);
    TextHashes hashes;
    if (length < kLeastTitled) return hashes;
    hashes.titled = Digest()
                        .field("version", kVersion)
                        .field("title", squeezed(title))
                        .field("text", body)
                        .hex();
    if (length >= kLeastAlone)
        hashes.alone = Digest().field("version", kVersion).field("text", body).hex();
    return hashes;
}

}  // namespace feedd
