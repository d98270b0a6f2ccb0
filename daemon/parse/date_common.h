// The two forms in which nearly all feeds write dates, read without the grammar of all the others.
#pragma once

#include <optional>
#include <string_view>

#include "base/time.h"

namespace feedd {

// "Tue, 08 Apr 2025 01:02:03 +0200" (RFC 822, RFC 5322 §3.3) and "2025-04-08T01:02:03.5+02:00"
// (RFC 3339), of the years 1900 to 9998. nullopt: it may still be a date, and parse_date reads it;
// what is read here it would read alike.
[[nodiscard]] std::optional<Time> parse_common_date(std::string_view text) noexcept;

}  // namespace feedd
