// What people type → what FTS5 reads.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace feedd::sqlite {

// Words and "phrases", all of which must occur; a word* by its beginning; OR, AND, NOT (or -word)
// and parentheses between them; title:word and text:word for one column (sqlite.org/fts5.html §3).
// What has no sense as syntax is text, and no input is an error. "": there is nothing to search
// for.
[[nodiscard]] std::string search_query(std::string_view typed);

// The words and phrases of it that are looked for, as typed.
[[nodiscard]] std::vector<std::string> search_terms(std::string_view typed);

}  // namespace feedd::sqlite
