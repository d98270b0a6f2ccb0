#include "schedule/silence.h"

#include <vector>

#include <gtest/gtest.h>

#include "schedule/rhythm.h"

namespace feedd {
namespace {

using std::chrono::days;
using std::chrono::hours;

const Time kLast = *parse_utc("2025-04-09T12:00:00Z");

Rhythm every(Seconds period, int count = 20) {
    std::vector<Time> dates;
    for (int i = 0; i < count; ++i)
        dates.push_back(kLast - period * i);
    return learned({}, {.published = dates, .window = count}, kLast);
}

// Polled four times a day, and nothing new.
std::optional<Time> after(Rhythm rhythm, days silence) {
    for (Time at = kLast; at <= kLast + silence; at += hours{6})
        rhythm = learned(rhythm, {}, at);
    return silent_since(rhythm);
}

TEST(SilentSince, NamesTheLastMomentOfADailyFeedThatEnded) {
    EXPECT_EQ(after(every(days{1}), days{1}), std::nullopt);
    EXPECT_EQ(after(every(days{1}), days{60}), kLast);
}

TEST(SilentSince, NoticesTheEndOfABusyFeedSooner) {
    EXPECT_EQ(after(every(hours{1}), days{7}), kLast);
    EXPECT_EQ(after(every(days{7}), days{7}), std::nullopt);
}

TEST(SilentSince, IsNothingWhereTooLittleIsKnown) {
    EXPECT_EQ(after(every(days{1}, 1), days{300}), std::nullopt);
    EXPECT_EQ(after(every(days{1}, 3), days{300}), std::nullopt);
    EXPECT_EQ(after(Rhythm{.seen_until = kLast}, days{300}), std::nullopt);
}

TEST(SilentSince, EndsWithTheNextItem) {
    Rhythm rhythm = every(days{1});
    rhythm = learned(rhythm, {}, kLast + days{90});
    ASSERT_EQ(silent_since(rhythm), kLast);
    const std::vector<Time> back{kLast + days{90} + hours{1}};
    rhythm = learned(rhythm, {.published = back}, kLast + days{90} + hours{1});
    EXPECT_EQ(silent_since(rhythm), std::nullopt);
}

}  // namespace
}  // namespace feedd
