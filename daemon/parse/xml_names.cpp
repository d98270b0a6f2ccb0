#include "parse/xml_names.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "base/text.h"

namespace feedd {

namespace {

struct Range {
    std::uint32_t first;
    std::uint32_t last;
};
constexpr std::array kStarts = {
    Range{0xC0, 0xD6},     Range{0xD8, 0xF6},     Range{0xF8, 0x2FF},    Range{0x370, 0x37D},
    Range{0x37F, 0x1FFF},  Range{0x200C, 0x200D}, Range{0x2070, 0x218F}, Range{0x2C00, 0x2FEF},
    Range{0x3001, 0xD7FF}, Range{0xF900, 0xFDCF}, Range{0xFDF0, 0xFFFD}, Range{0x10000, 0xEFFFF},
};
constexpr std::array kFollowers = {Range{0xB7, 0xB7}, Range{0x300, 0x36F}, Range{0x203F, 0x2040}};

template <std::size_t N>
bool in(const std::array<Range, N>& ranges, std::uint32_t code) noexcept {
    return std::any_of(ranges.begin(), ranges.end(), [code](const Range& range) {
        return code >= range.first && code <= range.last;
    });
}

struct Character {
    std::uint32_t code = 0;
    std::size_t length = 1;
};

// The character at the beginning of `text`, which is not ASCII.
Character first_character(std::string_view text) noexcept {
    const auto byte = [&](std::size_t i) {
        return i < text.size() ? static_cast<std::uint32_t>(static_cast<unsigned char>(text[i]))
                               : 0U;
    };
    const std::uint32_t first = byte(0);
    if (first >= 0xF0) {
        return {(first & 0x07U) << 18U | (byte(1) & 0x3FU) << 12U | (byte(2) & 0x3FU) << 6U |
                    (byte(3) & 0x3FU),
                4};
    }
    if (first >= 0xE0) {
        return {(first & 0x0FU) << 12U | (byte(1) & 0x3FU) << 6U | (byte(2) & 0x3FU), 3};
    }
    return {(first & 0x1FU) << 6U | (byte(1) & 0x3FU), 2};
}

}  // namespace

std::size_t name_length(std::string_view text) noexcept {
    std::size_t at = 0;
    while (at < text.size()) {
        const char c = text[at];
        if (is_alpha(c) || c == '_' || c == ':') {
            ++at;
        } else if (is_digit(c) || c == '-' || c == '.') {
            if (at == 0) return 0;
            ++at;
        } else if (static_cast<unsigned char>(c) < 0x80) {
            break;
        } else {
            const Character character = first_character(text.substr(at));
            const bool follower = at > 0 && in(kFollowers, character.code);
            if (!follower && !in(kStarts, character.code)) break;
            at += character.length;
        }
    }
    return std::min(at, text.size());
}

}  // namespace feedd
