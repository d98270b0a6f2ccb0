// How often a feed publishes, and how often it is therefore worth asking.
#pragma once

#include <optional>
#include <vector>

#include "base/time.h"
#include "model/feed.h"

namespace feedd {

// The feed's period from the dates of a document's items, blended with what was known before.
// Robust: the median gap between the moments at which the newest items were published; items of one
// batch are one moment; dates that are in the future or no dates at all (year 1) are left out.
[[nodiscard]] std::optional<Seconds> learned_period(std::optional<Seconds> before,
                                                    const std::vector<Time>& published, Time now);

// The interval of a feed whose list entry says `auto`: half the period, so that an item waits for
// half a period at most and a window of two items misses none; longer the longer nothing new has
// come; within the entry's bounds. It grows with the period and with the silence, never otherwise.
[[nodiscard]] Seconds auto_interval(const FeedSpec& spec, const FeedState& state, Time now);

}  // namespace feedd
