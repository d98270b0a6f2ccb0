// A rhythm as people would tell it, for 'feedd explain'.
#pragma once

#include <string>
#include <vector>

#include "model/rhythm.h"

namespace feedd {

// Lines such as "3.1 items a day; learned from 20 moments", "most at 8:00, 9:00 and 17:00 (UTC)".
[[nodiscard]] std::vector<std::string> in_words(const Rhythm& rhythm);

}  // namespace feedd
