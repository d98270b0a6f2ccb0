// Texts as the full-text index takes them.
#pragma once

#include <string>
#include <string_view>

namespace feedd::sqlite {

// FTS5's tokenizer takes what stands between spaces and signs for a word. Chinese, Japanese, Thai,
// Lao, Khmer and Burmese write no spaces, Korean few: their runs are given to it as overlapping
// pairs of characters and the last one alone, "東京都" as "東京 京都 都". Before that, and in all
// other text, letters are folded (search_fold.h).
[[nodiscard]] std::string search_text(std::string_view published);

// What finds `typed` in that: the pairs of a run without its last character, which may be followed
// by others. `begins` is set if the last word is only the beginning of one there (a run of one
// character), else left alone.
[[nodiscard]] std::string search_phrase(std::string_view typed, bool& begins);

// Whether FTS5 finds the words of search_text in the text itself, letters aside, and counts as
// many.
[[nodiscard]] bool has_the_words_of_the_index(std::string_view text);

}  // namespace feedd::sqlite
