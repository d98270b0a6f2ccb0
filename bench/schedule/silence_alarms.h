// How often `silent since` is shown of a feed that lives, and how late of one that does not.
#pragma once

#include "schedule/compare.h"

namespace feedd::bench {

void print_silence(Price price, std::uint64_t seed);

}  // namespace feedd::bench
