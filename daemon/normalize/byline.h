// A byline as views of the names in it.
#pragma once

#include <string_view>
#include <vector>

namespace feedd {

// Each with its address, if it has one, still in it; not empty unless `byline` is. `byline` is one
// line, its white space collapsed.
[[nodiscard]] std::vector<std::string_view> names_in(std::string_view byline);

[[nodiscard]] bool is_agency(std::string_view name);

}  // namespace feedd
