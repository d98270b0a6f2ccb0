// How fast the poller goes: after a pause, and by the budget of requests.
#include <ctime>

#include <spdlog/spdlog.h>

#include "schedule/catch_up.h"
#include "service/poller.h"

namespace feedd {

namespace {

// A suspended machine is late by as much as it slept: shorter naps are not worth a new plan.
constexpr std::chrono::seconds kNap{30};

std::chrono::nanoseconds time_of(clockid_t clock) {
    timespec now{};
    clock_gettime(clock, &now);
    return std::chrono::seconds{now.tv_sec} + std::chrono::nanoseconds{now.tv_nsec};
}

// Timers stand still while the machine is suspended, and so does the monotonic clock
// (clock_gettime(2)).
std::chrono::nanoseconds time_asleep() {
    return time_of(CLOCK_BOOTTIME) - time_of(CLOCK_MONOTONIC);
}

}  // namespace

// Plans every waiting feed by the wall clock. Those that are overdue begin one after the other.
void Poller::catch_up() {
    asleep_ = time_asleep();
    const Time now = now_utc();
    std::vector<Overdue> overdue;
    for (const auto& [feed, entry] : entries_) {
        if (entry.phase != Phase::idle || entry.removed) continue;
        schedule(entry);
        if (due_.contains(feed) && entry.feed.due(now) <= now)
            overdue.push_back({feed, urgency(entry.feed.state(), now)});
    }
    const SteadyTime steady = std::chrono::steady_clock::now();
    for (const Start& start : spread(overdue))
        due_.put(start.feed, steady + start.after);
}

void Poller::look_for_sleep() {
    const std::chrono::nanoseconds slept = time_asleep() - asleep_;
    if (slept < kNap) return;
    spdlog::info("the machine was suspended seconds={}: polls are planned anew",
                 std::chrono::duration_cast<std::chrono::seconds>(slept).count());
    catch_up();
    pump();
}

void Poller::set_price() {
    price_ = kDefaultPrice;
    if (!fetch_.requests_per_hour) return;
    const Time now = now_utc();
    std::vector<Demand> demands;
    demands.reserve(entries_.size());
    for (const auto& [feed, entry] : entries_) {
        const FeedStatus status = entry.feed.status();
        if (entry.removed || status == FeedStatus::gone || status == FeedStatus::paused) continue;
        demands.push_back(demand_of(entry.feed.common(), entry.feed.state(), now));
    }
    const auto wanted = static_cast<double>(*fetch_.requests_per_hour);
    const Budget budget = price_for(wanted, demands);
    price_ = budget.price;
    if (!budget.kept) {
        spdlog::warn(
            "fetch.requests_per_hour={} cannot be kept: intervals in the list and max_interval "
            "alone need {:.0f}",
            *fetch_.requests_per_hour, budget.requests_per_hour);
    }
    spdlog::debug("price of a request seconds={:.1f} requests_per_hour={:.1f}", price_,
                  budget.requests_per_hour);
}

}  // namespace feedd
