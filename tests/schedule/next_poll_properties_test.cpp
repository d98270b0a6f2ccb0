// What holds for every plan, over random feeds, answers and documents.
#include <algorithm>
#include <cmath>
#include <random>

#include <gtest/gtest.h>

#include "schedule/next_poll.h"

namespace feedd {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

const Time kNow = *parse_utc("2025-04-09T12:34:56Z");

class Dice {
  public:
    explicit Dice(unsigned seed) : random_(seed) {}
    int below(int limit) { return std::uniform_int_distribution<int>(0, limit - 1)(random_); }
    bool one_in(int n) { return below(n) == 0; }
    double share() { return std::uniform_real_distribution<double>(0, 1)(random_); }
    // Of every order of magnitude from one second to `most`.
    Seconds duration(Seconds most) {
        const double power = share() * std::log(static_cast<double>(most.count()));
        return Seconds{static_cast<std::int64_t>(std::exp(power))};
    }

  private:
    std::mt19937 random_;
};

struct Case {
    FeedSpec spec;
    FeedState state;
    PollResult result = PollResult::ok;
    CacheHints cache;
    bool gap_suspected = false;
    double jitter = 0;

    [[nodiscard]] Plan plan() const {
        return next_poll({.spec = spec,
                          .state = state,
                          .result = result,
                          .error = result == PollResult::failed ? PollError::http : PollError::none,
                          .cache = cache,
                          .gap_suspected = gap_suspected,
                          .jitter = jitter},
                         kNow);
    }
};

Case random_case(Dice& dice) {
    Case c;
    if (dice.one_in(2)) c.spec.interval = dice.duration(days{30});
    c.spec.min_interval = dice.duration(hours{2});
    c.spec.max_interval = c.spec.min_interval + dice.duration(days{10});
    if (dice.one_in(2)) c.state.period = dice.duration(days{365});
    if (dice.one_in(2)) c.state.last_new_at = kNow - dice.duration(days{365});
    if (dice.one_in(2)) c.state.last_success_at = kNow - dice.duration(days{365});
    if (dice.one_in(3)) c.state.hints.ttl_minutes = dice.below(20'000) - 100;
    if (dice.one_in(3)) c.state.hints.update_period = dice.duration(days{20});
    if (dice.one_in(4)) c.state.hints.skip_hours = static_cast<std::uint32_t>(dice.below(1 << 24));
    if (dice.one_in(4)) c.state.hints.skip_days = static_cast<std::uint8_t>(dice.below(1 << 7));
    if (dice.one_in(3)) c.result = PollResult::failed;
    if (c.result == PollResult::failed) c.state.failures = 1 + dice.below(40);
    if (dice.one_in(3)) c.cache.fresh_for = std::min(dice.duration(days{20}), kLongestFresh);
    if (dice.one_in(4)) c.cache.retry_after = std::min(dice.duration(days{90}), kLongestRetryAfter);
    c.gap_suspected = dice.one_in(5);
    c.jitter = dice.share();
    return c;
}

bool skipped(const FeedHints& hints, Time at) {
    return outside_skips(hints, at) != at;
}

// What neither the schedule nor a publisher makes longer, but for Retry-After and skipped hours.
Seconds longest_interval(const Case& c) {
    return std::max(c.spec.interval.value_or(Seconds{0}), c.spec.max_interval);
}

TEST(EveryPlan, KeepsEveryFloor) {
    Dice dice(1);
    for (int i = 0; i < 20'000; ++i) {
        const Case c = random_case(dice);
        const Plan plan = c.plan();
        const Seconds wait = plan.at - kNow;
        ASSERT_FALSE(plan.never);
        ASSERT_FALSE(skipped(c.state.hints, plan.at)) << format_utc(plan.at);
        constexpr Seconds kNone{0};
        const bool bounded = !c.spec.interval && !c.gap_suspected;
        ASSERT_GE(wait, c.spec.interval.value_or(kNone));
        ASSERT_GE(wait, bounded ? c.spec.min_interval : kNone);
        ASSERT_GE(wait, c.cache.retry_after.value_or(kNone));
        if (c.result == PollResult::failed) continue;
        const Seconds fresh = c.cache.fresh_for.value_or(kNone);
        const Seconds most = longest_interval(c);
        ASSERT_GE(wait, fresh < kLongestFresh ? std::min(fresh, most) : kNone);
        for (const Wait& asked : document_waits(c.state.hints))
            ASSERT_GE(wait, std::min(asked.length, most));
    }
}

TEST(EveryPlan, ComesBackInTime) {
    Dice dice(2);
    for (int i = 0; i < 20'000; ++i) {
        Case c = random_case(dice);
        const Seconds interval = longest_interval(c);
        const Seconds jitter{interval.count() * 4 / 100 + 1};
        const Seconds told = c.cache.retry_after.value_or(Seconds{0});
        const Time latest = kNow + std::max(told, interval) + jitter;
        const Time free = outside_skips(c.state.hints, latest);
        ASSERT_LE(c.plan().at, free + minutes{10});
    }
}

TEST(EveryPlan, SaysWhy) {
    Dice dice(3);
    for (int i = 0; i < 5'000; ++i) {
        const Plan plan = random_case(dice).plan();
        ASSERT_FALSE(plan.reasons.empty());
        for (const std::string& reason : plan.reasons)
            ASSERT_FALSE(reason.empty());
    }
}

TEST(EveryPlan, IsLaterForLongerIntervalsMoreFailuresAndMoreJitter) {
    Dice dice(4);
    for (int i = 0; i < 20'000; ++i) {
        Case c = random_case(dice);
        // What is skipped may lie between two plans that hardly differ.
        if (!c.spec.interval) c.state.hints = {};
        const Time at = c.plan().at;
        // Of `auto`, the places where a poll may be move with the bounds.
        const Seconds grain = minutes{10} + (c.spec.interval ? Seconds{0} : (at - kNow) / 6);
        Case slower = c;
        if (slower.spec.interval) *slower.spec.interval += dice.duration(days{1});
        slower.spec.max_interval += dice.duration(days{1});
        ASSERT_LE(at, slower.plan().at + grain);
        Case worse = c;
        if (worse.result == PollResult::failed) ++worse.state.failures;
        ASSERT_LE(at, worse.plan().at + grain);
        Case later = c;
        later.jitter = c.jitter + (1 - c.jitter) * dice.share();
        ASSERT_LE(at, later.plan().at + minutes{10});
    }
}

// A feed that always fails, asked whenever it is due, by a caller that looks every 65 minutes.
TEST(AFeedThatAlwaysFails, IsAskedEverLessOftenButForEver) {
    Case c;
    c.spec.interval = hours{1};
    c.result = PollResult::failed;
    Time due = kNow;
    Time now = kNow;
    int asked = 0;
    for (int look = 0; look < 25; ++look, now += minutes{65}) {
        if (due > now) continue;
        ++asked;
        ++c.state.failures;
        due = now + (c.plan().at - kNow);
    }
    EXPECT_GE(asked, 2);
    EXPECT_LE(asked, 15);
    c.state.failures = 10'000;
    EXPECT_LE(c.plan().at, kNow + days{9});
}

TEST(AHealthyHourlyFeed, IsAskedAtEveryLookOfEvery65Minutes) {
    Case c;
    c.spec.interval = hours{1};
    c.jitter = 1;
    EXPECT_LE(c.plan().at, kNow + minutes{65});
}

}  // namespace
}  // namespace feedd
