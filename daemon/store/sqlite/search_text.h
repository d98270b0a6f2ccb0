// Texts as the full-text index takes them.
#pragma once

#include <string>
#include <string_view>

namespace feedd::sqlite {

// FTS5's tokenizer takes what stands between spaces and signs for a word. Chinese, Japanese, Thai,
// Lao, Khmer and Burmese write no spaces, Korean few: each character of their runs is given to it
// as a word, "東京都" as "東 京 都", and what is looked for as a phrase of them. Pairs of
// characters would be hundreds of times as many words, which cost FTS5 three times as much to
// index, and save little where hits are ranked. Other text stays as it is.
[[nodiscard]] std::string search_text(std::string_view text);

// Whether search_text gives it back unchanged.
[[nodiscard]] bool has_spaces_between_words(std::string_view text);

}  // namespace feedd::sqlite
