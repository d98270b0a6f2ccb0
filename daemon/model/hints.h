#pragma once

#include <cstdint>
#include <optional>

#include "base/time.h"

namespace feedd {

// What a feed asks of its readers, beside HTTP. Values as published; schedule/floors bounds them.
struct FeedHints {
    std::optional<std::int64_t> ttl_minutes;  // RSS ttl
    std::optional<Seconds> update_period;     // sy:updatePeriod / sy:updateFrequency
    std::uint32_t skip_hours = 0;             // bit h: no polls from h:00 to h:59 GMT
    std::uint8_t skip_days = 0;               // bit d: Sunday is 0
    bool operator==(const FeedHints&) const = default;
};

}  // namespace feedd
