// Do two titles name the same thing? Independent of language: it counts characters, not words.
#pragma once

#include <string_view>

namespace feedd {

// From 0 to 1: the share of neighbouring character pairs that both have (Sørensen and Dice), case,
// white space and ASCII punctuation aside. Two empty titles are alike, an empty one is unlike all
// others.
[[nodiscard]] double likeness(std::string_view a, std::string_view b);

// The digits of both are the same, in order: "Open thread 45" is not "Open thread 46".
[[nodiscard]] bool same_digits(std::string_view a, std::string_view b);

}  // namespace feedd
