#include "config/yaml_scalar.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/text.h"

namespace feedd {

namespace {

// What YAML 1.1 and 1.2 read as something else than a text (yaml.org/type, core schema).
bool is_word_of_yaml(std::string_view value) {
    static constexpr std::array<std::string_view, 11> kWords{
        "null", "true", "false", "yes", "no", "on", "off", "y", "n", ".nan", ".inf"};
    return std::any_of(kWords.begin(), kWords.end(),
                       [value](std::string_view word) { return iequals(word, value); });
}

// Also of dates and times in seconds (2025-04-08, 12:30:00), and of hexadecimal numbers.
bool looks_like_number(std::string_view value) {
    const std::size_t start = value.find_first_not_of("+-.");
    if (start == std::string_view::npos || !is_digit(value[start])) return false;
    return value.find_first_not_of("0123456789abcdefxoABCDEFXO+-_.:TZ ", start) ==
           std::string_view::npos;
}

// C0, DEL, C1 and the separators that YAML 1.1 takes for line breaks; a byte order mark.
bool needs_escape(char32_t c) {
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029 || c == 0xFEFF;
}

bool has_escapes(std::string_view value) {
    for (std::size_t at = 0; at < value.size();) {
        const CodePoint c = code_point_at(value, at);
        if (needs_escape(c.value)) return true;
        at += c.length;
    }
    return false;
}

bool may_be_plain(std::string_view value, bool in_flow) {
    static constexpr auto npos = std::string_view::npos;
    if (value.empty() || is_space(value.front()) || is_space(value.back())) return false;
    // Indicators (YAML 1.2 §5.3); of '-', '?' and ':' only some uses are, but who knows which?
    if (std::string_view("-?:,[]{}#&*!|>'\"%@`~=<").find(value.front()) != npos) return false;
    if (value.find(": ") != npos || value.find(" #") != npos || value.back() == ':') return false;
    if (in_flow && value.find_first_of(",[]{}") != npos) return false;
    return !is_word_of_yaml(value) && !looks_like_number(value);
}

std::string in_single_quotes(std::string_view value) {
    std::string out = "'";
    for (const char c : value) {
        out += c;
        if (c == '\'') out += c;
    }
    return out + "'";
}

std::string in_double_quotes(std::string_view value) {
    std::string out = "\"";
    for (std::size_t at = 0; at < value.size();) {
        const CodePoint c = code_point_at(value, at);
        if (c.value == '"' || c.value == '\\') {
            out += '\\';
            out += static_cast<char>(c.value);
        } else if (needs_escape(c.value)) {
            out += fmt::format("\\u{:04X}", static_cast<std::uint32_t>(c.value));
        } else {
            out += value.substr(at, c.length);
        }
        at += c.length;
    }
    return out + "\"";
}

}  // namespace

std::string yaml_scalar(std::string_view value, Quote wanted, bool in_flow) {
    if (has_escapes(value)) return in_double_quotes(value);
    if (wanted == Quote::single) return in_single_quotes(value);
    if (wanted == Quote::plain && may_be_plain(value, in_flow)) return std::string(value);
    return in_double_quotes(value);
}

}  // namespace feedd
