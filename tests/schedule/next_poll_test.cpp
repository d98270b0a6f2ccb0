#include "schedule/next_poll.h"

#include <functional>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "schedule/rhythm.h"

namespace feedd {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

// Wednesday.
const Time kNow = *parse_utc("2025-04-09T12:00:00Z");

// What a PollContext points at, in one place.
struct Case {
    FeedSpec spec;
    FeedState state;
    PollResult result = PollResult::ok;
    PollError error = PollError::none;
    CacheHints cache;
    bool gap_suspected = false;
    double jitter = 0;
    Price price = kDefaultPrice;

    [[nodiscard]] Plan plan() const {
        return next_poll({.spec = spec,
                          .state = state,
                          .result = result,
                          .error = error,
                          .cache = cache,
                          .gap_suspected = gap_suspected,
                          .jitter = jitter,
                          .price = price},
                         kNow);
    }
};

void fresh(Case& c, Seconds length) {
    c.cache.fresh_for = length;
    c.cache.fresh_source = "Cache-Control";
}

void failed(Case& c, int failures, PollError error = PollError::http) {
    c.result = PollResult::failed;
    c.error = error;
    c.state.failures = failures;
}

struct Row {
    std::string name;
    std::function<void(Case&)> given;  // beside `interval: 1h`
    Seconds wait{0};
    std::vector<std::string> reasons;
};

void PrintTo(const Row& row, std::ostream* out) {
    *out << row.name;
}

class NextPoll : public ::testing::TestWithParam<Row> {};

TEST_P(NextPoll, IsPlannedWithItsReasons) {
    Case c;
    c.spec.interval = hours{1};
    GetParam().given(c);
    const Plan plan = c.plan();
    EXPECT_FALSE(plan.never);
    EXPECT_EQ(format_duration(plan.at - kNow), format_duration(GetParam().wait));
    EXPECT_EQ(plan.reasons, GetParam().reasons);
}

INSTANTIATE_TEST_SUITE_P(
    Interval, NextPoll,
    ::testing::Values(Row{"as the list says", [](Case&) {}, hours{1}, {"interval 1h"}},
                      Row{"not bounded by min and max",
                          [](Case& c) { c.spec.interval = Seconds{2}; },
                          Seconds{2},
                          {"interval 2s"}},
                      Row{"not stretched for a quiet feed",
                          [](Case& c) {
                              c.state.period = days{30};
                              c.state.last_new_at = kNow - days{300};
                          },
                          hours{1},
                          {"interval 1h"}},
                      Row{"nor halved for a gap",
                          [](Case& c) { c.gap_suspected = true; },
                          hours{1},
                          {"interval 1h"}},
                      Row{"jitter adds 4 % at most",
                          [](Case& c) { c.jitter = 1; },
                          hours{1} + Seconds{144},
                          {"interval 1h"}},
                      Row{"jitter from a broken generator",
                          [](Case& c) { c.jitter = 40; },
                          hours{1} + Seconds{144},
                          {"interval 1h"}}));

INSTANTIATE_TEST_SUITE_P(Http, NextPoll,
                         ::testing::Values(Row{"max-age lengthens",
                                               [](Case& c) { fresh(c, hours{4}); },
                                               hours{4},
                                               {"interval 1h", "Cache-Control 4h"}},
                                           Row{"max-age never shortens",
                                               [](Case& c) { fresh(c, minutes{5}); },
                                               hours{1},
                                               {"interval 1h"}},
                                           Row{"max-age on a 304",
                                               [](Case& c) {
                                                   c.result = PollResult::not_modified;
                                                   fresh(c, hours{4});
                                               },
                                               hours{4},
                                               {"interval 1h", "Cache-Control 4h"}},
                                           Row{"a max-age of days is meant",
                                               [](Case& c) {
                                                   c.spec.max_interval = days{30};
                                                   fresh(c, days{7});
                                               },
                                               days{7},
                                               {"interval 1h", "Cache-Control 1w"}},
                                           Row{"but no longer than max_interval",
                                               [](Case& c) { fresh(c, days{7}); },
                                               days{1},
                                               {"interval 1h", "Cache-Control 1w, cut to 1d"}},
                                           Row{"one of a year is not",
                                               [](Case& c) { fresh(c, kLongestFresh); },
                                               days{1},
                                               {"interval 1h", "Cache-Control 1w1d, cut to 1d"}},
                                           Row{"nor where max_interval is a month",
                                               [](Case& c) {
                                                   c.spec.max_interval = days{30};
                                                   fresh(c, kLongestFresh);
                                               },
                                               days{8},
                                               {"interval 1h", "Cache-Control 1w1d"}},
                                           Row{"jitter goes on top",
                                               [](Case& c) {
                                                   fresh(c, hours{4});
                                                   c.jitter = 1;
                                               },
                                               hours{4} + Seconds{144},
                                               {"interval 1h", "Cache-Control 4h"}},
                                           Row{"Retry-After",
                                               [](Case& c) {
                                                   failed(c, 1, PollError::throttled);
                                                   c.cache.retry_after = hours{5};
                                               },
                                               hours{5},
                                               {"1 failure: backing off 2h", "Retry-After 5h"}},
                                           Row{"Retry-After does not shorten the back-off",
                                               [](Case& c) {
                                                   failed(c, 3, PollError::throttled);
                                                   c.cache.retry_after = hours{1};
                                               },
                                               hours{8},
                                               {"3 failures: backing off 8h"}},
                                           Row{"the longest Retry-After",
                                               [](Case& c) {
                                                   failed(c, 1, PollError::throttled);
                                                   c.cache.retry_after = kLongestRetryAfter;
                                               },
                                               days{60},
                                               {"1 failure: backing off 2h", "Retry-After 8w4d"}},
                                           Row{"an error page that is fresh for a week",
                                               [](Case& c) {
                                                   failed(c, 1);
                                                   fresh(c, days{7});
                                               },
                                               days{1},
                                               {"1 failure: backing off 2h",
                                                "Cache-Control 1w, cut to 1d"}}));

INSTANTIATE_TEST_SUITE_P(
    Failures, NextPoll,
    ::testing::Values(
        Row{"the first", [](Case& c) { failed(c, 1); }, hours{2}, {"1 failure: backing off 2h"}},
        Row{"the second", [](Case& c) { failed(c, 2); }, hours{4}, {"2 failures: backing off 4h"}},
        Row{"no later than max_interval",
            [](Case& c) { failed(c, 5); },
            days{1},
            {"5 failures: backing off 1d"}},
        Row{"for ever",
            [](Case& c) { failed(c, 1'000'000); },
            days{1},
            {"1000000 failures: backing off 1d"}},
        Row{"not counted by the caller",
            [](Case& c) { failed(c, 0); },
            hours{2},
            {"1 failure: backing off 2h"}},
        Row{"an interval beyond max_interval stays",
            [](Case& c) {
                c.spec.interval = days{3};
                failed(c, 4);
            },
            days{3},
            {"4 failures: backing off 3d"}},
        Row{"jitter is of the back-off",
            [](Case& c) {
                failed(c, 3);
                c.jitter = 0.5;
            },
            hours{8} + Seconds{576},
            {"3 failures: backing off 8h"}},
        Row{"of seconds",
            [](Case& c) {
                c.spec.interval = Seconds{2};
                failed(c, 1);
            },
            Seconds{4},
            {"1 failure: backing off 4s"}}));

INSTANTIATE_TEST_SUITE_P(
    Documents, NextPoll,
    ::testing::Values(Row{"ttl",
                          [](Case& c) { c.state.hints.ttl_minutes = 240; },
                          hours{4},
                          {"interval 1h", "ttl 4h"}},
                      Row{"sy:updatePeriod",
                          [](Case& c) { c.state.hints.update_period = hours{4}; },
                          hours{4},
                          {"interval 1h", "sy:updatePeriod 4h"}},
                      Row{"an absurd ttl",
                          [](Case& c) { c.state.hints.ttl_minutes = 525'600; },
                          hours{1},
                          {"interval 1h"}},
                      Row{"the longest of all",
                          [](Case& c) {
                              c.state.hints.ttl_minutes = 240;
                              c.state.hints.update_period = hours{6};
                              fresh(c, hours{2});
                          },
                          hours{6},
                          {"interval 1h", "Cache-Control 2h", "ttl 4h", "sy:updatePeriod 6h"}},
                      Row{"skipHours",
                          [](Case& c) { c.state.hints.skip_hours = 0b111U << 13U; },
                          hours{4},
                          {"interval 1h", "skipHours until 2025-04-09T16:00:00Z"}},
                      Row{"skipHours with jitter",
                          [](Case& c) {
                              c.state.hints.skip_hours = 0b111U << 13U;
                              c.jitter = 1;
                          },
                          hours{4} + Seconds{144},
                          {"interval 1h", "skipHours until 2025-04-09T16:00:00Z"}},
                      Row{"skipDays",
                          [](Case& c) {
                              c.spec.interval = hours{12};
                              c.state.hints.skip_days = 0b0010000;
                              c.jitter = 1;
                          },
                          hours{36} + minutes{10},
                          {"interval 12h", "skipDays until 2025-04-11T00:00:00Z"}},
                      Row{"a failure does not renew the ttl",
                          [](Case& c) {
                              failed(c, 1);
                              c.state.hints.ttl_minutes = 240;
                              c.state.last_success_at = kNow - hours{1};
                          },
                          hours{3},
                          {"1 failure: backing off 2h", "ttl 4h"}}));

// An item every `period`, on average, at no special time.
Rhythm steady(Seconds period) {
    Rhythm rhythm = supposed_rhythm(period, kNow);
    for (float* sum : {&rhythm.moments, &rhythm.items, &rhythm.exposure})
        *sum *= 20;
    rhythm.lately = rhythm.moments;
    rhythm.lately_exposure = rhythm.exposure;
    return rhythm;
}

struct AutoRow {
    std::string name;
    Seconds period{0};
    Seconds wait{0};
};

TEST(NextPollTest, WaitsBySquareRootOfThePeriod) {
    const std::vector<AutoRow> rows{{"every ten minutes", minutes{10}, minutes{10}},
                                    {"hourly", hours{1}, minutes{15}},
                                    {"daily", days{1}, minutes{76}},
                                    {"weekly", days{7}, minutes{200}},
                                    {"every third of a year", days{120}, minutes{830}},
                                    {"never", days{3650}, days{1}}};
    for (const AutoRow& row : rows) {
        Case c;
        c.state.rhythm = steady(row.period);
        const auto wait = static_cast<double>((c.plan().at - kNow).count());
        EXPECT_NEAR(wait / static_cast<double>(row.wait.count()), 1, 0.13) << row.name;
    }
}

TEST(NextPollTest, AsksANewFeedLikeADailyOne) {
    Case c;
    EXPECT_NEAR(static_cast<double>((c.plan().at - kNow).count()), 76 * 60, 450);
    c.state.period = hours{1};
    EXPECT_NEAR(static_cast<double>((c.plan().at - kNow).count()), 15 * 60, 110);
}

TEST(NextPollTest, SaysHowOftenTheFeedPublishes) {
    Case c;
    c.state.rhythm = steady(hours{1});
    c.spec.min_interval = c.spec.max_interval = minutes{20};
    EXPECT_EQ(c.plan().reasons, std::vector<std::string>{"auto 20m (an item every 1h)"});
}

TEST(NextPollTest, HalvesTheWaitAfterASuspectedGap) {
    Case c;
    c.state.rhythm = steady(days{1});
    const Seconds usual = c.plan().at - kNow;
    c.gap_suspected = true;
    EXPECT_EQ(c.plan().at, kNow + usual / 2);
    EXPECT_THAT(c.plan().reasons[0], testing::HasSubstr("items may have been missed"));
    c.spec.min_interval = usual - minutes{1};
    EXPECT_EQ(c.plan().at, kNow + c.spec.min_interval) << "but not below min_interval";
}

TEST(NextPollTest, ComesBeforeTheDocumentOverflows) {
    Case c;
    c.state.rhythm = steady(minutes{30});
    c.spec.max_interval = c.spec.min_interval = hours{8};
    c.spec.min_interval = minutes{1};
    c.price = 1e9;
    c.state.rhythm->window = 100;
    EXPECT_EQ(c.plan().at - kNow, hours{8});
    c.state.rhythm->window = 10;
    const Seconds wait = c.plan().at - kNow;
    EXPECT_LT(wait, hours{3}) << "ten items may come in two hours";
    EXPECT_GT(wait, minutes{20});
    EXPECT_THAT(c.plan().reasons[0], testing::HasSubstr("before its 10 items have passed"));
    c.state.rhythm->caution = 2;
    EXPECT_LT(c.plan().at - kNow, wait) << "items were lost lately";
}

TEST(NextPollTest, NeverComesAfter410) {
    Case c;
    failed(c, 1, PollError::gone);
    const Plan plan = c.plan();
    EXPECT_TRUE(plan.never);
    EXPECT_GT(plan.at, kNow + days{3650}) << "even for who does not look at `never`";
    EXPECT_EQ(plan.reasons, std::vector<std::string>{"410 Gone: not asked again"});
}

TEST(DueAt, IsWhatWasPlanned) {
    FeedState state;
    EXPECT_EQ(due_at(state, kNow), kNow) << "never polled";
    state.last_polled_at = kNow - hours{1};
    state.next_poll_at = kNow + hours{3};
    EXPECT_EQ(due_at(state, kNow), kNow + hours{3});
    state.next_poll_at = kNow - hours{3};
    EXPECT_EQ(due_at(state, kNow), kNow - hours{3});
}

TEST(DueAt, IsNowAfterAPollInTheFuture) {
    FeedState state;
    state.next_poll_at = kNow + days{3000};
    state.last_polled_at = kNow + minutes{1};
    EXPECT_EQ(due_at(state, kNow), kNow + days{3000}) << "a minute is what clocks may differ by";
    state.last_polled_at = kNow + minutes{2};
    EXPECT_EQ(due_at(state, kNow), kNow);
}

TEST(Replanned, GoesByTheNewIntervalButNotBeforeWhatWasAskedOfUs) {
    FeedState state;
    state.last_polled_at = kNow - hours{1};
    state.next_poll_at = kNow + hours{23};
    FeedSpec spec{.interval = hours{3}};
    EXPECT_EQ(replanned(spec, state, kNow), kNow + hours{2});
    spec.interval = minutes{5};
    EXPECT_EQ(replanned(spec, state, kNow), kNow - minutes{55}) << "overdue";
    state.not_before = kNow + hours{4};
    EXPECT_EQ(replanned(spec, state, kNow), kNow + hours{4}) << "a max-age of five hours";
    state.failures = 3;
    EXPECT_EQ(replanned(spec, state, kNow), kNow + hours{23}) << "a plan made for failures";
}

TEST(NextPollTest, RemembersTheLatestFloor) {
    Case c;
    EXPECT_FALSE(c.plan().not_before);
    c.state.hints.ttl_minutes = 30;
    EXPECT_EQ(c.plan().not_before, kNow + minutes{30});
}

}  // namespace
}  // namespace feedd
