// Logs are events with fields: `poll feed=news outcome=ok new=3 ms=120`. To stderr, always.
#pragma once

#include <string_view>

#include "base/result.h"

namespace feedd {

// level: trace, debug, info, warning, error, off. Under systemd (JOURNAL_STREAM is stderr's) each
// line carries its priority as <N> and no time, which the journal adds itself; on a terminal
// lines are coloured; elsewhere they begin with the UTC time.
Result<void> start_log(std::string_view level);

// Quotes a value of a field when it has white space, quotes or control characters in it; control
// characters, and those of Unicode that act like them, are escaped, so that nothing a server sends
// can forge a line or colour a terminal.
[[nodiscard]] std::string log_value(std::string_view value);

}  // namespace feedd
