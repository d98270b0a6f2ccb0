// What people type → what FTS5 reads.
#pragma once

#include <string>
#include <string_view>

namespace feedd::sqlite {

// Words and "phrases", all of which must occur; a word* by its beginning. Everything else that
// FTS5 would take for syntax is text; no input is an error. "": there is nothing to search for.
[[nodiscard]] std::string search_query(std::string_view typed);

}  // namespace feedd::sqlite
