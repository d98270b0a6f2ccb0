// Two texts as one, word by word, for people.
#pragma once

#include <string>
#include <string_view>

namespace feedd {

enum class DiffMarks {
    brackets,  // [-old-]{+new+}, as git's word diff
    colours,   // of a terminal: red and green (ECMA-48)
};

// What was taken out and what was put in, amid some words of what stayed; a long stretch of that is
// '…'. Scripts without spaces between words are compared character by character. "" for texts that
// differ in white space alone. Control characters become spaces.
[[nodiscard]] std::string word_diff(std::string_view before, std::string_view after,
                                    DiffMarks marks);

}  // namespace feedd
