#include "parse/json_word.h"

#include <charconv>
#include <cstddef>
#include <system_error>

#include "base/text.h"

namespace feedd {

namespace {

// RFC 8259 §6
bool is_json_number(std::string_view word) noexcept {
    std::size_t at = word.starts_with('-') ? 1 : 0;
    const auto digits = [&] {
        const std::size_t start = at;
        while (at < word.size() && is_digit(word[at]))
            ++at;
        return at - start;
    };
    const bool leading_zero = at + 1 < word.size() && word[at] == '0' && is_digit(word[at + 1]);
    if (digits() == 0 || leading_zero) return false;
    if (at < word.size() && word[at] == '.') {
        ++at;
        if (digits() == 0) return false;
    }
    if (at < word.size() && to_lower(word[at]) == 'e') {
        ++at;
        if (at < word.size() && (word[at] == '+' || word[at] == '-')) ++at;
        if (digits() == 0) return false;
    }
    return at == word.size();
}

// Beyond what a double holds, nlohmann refuses the whole document.
bool fits_double(std::string_view number) noexcept {
    double value = 0;
    return std::from_chars(number.data(), number.data() + number.size(), value).ec == std::errc{};
}

}  // namespace

std::string json_of_word(std::string_view word) {
    for (const std::string_view literal : {"true", "false", "null"}) {
        if (iequals(word, literal)) return std::string(literal);
    }
    for (const std::string_view nothing : {"undefined", "none", "nan", "infinity", "-infinity"}) {
        if (iequals(word, nothing)) return "null";
    }
    if (is_json_number(word)) return fits_double(word) ? std::string(word) : "null";
    std::string quoted = "\"";
    for (const char c : word) {
        if (static_cast<unsigned char>(c) >= 0x20 && c != '\\' && c != '"') quoted += c;
    }
    return quoted + '"';
}

}  // namespace feedd
