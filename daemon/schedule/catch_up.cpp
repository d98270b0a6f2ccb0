#include "schedule/catch_up.h"

#include <algorithm>
#include <limits>

#include "schedule/forecast.h"
#include "schedule/next_poll.h"

namespace feedd {

namespace {

constexpr std::chrono::microseconds kApart{20'000};
constexpr std::chrono::microseconds kLongestRamp = std::chrono::minutes{15};

}  // namespace

double urgency(const FeedState& state, Time now) {
    if (!state.last_success_at) return std::numeric_limits<double>::infinity();
    Rhythm rhythm = rhythm_of(state, now);
    if (!state.rhythm) rhythm.seen_until = std::min(now, *state.last_success_at);
    return expected_waiting(rhythm, now);
}

std::vector<Start> spread(std::span<const Overdue> overdue) {
    std::vector<Overdue> order(overdue.begin(), overdue.end());
    std::stable_sort(order.begin(), order.end(),
                     [](const Overdue& a, const Overdue& b) { return a.urgency > b.urgency; });
    const auto count = static_cast<std::int64_t>(order.size());
    const std::chrono::microseconds ramp = std::min(kApart * count, kLongestRamp);
    std::vector<Start> starts;
    starts.reserve(order.size());
    for (const Overdue& entry : order) {
        const auto place = static_cast<std::int64_t>(starts.size());
        starts.push_back({entry.feed, std::chrono::duration_cast<std::chrono::milliseconds>(
                                          ramp * place / count)});
    }
    return starts;
}

}  // namespace feedd
