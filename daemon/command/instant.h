// Moments as people write them.
#pragma once

#include <string_view>

#include "base/result.h"
#include "base/time.h"

namespace feedd {

// In UTC: "2025-04-08T01:02:03Z", "2025-04-08 01:02", "2025-04-08", "2025-04", "2025" (their
// beginning); "24h", "3 days", "2 weeks ago" (before `now`); "now", "today", "yesterday", "monday"
// (the last midnight that fits). Error usage: none of these.
[[nodiscard]] Result<Time> instant_of(std::string_view text, Time now);

}  // namespace feedd
