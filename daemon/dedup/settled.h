// What a text says, without what changes in it although nobody has edited it.
#pragma once

#include <string>
#include <string_view>

namespace feedd {

// Without white space, the shapes of quotes and dashes, invisible characters, numbers that count
// ('12 comments', 'viewed 3,042 times') or tell the age of the page, with the words that say of
// what, lines that advertise, and stamps that tell when a page was made. For comparison only.
[[nodiscard]] std::string settled(std::string_view text);

// The same of a headline, where such words are news: only counts in brackets go, '(12 comments)'.
[[nodiscard]] std::string settled_title(std::string_view title);

}  // namespace feedd
