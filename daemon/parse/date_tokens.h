// A date as numbers, words and marks.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace feedd {

struct DateToken {
    enum class Kind : std::uint8_t { end, number, word, mark };
    Kind kind = Kind::end;
    bool spaced = false;    // white space stands before it
    char mark = 0;          // of a mark: one of , . : ; - + / ( ) and the like
    std::string_view text;  // a view into what was tokenised
    int value = 0;          // of a number; those of more than nine digits have none, and -1
};

// Ends with a token of kind end. Dashes and spaces of Unicode count as '-' and ' '.
struct DateTokens {
    static constexpr std::size_t kMost = 40;  // the longest real form, JavaScript's, has 18
    std::array<DateToken, kMost> list;
    bool fits = false;  // false: too long for a date
};

// `text` is folded (fold_case).
[[nodiscard]] DateTokens date_tokens(std::string_view text) noexcept;

}  // namespace feedd
