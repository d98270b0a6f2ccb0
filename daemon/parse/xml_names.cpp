#include "parse/xml_names.h"

#include <algorithm>
#include <array>

#include "base/find_byte.h"
#include "base/text.h"

namespace feedd {

namespace {

struct Range {
    char32_t first;
    char32_t last;
};
constexpr std::array kStarts = {
    Range{0xC0, 0xD6},     Range{0xD8, 0xF6},     Range{0xF8, 0x2FF},    Range{0x370, 0x37D},
    Range{0x37F, 0x1FFF},  Range{0x200C, 0x200D}, Range{0x2070, 0x218F}, Range{0x2C00, 0x2FEF},
    Range{0x3001, 0xD7FF}, Range{0xF900, 0xFDCF}, Range{0xFDF0, 0xFFFD}, Range{0x10000, 0xEFFFF},
};
constexpr std::array kFollowers = {Range{0xB7, 0xB7}, Range{0x300, 0x36F}, Range{0x203F, 0x2040}};

// ASCII characters that a name may have.
constexpr std::size_t kAscii = 0x80;
constexpr auto kOfName = [] {
    std::array<bool, 256> of_name{};
    for (std::size_t i = 0; i < kAscii; ++i) {
        const char c = static_cast<char>(i);
        of_name[i] = is_alpha(c) || is_digit(c) || c == '_' || c == ':' || c == '-' || c == '.';
    }
    return of_name;
}();

bool begins_no_name(char c) noexcept {
    return is_digit(c) || c == '-' || c == '.';
}

template <std::size_t N>
bool in(const std::array<Range, N>& ranges, char32_t code) noexcept {
    return std::any_of(ranges.begin(), ranges.end(), [code](const Range& range) {
        return code >= range.first && code <= range.last;
    });
}

}  // namespace

std::size_t name_length(std::string_view text) noexcept {
    if (text.empty() || begins_no_name(text.front())) return 0;
    std::size_t at = 0;
    for (;;) {
        while (at < text.size() && kOfName[static_cast<unsigned char>(text[at])])
            ++at;
        if (at >= text.size() || static_cast<unsigned char>(text[at]) < kAscii) break;
        const CodePoint character = code_point_at(text, at);
        const bool follower = at > 0 && in(kFollowers, character.value);
        if (!follower && !in(kStarts, character.value)) break;
        at += character.length;
    }
    return std::min(at, text.size());
}

std::size_t name_end(std::string_view text, std::size_t at) noexcept {
    const std::size_t end = find_byte(text, at, [](const auto& c) {
        return c < '-' || c == '/' || (c > ':' && c < 'A') || (c > 'Z' && c < 'a' && c != '_') ||
               c > 'z';
    });
    const bool ascii = end == text.size() || static_cast<unsigned char>(text[end]) < kAscii;
    if (!ascii) return at + name_length(text.substr(at));
    return end > at && begins_no_name(text[at]) ? at : end;
}

}  // namespace feedd
