#include "normalize/text_identity.h"

#include <bitset>
#include <cstddef>

#include "base/hash.h"
#include "base/text.h"

namespace feedd {

namespace {

// A change of what is hashed changes every hash, and with it every article of every feed: once.
constexpr std::string_view kVersion = "1";

constexpr std::size_t kLeastCharacters = 200;  // about thirty words: more than any boilerplate
constexpr std::size_t kLeastDistinct = 12;     // bytes: less is a ruler, a pattern, a placeholder

std::string squeezed(std::string_view text) {
    constexpr std::string_view kNoBreakSpace = "\xC2\xA0";
    const std::string folded = fold_case(text);
    std::string out;
    out.reserve(folded.size());
    for (std::size_t i = 0; i < folded.size(); ++i) {
        if (is_space(folded[i])) continue;
        if (folded.compare(i, kNoBreakSpace.size(), kNoBreakSpace) == 0) {
            ++i;
            continue;
        }
        out += folded[i];
    }
    return out;
}

// Mostly letters, and different ones; of whatever script.
bool is_real_text(std::string_view squeezed_text) {
    std::size_t characters = 0;
    std::size_t letters = 0;
    std::bitset<256> seen;
    for (const char c : squeezed_text) {
        const auto byte = static_cast<unsigned char>(c);
        seen.set(byte);
        const bool continues = (byte & 0xC0U) == 0x80U;
        if (continues) continue;
        ++characters;
        if (is_alpha(c) || byte >= 0x80) ++letters;
    }
    return characters >= kLeastCharacters && letters * 2 > characters &&
           seen.count() >= kLeastDistinct;
}

}  // namespace

std::string content_hash(std::string_view title, std::string_view text) {
    return Digest().field("version", kVersion).field("title", title).field("text", text).hex();
}

std::string text_hash(std::string_view title, std::string_view text) {
    const std::string body = squeezed(text);
    if (!is_real_text(body)) return {};
    return Digest()
        .field("version", kVersion)
        .field("title", squeezed(title))
        .field("text", body)
        .hex();
}

}  // namespace feedd
