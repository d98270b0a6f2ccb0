// The next poll that costs least: requests have a price, and so has waiting.
#pragma once

#include "base/time.h"
#include "model/rhythm.h"

namespace feedd {

// What a request may cost, in seconds that one item waits.
using Price = double;

// An hourly feed is asked about every 15 minutes, a daily one every 75, a weekly one every 3.3 h.
inline constexpr Price kDefaultPrice = 120;

struct Interval {
    Seconds least{0};
    Seconds most{0};
};

struct BestMoment {
    Time at{};
    double waiting = 0;        // items that are expected to wait by then
    bool window_full = false;  // it is that soon because the document might overflow
};

// The moment within `bounds` after `now` from which on the sum of waiting and requests is least,
// over this poll and those to come: all items wait from when they come out until the next poll, and
// a poll costs `price`. For a constant rate λ that is sqrt(2 price / λ) after the last poll.
// No later than it takes, with 99 % certainty, to publish as many items as the document holds.
[[nodiscard]] BestMoment best_moment(const Rhythm& rhythm, Interval bounds, Price price, Time now);

}  // namespace feedd
