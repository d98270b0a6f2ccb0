#include "schedule/rhythm.h"

#include <random>
#include <vector>

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

// One every `period`, the last one just now.
std::vector<Time> every(Seconds period, int count) {
    std::vector<Seconds> ages;
    for (int i = 0; i < count; ++i)
        ages.push_back(period * i);
    return ago(ages);
}

double items_per_day(const Rhythm& rhythm) {
    return moments_per_day(rhythm) * items_per_moment(rhythm);
}

TEST(Learned, ReadsTheRateFromAFirstDocument) {
    EXPECT_NEAR(items_per_day(learned({}, {.published = every(hours{2}, 50)}, kNow)), 12, 0.5);
    EXPECT_NEAR(items_per_day(learned({}, {.published = every(days{7}, 15)}, kNow)), 1.0 / 7, 0.03);
}

TEST(Learned, DoesNotDependOnTheOrder) {
    std::vector<Time> dates = every(hours{5}, 30);
    const Rhythm sorted = learned({}, {.published = dates}, kNow);
    std::shuffle(dates.begin(), dates.end(), std::mt19937{5});
    EXPECT_EQ(learned({}, {.published = dates}, kNow), sorted);
}

TEST(Learned, LeavesOutTheFutureAndDefaults) {
    std::vector<Time> dates = every(hours{1}, 20);
    const Rhythm clean = learned({}, {.published = dates}, kNow);
    for (const char* odd : {"0001-01-01T00:00:00Z", "1970-01-01T00:00:00Z", "2035-01-01T00:00:00Z"})
        dates.push_back(*parse_utc(odd));
    EXPECT_EQ(learned({}, {.published = dates}, kNow), clean);
}

TEST(Learned, LeavesOutWhatWasPinnedYearsAgo) {
    std::vector<Time> dates = every(hours{1}, 20);
    const Rhythm clean = learned({}, {.published = dates}, kNow);
    dates.push_back(kNow - days{3000});
    EXPECT_EQ(learned({}, {.published = dates}, kNow), clean);
}

TEST(Learned, TakesABatchForOneMoment) {
    std::vector<Seconds> ages;
    for (int day = 0; day < 10; ++day) {
        for (int item = 0; item < 10; ++item)
            ages.push_back(days{day} + Seconds{item});
    }
    const Rhythm rhythm = learned({}, {.published = ago(ages)}, kNow);
    EXPECT_NEAR(moments_per_day(rhythm), 1, 0.1);
    EXPECT_NEAR(items_per_moment(rhythm), 10, 1.5);
}

TEST(Learned, SupposesAnItemADayOfAFeedWithoutDates) {
    const Rhythm rhythm = learned({}, {.undated = 20, .window = 20}, kNow);
    EXPECT_NEAR(items_per_day(rhythm), 1, 0.01);
    EXPECT_EQ(last_moment(rhythm), std::nullopt);
    EXPECT_EQ(rhythm.window, 20);
}

TEST(Learned, FollowsAFeedWithoutDatesByItsPolls) {
    std::optional<Rhythm> rhythm;
    Time now = kNow;
    for (int poll = 0; poll < 500; ++poll, now += hours{1})
        rhythm = learned(rhythm, {.undated = poll % 3 == 0 ? 1 : 0}, now);
    EXPECT_NEAR(items_per_day(*rhythm), 8, 1);
}

TEST(Learned, CountsAnItemWhenItCameOut) {
    const Rhythm before = learned({}, {.published = every(hours{6}, 20)}, kNow);
    const std::vector<Time> dates{kNow + minutes{20}};
    const Rhythm after = learned(before, {.published = dates}, kNow + hours{2});
    EXPECT_EQ(last_moment(after), kNow + minutes{20});
    EXPECT_EQ(after.seen_until, kNow + hours{2});
}

TEST(Learned, PutsAnItemThatShowedUpLateBetweenThePolls) {
    const Rhythm before = learned({}, {.published = every(hours{6}, 20)}, kNow);
    const std::vector<Time> dates{kNow - hours{5}};
    const Rhythm after = learned(before, {.published = dates}, kNow + hours{2});
    EXPECT_EQ(last_moment(after), kNow + hours{1});
}

TEST(Learned, TakesWhatWasFilledInForNoNews) {
    const Rhythm before = learned({}, {.published = every(hours{6}, 20)}, kNow);
    const std::vector<Time> old = ago({days{100}, days{101}, days{102}});
    const Rhythm after = learned(before, {.published = old}, kNow + hours{2});
    EXPECT_EQ(after, learned(before, {}, kNow + hours{2}));
}

TEST(Learned, SlowsDownInSilence) {
    Rhythm rhythm = learned({}, {.published = every(hours{2}, 50)}, kNow);
    double rate = items_per_day(rhythm);
    for (int week = 1; week < 40; ++week) {
        rhythm = learned(rhythm, {}, kNow + days{7 * week});
        ASSERT_LT(items_per_day(rhythm), rate);
        rate = items_per_day(rhythm);
    }
    EXPECT_LT(rate, 0.3);
}

TEST(Learned, FollowsAChangeOfPace) {
    Rhythm rhythm = learned({}, {.published = every(days{7}, 20)}, kNow);
    for (int hour = 1; hour <= 24 * 14; ++hour) {
        const std::vector<Time> dates{kNow + hours{hour}};
        rhythm = learned(rhythm, {.published = dates}, kNow + hours{hour});
    }
    EXPECT_GT(items_per_day(rhythm), 12);
}

TEST(Learned, RemembersSuspectedGapsForSomeWeeks) {
    Rhythm rhythm = learned({}, {.published = every(hours{2}, 50)}, kNow);
    rhythm = learned(rhythm, {.gap_suspected = true}, kNow + hours{1});
    EXPECT_NEAR(rhythm.caution, 1, 1e-6);
    rhythm = learned(rhythm, {}, kNow + days{60});
    EXPECT_LT(rhythm.caution, 0.05);
}

TEST(Learned, StandsAClockThatGoesBack) {
    const Rhythm before = learned({}, {.published = every(hours{2}, 50)}, kNow);
    EXPECT_EQ(learned(before, {}, kNow - hours{10}), before);
}

TEST(PeriodOf, IsAYearAtMost) {
    EXPECT_NEAR(static_cast<double>(
                    period_of(learned({}, {.published = every(hours{2}, 50)}, kNow)).count()),
                7200, 400);
    EXPECT_EQ(period_of({.exposure = 1e6, .lately_exposure = 1e6}), days{365});
}

TEST(SupposedRhythm, HasThePeriodThatIsKnown) {
    EXPECT_NEAR(static_cast<double>(period_of(supposed_rhythm(hours{6}, kNow)).count()), 21600,
                3000);
    EXPECT_EQ(period_of(supposed_rhythm({}, kNow)), days{1});
}

}  // namespace
}  // namespace feedd
