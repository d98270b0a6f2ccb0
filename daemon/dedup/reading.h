// A text made ready to be held against others: its words, and what it can be asked for.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "dedup/hash_index.h"
#include "dedup/words.h"

namespace feedd {

class TextReading {
  public:
    explicit TextReading(std::string_view text);

    [[nodiscard]] std::size_t size() const noexcept { return words_.size(); }
    [[nodiscard]] std::span<const Word> words() const noexcept { return words_; }
    // Of most of the words.
    [[nodiscard]] Word::Kind kind() const noexcept { return kind_; }
    // As many words as make a passage, and a stretch: a dozen words, or as much in characters.
    [[nodiscard]] std::size_t passage() const noexcept { return passage_length(kind_); }
    [[nodiscard]] std::size_t stretch() const noexcept { return 4 * passage(); }
    // Of the words, and of the passages that begin with them: see passages_of() and terms_of().
    [[nodiscard]] std::span<const std::uint32_t> passages() const noexcept { return passages_; }
    [[nodiscard]] std::span<const std::uint32_t> terms() const noexcept { return terms_; }
    [[nodiscard]] bool has_passage(std::uint32_t hash) const {
        return known_passages_.contains(hash);
    }
    // Where it begins first.
    [[nodiscard]] std::optional<std::size_t> place(std::uint32_t passage) const {
        return known_passages_.place(passage);
    }
    [[nodiscard]] bool has_term(std::uint32_t hash) const { return known_terms_.contains(hash); }

  private:
    std::vector<Word> words_;
    Word::Kind kind_;
    std::vector<std::uint32_t> passages_;
    std::vector<std::uint32_t> terms_;
    HashIndex known_passages_;
    HashIndex known_terms_;
};

// For each word of a text 1 or 0.
using Mask = std::vector<std::uint8_t>;

// Whether the words of `text` stand in a passage that `other` has, too.
[[nodiscard]] Mask covered(const TextReading& text, const TextReading& other);

[[nodiscard]] std::size_t count(const Mask& mask);

}  // namespace feedd
