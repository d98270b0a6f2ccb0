// Time as an argument. Records are UTC in whole seconds; waiting uses the steady clock.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace feedd {

using Time = std::chrono::sys_seconds;
using Seconds = std::chrono::seconds;
using SteadyTime = std::chrono::steady_clock::time_point;

inline constexpr double kSecondsPerDay = 86400;

// The only reader of the wall clock, for the edges of the program. Rounded up, so that a
// floor in seconds counted from it is never undercut by the fraction that was cut off.
[[nodiscard]] Time now_utc() noexcept;

// "2025-04-08T01:02:03Z" (RFC 3339), the form of every time in the store.
// Years outside 0000–9999 cannot be written so and give an empty string.
[[nodiscard]] std::string format_utc(Time time);

// The inverse of format_utc and of nothing else (no zones, no fractions).
[[nodiscard]] std::optional<Time> parse_utc(std::string_view text) noexcept;

// A date as HTTP headers carry it, in any of the three forms of RFC 9110 §5.6.7, and near misses of
// them (another zone, no day of the week). A date without a time of day is none.
[[nodiscard]] std::optional<Time> parse_http_date(std::string_view text);

// "30s", "10m", "2h", "1d", "1w", and sums such as "1h30m". A bare number is refused: its unit
// would be a guess. At most ten years.
[[nodiscard]] Result<Seconds> parse_duration(std::string_view text);

// The shortest such form: 5400 s is "1h30m".
[[nodiscard]] std::string format_duration(Seconds duration);

}  // namespace feedd
