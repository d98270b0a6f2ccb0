#pragma once

#include <string_view>
#include <vector>

#include "model/document.h"

namespace feedd {

// "By Ann Lee and Bob Ray, Reuters" → Ann Lee, Bob Ray. Understands 'a@b.c (Name)',
// 'Name <a@b.c>', lists with commas, semicolons, '&' and 'and' in several languages; leaves a
// name with 'and' in it alone where it is one (an organisation).
[[nodiscard]] std::vector<Person> people(std::string_view byline);

// The people of an item, bylines taken apart, each once.
[[nodiscard]] std::vector<Person> people(const std::vector<Person>& published);

}  // namespace feedd
