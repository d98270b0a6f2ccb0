// Where two texts differ, in a line.
#pragma once

#include <string>
#include <string_view>

namespace feedd {

// "…for the [-old-] {+new+} words of…": what differs, with some words around it, in about as many
// bytes as `most`; line breaks become spaces. Equal texts: "".
[[nodiscard]] std::string brief_diff(std::string_view before, std::string_view after,
                                     std::size_t most);

}  // namespace feedd
