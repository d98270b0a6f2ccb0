#include "normalize/url_escapes.h"

#include "base/text.h"

namespace feedd {

namespace {

constexpr std::string_view kHex = "0123456789ABCDEF";

int hex_digit(char c) noexcept {
    if (is_digit(c)) return c - '0';
    const char low = to_lower(c);
    return low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

// The byte that "%XX" at `at` stands for, -1 if there is none.
int escaped_byte(std::string_view text, std::size_t at) noexcept {
    if (text[at] != '%' || at + 2 >= text.size()) return -1;
    const int high = hex_digit(text[at + 1]);
    const int low = hex_digit(text[at + 2]);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
}

bool is_unreserved(char c) noexcept {
    return is_alpha(c) || is_digit(c) || c == '-' || c == '.' || c == '_' || c == '~';
}

// What RFC 3986 allows nowhere, though browsers let some of it pass.
bool must_be_escaped(char c) noexcept {
    static constexpr std::string_view kForbidden = "\"<>\\^`{|}";
    const auto byte = static_cast<unsigned char>(c);
    return byte <= 0x20 || byte >= 0x7F || kForbidden.find(c) != std::string_view::npos;
}

void append_escaped(std::string& out, unsigned char byte) {
    out += '%';
    out += kHex[byte >> 4U];
    out += kHex[byte & 0x0FU];
}

}  // namespace

std::string normal_escapes(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const int byte = escaped_byte(text, i);
        if (byte >= 0) {
            const char c = static_cast<char>(byte);
            if (is_unreserved(c)) {
                out += c;
            } else {
                append_escaped(out, static_cast<unsigned char>(c));
            }
            i += 2;
        } else if (text[i] == '%' || must_be_escaped(text[i])) {
            append_escaped(out, static_cast<unsigned char>(text[i]));
        } else {
            out += text[i];
        }
    }
    return out;
}

}  // namespace feedd
