// What a request costs, so that all feeds together keep to a budget.
#pragma once

#include <optional>
#include <span>

#include "base/time.h"
#include "model/feed.h"
#include "schedule/best_moment.h"

namespace feedd {

// How often a feed is asked at which price: a fixed interval, or sqrt(2 price / rate) in bounds.
struct Demand {
    double items_per_day = 0;  // that count: a peaked shape needs fewer requests than a flat one
    Interval bounds;
    std::optional<Seconds> fixed;  // the list says when
};
[[nodiscard]] Demand demand_of(const FeedSpec& spec, const FeedState& state, Time now);

// At this price the feed is asked so many times an hour.
[[nodiscard]] double requests_per_hour(const Demand& demand, Price price) noexcept;

struct Budget {
    Price price = kDefaultPrice;
    double requests_per_hour = 0;  // what is to be expected at this price
    bool kept = true;  // false: fixed intervals and max_interval alone need more than there is
};

// The price at which all feeds together ask `requests_per_hour` times an hour: the same for all,
// so that no request would buy more freshness elsewhere. O(feeds).
[[nodiscard]] Budget price_for(double requests_per_hour, std::span<const Demand> feeds);

}  // namespace feedd
