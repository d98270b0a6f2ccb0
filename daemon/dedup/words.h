// A text as what can be compared in any language: words, or characters where no spaces part them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace feedd {

struct Word {
    std::uint32_t hash = 0;   // without regard to case
    std::uint32_t begin = 0;  // bytes in the text
    std::uint32_t end = 0;
    enum class Kind : std::uint8_t {
        word,
        ideograph,  // a character of Chinese or Japanese
        letter,     // a letter of Thai, Lao, Khmer, Burmese
    };
    Kind kind = Kind::word;
    bool number = false;  // has digits
    bool name = false;    // has a capital although no sentence begins with it
};

// In order. Reads at most the first 64 KiB.
[[nodiscard]] std::vector<Word> words_of(std::string_view text);

// Of most of the words.
[[nodiscard]] Word::Kind kind_of(std::span<const Word> words) noexcept;

// How many words make a passage that two texts rarely have in common by chance: three, or as many
// characters as three words have.
[[nodiscard]] std::size_t passage_length(Word::Kind kind) noexcept;

// For each word the hash of the passage that begins with it; 0 where fewer words are left than it
// takes, and never else.
[[nodiscard]] std::vector<std::uint32_t> passages_of(std::span<const Word> words);

// For each the hash of what stands for a word there: itself, or some characters from there on.
[[nodiscard]] std::vector<std::uint32_t> terms_of(std::span<const Word> words);

}  // namespace feedd
