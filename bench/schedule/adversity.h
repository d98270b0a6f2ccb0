// Publishers that change their ways.
#pragma once

#include "schedule/compare.h"

namespace feedd::bench {

// Prints a table: what feedd's rule loses, and what even a poll every ten minutes would.
void print_adversity(Price price, std::uint64_t seed);

}  // namespace feedd::bench
