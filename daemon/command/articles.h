#pragma once

#include <string_view>

#include "base/result.h"
#include "base/time.h"

namespace feedd {

// "24h" (ago), "2025-04-08" (midnight UTC) or "2025-04-08T01:02:03Z".
[[nodiscard]] Result<Time> instant_of(std::string_view text, Time now);

}  // namespace feedd
