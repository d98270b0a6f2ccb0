// Texts as the full-text index takes them.
#pragma once

#include <string>
#include <string_view>

namespace feedd::sqlite {

// FTS5's tokenizer takes what stands between spaces and signs for a word. Chinese, Japanese, Thai,
// Lao, Khmer and Burmese write no spaces, Korean few: their runs are given to it as overlapping
// pairs of characters and the last one alone, "東京都" as "東京 京都 都". Other text stays as it
// is.
[[nodiscard]] std::string search_text(std::string_view text);

// What finds `text` in that: the pairs of a run without its last character, which may be followed
// by others. `begins` is set if the last word is only the beginning of one there (a run of one
// character), else left alone.
[[nodiscard]] std::string search_phrase(std::string_view text, bool& begins);

// Whether search_text gives it back unchanged.
[[nodiscard]] bool has_spaces_between_words(std::string_view text);

}  // namespace feedd::sqlite
