#include "command/glyph.h"

#include <unicode/uchar.h>

#include "base/text.h"

namespace feedd {

namespace {

constexpr char32_t kJoiner = 0x200D;
constexpr char32_t kEmojiStyle = 0xFE0F;
constexpr char32_t kKeycap = 0x20E3;

bool has(char32_t c, UProperty property) {
    return u_hasBinaryProperty(static_cast<UChar32>(c), property) != 0;
}

// Commands of terminals; and the signs that turn the direction of what follows, by which a title
// could turn the rest of its line.
bool is_control(char32_t c) {
    return u_charType(static_cast<UChar32>(c)) == U_CONTROL_CHAR || has(c, UCHAR_BIDI_CONTROL) ||
           c == 0x2028 || c == 0x2029;
}

bool is_flag_half(char32_t c) {
    return has(c, UCHAR_REGIONAL_INDICATOR);
}

// It is shown on the character before it.
bool is_put_on(char32_t c) {
    const auto type = static_cast<UCharCategory>(u_charType(static_cast<UChar32>(c)));
    if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK) return true;
    if (has(c, UCHAR_EMOJI_MODIFIER)) return true;
    // Vowels and finals of Hangul that is written in its parts.
    if ((c >= 0x1160 && c <= 0x11FF) || (c >= 0xD7B0 && c <= 0xD7FF)) return true;
    return type == U_FORMAT_CHAR && !is_control(c) && c != 0xAD;  // a soft hyphen is shown
}

std::size_t width_of(char32_t c) {
    const auto type = static_cast<UCharCategory>(u_charType(static_cast<UChar32>(c)));
    if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK) return 0;
    if (type == U_FORMAT_CHAR && c != 0xAD) return 0;
    switch (u_getIntPropertyValue(static_cast<UChar32>(c), UCHAR_EAST_ASIAN_WIDTH)) {
        case U_EA_WIDE:
        case U_EA_FULLWIDTH:
            return 2;
        default:
            return 1;
    }
}

}  // namespace

Glyph glyph_at(std::string_view text, std::size_t at) {
    const CodePoint first = code_point_at(text, at);
    Glyph glyph{.bytes = text.substr(at, first.length)};
    if (is_control(first.value)) {
        glyph.control = true;
        glyph.width = 1;
        return glyph;
    }
    glyph.width = width_of(first.value);
    std::size_t end = at + first.length;
    char32_t before = first.value;
    bool flag = is_flag_half(first.value);
    while (end < text.size()) {
        const CodePoint next = code_point_at(text, end);
        const bool joined = before == kJoiner && has(next.value, UCHAR_EXTENDED_PICTOGRAPHIC);
        const bool other_half = flag && is_flag_half(next.value);
        if (!joined && !other_half && !is_put_on(next.value)) break;
        const bool styled = next.value == kEmojiStyle && has(first.value, UCHAR_EMOJI);
        if (other_half || styled || next.value == kKeycap) glyph.width = 2;
        if (other_half) flag = false;
        before = next.value;
        end += next.length;
    }
    glyph.bytes = text.substr(at, end - at);
    return glyph;
}

}  // namespace feedd
