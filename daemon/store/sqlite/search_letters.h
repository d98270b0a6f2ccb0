// What the full-text index makes of each single character, in a table: a text is walked through
// quickly, and only what changes in it is looked at.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace feedd::sqlite {

// A block of the Unicode Character Database (Blocks.txt), or a part of one.
struct Block {
    char32_t first;
    char32_t last;
    [[nodiscard]] constexpr bool has(char32_t c) const noexcept { return c >= first && c <= last; }
};

inline constexpr Block kHebrewAndArabic{0x0590, 0x06FF};
inline constexpr Block kPresentationForms{0xFB1D, 0xFDFF};  // of their letters
inline constexpr Block kArabicForms{0xFE70, 0xFEFC};
// Cyrillic texts for learners have them; in other scripts they are accents.
inline constexpr Block kStressMarks{0x0300, 0x0301};
// They make a letter of Japanese another one.
inline constexpr Block kVoicingMarks{0x3099, 0x309A};

enum class Letter : std::uint8_t {
    kept,
    folded,    // letters_of() stand for it; the stress marks, too
    in_run,    // of a script without spaces between words: a word by itself
    run_mark,  // a vowel sign or tone mark on such letters
    narrow,    // half-width Katakana: folded, and in a run
};
[[nodiscard]] Letter letter_of(char32_t c);

// What stands for a character in the index: itself, other letters, or none. A stress mark is
// itself.
[[nodiscard]] std::u32string letters_of(char32_t c);

// Where the first character is, at or behind `from`, that is folded; the text's size if none is.
// Bytes that are not UTF-8 are kept, here as everywhere.
[[nodiscard]] std::size_t find_folded(std::string_view text, std::size_t from);
// The same for one in a run, be it a mark.
[[nodiscard]] std::size_t find_run(std::string_view text, std::size_t from);

}  // namespace feedd::sqlite
