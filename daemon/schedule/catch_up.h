// After a pause many feeds are overdue at once: who goes first, and how fast.
#pragma once

#include <chrono>
#include <span>
#include <vector>

#include "base/time.h"
#include "model/feed.h"

namespace feedd {

// The items that are expected to wait for a poll at `now`. A feed that was never polled is the most
// urgent of all.
[[nodiscard]] double urgency(const FeedState& state, Time now);

struct Overdue {
    FeedId feed = 0;
    double urgency = 0;
};
struct Start {
    FeedId feed = 0;
    std::chrono::milliseconds after{0};
};

// The most urgent first, 20 ms apart, all within a quarter of an hour: no herd, and a hundred feeds
// are asked at once for all that anybody notices. Equally urgent ones stay in their order.
[[nodiscard]] std::vector<Start> spread(std::span<const Overdue> overdue);

}  // namespace feedd
