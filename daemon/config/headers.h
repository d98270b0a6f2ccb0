// 'headers:' of a feed.
#pragma once

#include <vector>

#include "config/diagnostic.h"
#include "config/environment.h"
#include "config/section.h"
#include "model/secret.h"

namespace feedd {

// Names are tokens (RFC 9110 §5.1), values single lines with ${NAME} filled in. Headers that the
// fetcher has to set itself are refused. Values never stand in an error.
[[nodiscard]] std::vector<SecretHeader> read_headers(const Section& feed,
                                                     const Environment& environment,
                                                     Diagnostics& out);

}  // namespace feedd
