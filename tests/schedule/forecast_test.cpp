#include "schedule/forecast.h"

#include <cmath>
#include <numeric>
#include <random>
#include <vector>

#include <gtest/gtest.h>

#include "schedule/best_moment.h"
#include "schedule/rhythm.h"

namespace feedd {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

const Time kNow = *parse_utc("2025-04-09T12:00:00Z");  // a Wednesday
constexpr double kDay = 86400;

// One item a period, the last one `ago`.
Rhythm every(Seconds period, Seconds ago, int count = 20) {
    std::vector<Time> dates;
    for (int i = 0; i < count; ++i)
        dates.push_back(kNow - ago - period * i);
    return learned({}, {.published = dates, .window = count}, kNow);
}

Forecast over(const Rhythm& rhythm, Seconds horizon) {
    return forecast(rhythm, kNow, {.usual = 4000, .horizon = static_cast<double>(horizon.count())});
}

double items_between(const Forecast& forecast, double from, double to) {
    double items = 0;
    for (std::size_t i = 0; i < forecast.items.size(); ++i) {
        const double middle = (forecast.bounds[i] + forecast.bounds[i + 1]) / 2;
        if (middle >= from && middle < to) items += forecast.items[i];
    }
    return items;
}

TEST(ForecastTest, HasRisingBoundsUpToTheHorizonAndNotTooMany) {
    for (const Seconds period : {Seconds{minutes{20}}, Seconds{hours{1}}, Seconds{hours{5}},
                                 Seconds{days{1}}, Seconds{days{7}}, Seconds{days{90}}}) {
        const double usual = std::sqrt(2 * kDefaultPrice * static_cast<double>(period.count()));
        const Forecast ahead =
            forecast(every(period, minutes{5}), kNow,
                     {.usual = usual, .horizon = 24 * usual, .least = 600, .most = kDay});
        ASSERT_EQ(ahead.items.size() + 1, ahead.bounds.size());
        EXPECT_EQ(ahead.bounds.front(), 0);
        EXPECT_GE(ahead.bounds.back(), 24 * usual);
        EXPECT_LE(ahead.bounds.size(), 500U) << format_duration(period);
        for (std::size_t i = 0; i < ahead.items.size(); ++i) {
            ASSERT_LT(ahead.bounds[i], ahead.bounds[i + 1]);
            ASSERT_GE(ahead.items[i], 0);
        }
    }
}

TEST(ForecastTest, ExpectsAsManyAsTheRateSays) {
    std::mt19937 random(1);
    std::exponential_distribution<double> wait(6 / kDay);
    std::vector<Time> dates{kNow - minutes{90}};
    while (dates.size() < 300)
        dates.push_back(dates.back() - Seconds{std::lround(wait(random))});
    const Rhythm rhythm = learned({}, {.published = dates, .window = 300}, kNow);
    const Forecast ahead = over(rhythm, days{7});
    const double items = std::accumulate(ahead.items.begin(), ahead.items.end(), 0.0);
    EXPECT_NEAR(items, 7 * moments_per_day(rhythm) * items_per_moment(rhythm), 3);
}

TEST(ForecastTest, ExpectsADailyItemAtItsTimeAndNotBefore) {
    const Forecast ahead = over(every(days{1}, hours{2}), days{1});
    EXPECT_GT(items_between(ahead, 21.5 * 3600, 22.5 * 3600), 0.5);
    EXPECT_LT(items_between(ahead, 0, 21 * 3600), 0.2);
}

TEST(ForecastTest, ExpectsNoSecondOneWhereTheFirstHasJustCome) {
    // The last one came three minutes before its time, the others at it.
    std::vector<Time> dates{kNow - minutes{1}};
    for (int i = 1; i < 20; ++i)
        dates.push_back(kNow + minutes{2} - days{i});
    const Forecast ahead = over(learned({}, {.published = dates, .window = 20}, kNow), hours{4});
    EXPECT_LT(items_between(ahead, 0, 3 * 3600), 0.1);
}

TEST(BestMomentTest, LeavesAPunctualFeedAloneUntilItsTime) {
    const Rhythm rhythm = every(days{1}, hours{2});
    const BestMoment best =
        best_moment(rhythm, {.least = minutes{10}, .most = days{2}}, kDefaultPrice, kNow);
    EXPECT_GT(best.at, kNow + hours{5});
    // Asked again and again, it is there soon after the time.
    Rhythm waiting = rhythm;
    Time at = best.at;
    while (at < kNow + hours{22}) {
        waiting = learned(waiting, {}, at);
        at = best_moment(waiting, {.least = minutes{10}, .most = days{2}}, kDefaultPrice, at).at;
    }
    EXPECT_LT(at, kNow + hours{22} + minutes{20});
}

TEST(BestMomentTest, KeepsItsBounds) {
    for (const Seconds period : {Seconds{30}, Seconds{hours{3}}, Seconds{days{300}}}) {
        const Rhythm rhythm = every(period, Seconds{10});
        for (const Interval bounds : {Interval{minutes{10}, days{1}}, Interval{hours{1}, hours{1}},
                                      Interval{Seconds{1}, Seconds{2}}, Interval{days{2}, hours{1}},
                                      Interval{Seconds{0}, days{3000}}}) {
            const Seconds wait = best_moment(rhythm, bounds, kDefaultPrice, kNow).at - kNow;
            EXPECT_GE(wait, bounds.least);
            EXPECT_LE(wait, std::max(bounds.least, bounds.most));
        }
    }
}

}  // namespace
}  // namespace feedd
