// Where a search has hit, in texts that the index was given in pieces (search_text.h): FTS5's own
// snippets would count words that are not there.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace feedd::sqlite {

// The surroundings of the first term that occurs in the text, all its terms in [brackets]; "" if
// none does. Found as the index finds them (search_fold.h), and shown as they were published.
[[nodiscard]] std::string snippet_of(std::string_view text, std::span<const std::string> typed);

}  // namespace feedd::sqlite
