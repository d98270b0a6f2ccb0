#include "schedule/throttle.h"

#include <gtest/gtest.h>

namespace feedd {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

const Time kNow{std::chrono::sys_days{std::chrono::year{2025} / 4 / 8}};

Throttle struck(int strikes, Time at, Seconds held) {
    return {.strikes = strikes,
            .struck_at = at,
            .held_from = at,
            .held_until = at + held,
            .reason = "HTTP 429"};
}

TEST(Throttle, Of429HoldsForItsRetryAfter) {
    const auto after = throttled({}, {.status = 429, .retry_after = Seconds{90}, .at = kNow});
    ASSERT_TRUE(after);
    EXPECT_EQ(*after->held_until, kNow + Seconds{90});
    EXPECT_EQ(*after->held_from, kNow);
    EXPECT_EQ(after->strikes, 1);
    EXPECT_EQ(after->reason, "HTTP 429, Retry-After 1m30s");
}

TEST(Throttle, Without429OrRetryAfterGrowsWithEachComplaint) {
    Throttle throttle;
    Time now = kNow;
    for (const int wait : {1, 2, 4, 8, 16, 32, 64, 64}) {
        const auto after = throttled(throttle, {.status = 429, .at = now});
        ASSERT_TRUE(after);
        EXPECT_EQ(*after->held_until - now, minutes{wait});
        throttle = *after;
        now = *after->held_until;
    }
    EXPECT_EQ(least_pause(throttle, now), Seconds{128});
}

TEST(Throttle, IsNotAboutOtherAnswers) {
    for (const int status : {0, 200, 301, 302, 304, 401, 403, 404, 500, 503}) {
        EXPECT_FALSE(throttled({}, {.status = status, .retry_after = Seconds{60}, .at = kNow}))
            << status;
    }
}

TEST(Throttle, TakesA403WithRetryAfterForA429WhereTheHostComplainedBefore) {
    const Throttle prone = struck(1, kNow - days{2}, minutes{1});
    EXPECT_TRUE(throttled(prone, {.status = 403, .retry_after = Seconds{60}, .at = kNow}));
    EXPECT_FALSE(throttled(prone, {.status = 403, .at = kNow})) << "a plain refusal";
    const Throttle long_ago = struck(1, kNow - days{31}, minutes{1});
    EXPECT_FALSE(throttled(long_ago, {.status = 403, .retry_after = Seconds{60}, .at = kNow}));
}

TEST(Throttle, CountsWhatWasUnderWayOnceOnly) {
    const Throttle first = struck(1, kNow, Seconds{60});
    const auto shorter = throttled(first, {.status = 429, .at = kNow + Seconds{1}});
    ASSERT_TRUE(shorter) << "a minute from then ends later";
    EXPECT_EQ(shorter->strikes, 1);
    EXPECT_EQ(*shorter->held_until, kNow + Seconds{61});
    EXPECT_EQ(*shorter->held_from, kNow);
    EXPECT_FALSE(
        throttled(first, {.status = 429, .retry_after = Seconds{5}, .at = kNow + Seconds{1}}));
    const auto longer =
        throttled(first, {.status = 429, .retry_after = hours{1}, .at = kNow + Seconds{1}});
    ASSERT_TRUE(longer);
    EXPECT_EQ(*longer->held_until, kNow + Seconds{1} + hours{1});
    EXPECT_EQ(longer->strikes, 1);
}

TEST(Throttle, IsForgivenWithTime) {
    const Throttle throttle = struck(3, kNow, Seconds{60});
    EXPECT_EQ(strikes_at(throttle, kNow - hours{1}), 3);
    EXPECT_EQ(strikes_at(throttle, kNow + hours{5}), 3);
    EXPECT_EQ(strikes_at(throttle, kNow + hours{6}), 2);
    EXPECT_EQ(strikes_at(throttle, kNow + days{100}), 0);
    EXPECT_EQ(least_pause(throttle, kNow), Seconds{8});
    EXPECT_EQ(least_pause(throttle, kNow + hours{12}), Seconds{2});
    EXPECT_EQ(least_pause(throttle, kNow + hours{18}), Seconds{0});
    EXPECT_EQ(least_pause({}, kNow), Seconds{0});
}

TEST(Throttle, LeavesNoMoreOfAHoldThanItsLengthWhateverTheClockSays) {
    const Throttle throttle = struck(1, kNow, hours{1});
    EXPECT_EQ(hold_left(throttle, kNow + minutes{20}), minutes{40});
    EXPECT_EQ(hold_left(throttle, kNow + hours{1}), Seconds{0});
    EXPECT_EQ(hold_left(throttle, kNow - days{4000}), hours{1}) << "written under a wrong clock";
    EXPECT_EQ(hold_left(struck(1, kNow, days{4000}), kNow), days{60});
    EXPECT_EQ(hold_left(struck(1, kNow, -hours{1}), kNow), Seconds{0});
    EXPECT_EQ(hold_left({}, kNow), Seconds{0});
}

}  // namespace
}  // namespace feedd
