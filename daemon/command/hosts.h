// The ledgers of 'feedd feeds': how hosts were treated, and what may have been missed.
#pragma once

#include "base/time.h"
#include "command/common.h"

namespace feedd {

// Prints every host that was asked in the last 90 days; the exit code.
[[nodiscard]] int print_hosts(StoreReader& store, OutputFormat format, Time now);

// Prints the feeds with suspected gaps; the exit code.
[[nodiscard]] int print_gaps(StoreReader& store, OutputFormat format);

}  // namespace feedd
