#include "schedule/price.h"

#include <vector>

#include <gtest/gtest.h>

#include "schedule/catch_up.h"

namespace feedd {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;

const Interval kBounds{.least = minutes{10}, .most = hours{24}};

std::vector<Demand> feeds_of(std::initializer_list<double> items_per_day) {
    std::vector<Demand> feeds;
    for (const double items : items_per_day)
        feeds.push_back({.items_per_day = items, .bounds = kBounds});
    return feeds;
}

TEST(PriceFor, IsThatAtWhichTheBudgetIsSpent) {
    const auto feeds = feeds_of({0.1, 1, 5, 20, 100, 100});
    for (const double budget : {1.0, 3.0, 10.0, 30.0}) {
        const Budget got = price_for(budget, feeds);
        EXPECT_TRUE(got.kept);
        EXPECT_NEAR(got.requests_per_hour, budget, budget / 100);
        double sum = 0;
        for (const Demand& feed : feeds)
            sum += requests_per_hour(feed, got.price);
        EXPECT_NEAR(sum, budget, budget / 100);
    }
}

TEST(PriceFor, GivesMoreToWhoPublishesMore) {
    const auto feeds = feeds_of({1, 100});
    const Price price = price_for(4, feeds).price;
    EXPECT_NEAR(requests_per_hour(feeds[1], price) / requests_per_hour(feeds[0], price), 10, 0.1);
}

TEST(PriceFor, SaysWhereTheBudgetCannotBeKept) {
    auto feeds = feeds_of({1, 1});
    feeds.push_back({.fixed = minutes{5}});
    const Budget got = price_for(6, feeds);
    EXPECT_FALSE(got.kept);
    EXPECT_NEAR(got.requests_per_hour, 12 + 2.0 / 24, 0.01);
}

TEST(Spread, LetsTheMostUrgentGoFirstAndNoHerd) {
    std::vector<Overdue> overdue;
    for (FeedId feed = 0; feed < 1000; ++feed)
        overdue.push_back({feed, static_cast<double>(feed % 10)});
    const std::vector<Start> starts = spread(overdue);
    ASSERT_EQ(starts.size(), overdue.size());
    EXPECT_EQ(starts.front().feed, 9);
    EXPECT_EQ(starts.front().after, milliseconds{0});
    for (std::size_t i = 1; i < starts.size(); ++i) {
        EXPECT_EQ(starts[i].after - starts[i - 1].after, milliseconds{20});
        EXPECT_GE(starts[i - 1].feed % 10, starts[i].feed % 10);
    }
}

TEST(Spread, IsOverWithinAQuarterOfAnHour) {
    std::vector<Overdue> overdue(200'000);
    EXPECT_LE(spread(overdue).back().after, minutes{15});
}

}  // namespace
}  // namespace feedd
