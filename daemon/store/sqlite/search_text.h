// Texts as the full-text index takes them.
#pragma once

#include <string>
#include <string_view>

namespace feedd::sqlite {

// FTS5's tokenizer takes what stands between spaces and signs for a word. Chinese, Japanese, Thai,
// Lao, Khmer and Burmese write no spaces, Korean few: each character of their runs is given to it
// as a word, "東京都" as "東 京 都", and what is looked for as a phrase of them. Pairs of
// characters would be hundreds of times as many words, which cost FTS5 three times as much to
// index, and save little where hits are ranked. Before that, and in all other text, letters are
// folded (search_fold.h). What is looked for is given in NFC, as published texts are.
[[nodiscard]] std::string search_text(std::string_view original);

// Whether FTS5 finds the words of search_text in the text itself, letters aside, and counts as
// many.
[[nodiscard]] bool has_the_words_of_the_index(std::string_view text);

}  // namespace feedd::sqlite
