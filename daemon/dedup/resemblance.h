// Two texts beside each other, word by word.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dedup/frequencies.h"
#include "model/story.h"

namespace feedd {

// Pure; symmetric.
[[nodiscard]] Resemblance resemblance(std::string_view a, std::string_view b,
                                      const Frequencies& frequencies);

// The passages of `text` that stand in `other` too, in their order, joined where they touch.
[[nodiscard]] std::vector<std::string> shared_passages(std::string_view text,
                                                       std::string_view other);

}  // namespace feedd
