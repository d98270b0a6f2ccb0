#include "schedule/rhythm.h"

#include <random>

#include <gtest/gtest.h>

namespace feedd {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

const Time kNow = *parse_utc("2025-04-09T12:00:00Z");

std::vector<Time> ago(const std::vector<Seconds>& ages) {
    std::vector<Time> times;
    times.reserve(ages.size());
    for (const Seconds age : ages)
        times.push_back(kNow - age);
    return times;
}

TEST(LearnedPeriod, IsTheMedianGap) {
    EXPECT_EQ(learned_period({}, ago({hours{1}, hours{3}, hours{5}, hours{30}}), kNow), hours{2});
}

TEST(LearnedPeriod, DoesNotDependOnTheOrder) {
    EXPECT_EQ(learned_period({}, ago({hours{30}, hours{1}, hours{5}, hours{3}}), kNow), hours{2});
}

TEST(LearnedPeriod, IsUnknownWithoutTwoMoments) {
    EXPECT_EQ(learned_period({}, {}, kNow), std::nullopt);
    EXPECT_EQ(learned_period({}, ago({hours{1}}), kNow), std::nullopt);
    EXPECT_EQ(learned_period({}, ago({hours{1}, hours{1}, hours{1}}), kNow), std::nullopt);
    EXPECT_EQ(learned_period(hours{7}, ago({hours{1}}), kNow), hours{7}) << "what was known stays";
}

TEST(LearnedPeriod, TakesABatchForOneMoment) {
    std::vector<Seconds> ages;
    for (int day = 1; day <= 3; ++day) {
        for (int item = 0; item < 10; ++item)
            ages.push_back(days{day} + Seconds{item});
    }
    const auto period = learned_period({}, ago(ages), kNow);
    ASSERT_TRUE(period);
    EXPECT_NEAR(static_cast<double>(period->count()), 86400, 60);
}

TEST(LearnedPeriod, LeavesOutTheFutureAndDefaults) {
    std::vector<Time> times = ago({hours{1}, hours{2}, -days{3650}, -hours{1}});
    times.push_back(*parse_utc("0001-01-01T00:00:00Z"));
    times.push_back(*parse_utc("1970-01-01T00:00:00Z"));
    EXPECT_EQ(learned_period({}, times, kNow), hours{1});
}

TEST(LearnedPeriod, LooksAtTheNewestOnly) {
    std::vector<Seconds> ages;
    for (int i = 1; i <= 20; ++i)
        ages.push_back(hours{i});
    for (int i = 1; i <= 500; ++i)
        ages.push_back(days{30 * i});
    EXPECT_EQ(learned_period({}, ago(ages), kNow), hours{1});
}

TEST(LearnedPeriod, BlendsWithWhatWasKnown) {
    EXPECT_EQ(learned_period(hours{4}, ago({hours{1}, hours{3}}), kNow), hours{3});
}

TEST(LearnedPeriod, IsNeverMoreThanAYear) {
    EXPECT_EQ(learned_period({}, ago({days{1}, days{5000}}), kNow), days{365});
}

TEST(AutoInterval, IsHalfThePeriodWithinBounds) {
    const FeedSpec spec;  // 10 minutes to one day
    FeedState state;
    EXPECT_EQ(auto_interval(spec, state, kNow), hours{1}) << "nothing known";
    state.period = hours{6};
    EXPECT_EQ(auto_interval(spec, state, kNow), hours{3});
    state.period = minutes{1};
    EXPECT_EQ(auto_interval(spec, state, kNow), minutes{10});
    state.period = days{30};
    EXPECT_EQ(auto_interval(spec, state, kNow), days{1});
}

TEST(AutoInterval, DriftsToTheLongestInSilence) {
    const FeedSpec spec;
    FeedState state;
    state.period = hours{2};
    state.last_new_at = kNow - hours{2};
    EXPECT_EQ(auto_interval(spec, state, kNow), hours{1});
    state.last_new_at = kNow - days{4};
    EXPECT_EQ(auto_interval(spec, state, kNow), hours{12});
    state.last_new_at = kNow - days{400};
    EXPECT_EQ(auto_interval(spec, state, kNow), days{1});
    state.last_new_at = kNow + days{400};
    EXPECT_EQ(auto_interval(spec, state, kNow), hours{1}) << "a clock that was wrong";
}

TEST(AutoInterval, GrowsWithPeriodAndSilenceAndStaysWithinBounds) {
    std::mt19937 random(11);
    const auto below = [&](int limit) {
        return Seconds{std::uniform_int_distribution<int>(0, limit - 1)(random)};
    };
    for (int i = 0; i < 10'000; ++i) {
        FeedSpec spec;
        spec.min_interval = Seconds{1} + below(100'000);
        spec.max_interval = spec.min_interval + below(1'000'000);
        FeedState state;
        state.period = below(3'000'000);
        state.last_new_at = kNow - below(10'000'000);
        const Seconds interval = auto_interval(spec, state, kNow);
        ASSERT_GE(interval, spec.min_interval);
        ASSERT_LE(interval, spec.max_interval);
        FeedState slower = state;
        *slower.period += below(100'000);
        ASSERT_GE(auto_interval(spec, slower, kNow), interval);
        FeedState quieter = state;
        *quieter.last_new_at -= below(1'000'000);
        ASSERT_GE(auto_interval(spec, quieter, kNow), interval);
    }
}

}  // namespace
}  // namespace feedd
