// Names of feeds: short, for people and the command line.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace feedd {

// A name that the list gives. Refuses what could not be typed or printed.
[[nodiscard]] Result<std::string> read_name(std::string_view written);

// A name for a feed that the list gives none, made of the URL alone so that it stays the same
// whatever else is on the list: "lwn.net/headlines". Level 0 is the shortest; each level tells
// more URLs apart, the last, kNameLevels - 1, all of them.
constexpr int kNameLevels = 4;
[[nodiscard]] std::string derived_name(std::string_view url, int level);

}  // namespace feedd
