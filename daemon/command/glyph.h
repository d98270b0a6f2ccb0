// What a terminal shows as one: a character with all that is put on it.
#pragma once

#include <cstddef>
#include <string_view>

namespace feedd {

struct Glyph {
    std::string_view bytes;
    std::size_t width = 0;  // columns: 0, 1 or 2
    bool control = false;   // it would command the terminal, or turn the direction of the line
};

// The one that begins at `at`, which is less than the size of `text`. Marks, variation selectors,
// what a zero-width joiner joins, skin tones and the halves of a flag belong to what is before them
// (unicode.org/reports/tr11 and tr51).
[[nodiscard]] Glyph glyph_at(std::string_view text, std::size_t at);

}  // namespace feedd
