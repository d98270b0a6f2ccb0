#pragma once

#include <optional>
#include <string_view>

#include "base/time.h"

namespace feedd {

// A date as feeds write it: RFC 822 and its deviations, W3CDTF and ISO 8601, RFC 3339, asctime,
// epoch seconds, named zones, localised names. Without a zone, or with an unknown one: UTC
// (RFC 5322 §4.3). A wrong weekday is ignored; a date that does not exist is no date.
[[nodiscard]] std::optional<Time> parse_date(std::string_view text);

// "HH:MM:SS", "MM:SS", seconds, ISO 8601 "PT1H2M": itunes:duration and its like, in seconds.
[[nodiscard]] std::optional<double> parse_length(std::string_view text);

}  // namespace feedd
