#include "schedule/floors.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace feedd {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

// Wednesday.
const Time kNow = *parse_utc("2025-04-09T12:00:00Z");

struct CacheRow {
    std::string name;
    int status = 200;
    std::vector<Header> headers;
    std::optional<Seconds> fresh_for;
    std::optional<Seconds> retry_after;
};

void PrintTo(const CacheRow& row, std::ostream* out) {
    *out << row.name;
}

class Caching : public ::testing::TestWithParam<CacheRow> {};

TEST_P(Caching, IsReadFromTheHeaders) {
    Response response;
    response.status = GetParam().status;
    response.headers = GetParam().headers;
    const CacheHints hints = cache_hints(response, kNow);
    EXPECT_EQ(hints.fresh_for, GetParam().fresh_for);
    EXPECT_EQ(hints.retry_after, GetParam().retry_after);
    EXPECT_EQ(hints.fresh_source.empty(), !hints.fresh_for);
}

constexpr auto kNone = std::nullopt;

INSTANTIATE_TEST_SUITE_P(
    Fresh, Caching,
    ::testing::Values(
        CacheRow{"nothing", 200, {}, kNone, kNone},
        CacheRow{"max-age", 200, {{"Cache-Control", "public, max-age=14400"}}, hours{4}, kNone},
        CacheRow{"any case", 200, {{"cache-CONTROL", "Max-Age = 60"}}, minutes{1}, kNone},
        CacheRow{"quoted", 200, {{"Cache-Control", "max-age=\"60\""}}, minutes{1}, kNone},
        CacheRow{"on a 304", 304, {{"Cache-Control", "max-age=60"}}, minutes{1}, kNone},
        CacheRow{
            "less Age", 200, {{"Cache-Control", "max-age=600"}, {"Age", "540"}}, minutes{1}, kNone},
        CacheRow{"the first of two",
                 200,
                 {{"Cache-Control", "max-age=60, max-age=90"}},
                 minutes{1},
                 kNone},
        CacheRow{"spread over two headers",
                 200,
                 {{"Cache-Control", "public"}, {"Cache-Control", "max-age=60"}},
                 minutes{1},
                 kNone},
        CacheRow{"a comma in quotes",
                 200,
                 {{"Cache-Control", "private=\"a, no-store\", max-age=60"}},
                 minutes{1},
                 kNone},
        CacheRow{"no-cache for one field only",
                 200,
                 {{"Cache-Control", "no-cache=\"Set-Cookie\", max-age=60"}},
                 minutes{1},
                 kNone},
        CacheRow{"max-age before Expires",
                 200,
                 {{"Cache-Control", "max-age=60"}, {"Expires", "Wed, 09 Apr 2025 16:00:00 GMT"}},
                 minutes{1},
                 kNone},
        CacheRow{"Expires",
                 200,
                 {{"Date", "Wed, 09 Apr 2025 11:00:00 GMT"},
                  {"Expires", "Wed, 09 Apr 2025 15:00:00 GMT"}},
                 hours{4},
                 kNone},
        CacheRow{"Expires less Age",
                 200,
                 {{"Date", "Wed, 09 Apr 2025 11:00:00 GMT"},
                  {"Expires", "Wed, 09 Apr 2025 15:00:00 GMT"},
                  {"Age", "3600"}},
                 hours{3},
                 kNone},
        CacheRow{"Expires without Date",
                 200,
                 {{"Expires", "Wed, 09 Apr 2025 15:00:00 GMT"}},
                 hours{3},
                 kNone},
        CacheRow{"a year",
                 200,
                 {{"Cache-Control", "max-age=31536000, immutable"}},
                 kLongestFresh,
                 kNone},
        CacheRow{"beyond all numbers",
                 200,
                 {{"Cache-Control", "max-age=99999999999999999999999"}},
                 kLongestFresh,
                 kNone},
        CacheRow{"Expires in 2037",
                 200,
                 {{"Expires", "Thu, 31 Dec 2037 23:55:55 GMT"}},
                 kLongestFresh,
                 kNone}));

INSTANTIATE_TEST_SUITE_P(
    NotFresh, Caching,
    ::testing::Values(
        CacheRow{"no-store", 200, {{"Cache-Control", "no-store, max-age=600"}}, kNone, kNone},
        CacheRow{"no-cache",
                 200,
                 {{"Cache-Control", "max-age=600"}, {"Cache-Control", "no-cache"}},
                 kNone,
                 kNone},
        CacheRow{"no-cache before Expires",
                 200,
                 {{"Cache-Control", "no-cache"}, {"Expires", "Thu, 10 Apr 2025 12:00:00 GMT"}},
                 kNone,
                 kNone},
        CacheRow{"max-age=0", 200, {{"Cache-Control", "max-age=0"}}, kNone, kNone},
        CacheRow{"max-age=0 before Expires",
                 200,
                 {{"Cache-Control", "max-age=0"}, {"Expires", "Thu, 10 Apr 2025 12:00:00 GMT"}},
                 kNone,
                 kNone},
        CacheRow{"negative", 200, {{"Cache-Control", "max-age=-60"}}, kNone, kNone},
        CacheRow{"no number", 200, {{"Cache-Control", "max-age=soon"}}, kNone, kNone},
        CacheRow{"no value", 200, {{"Cache-Control", "max-age"}}, kNone, kNone},
        CacheRow{"a shared cache's", 200, {{"Cache-Control", "s-maxage=600"}}, kNone, kNone},
        CacheRow{"older than max-age",
                 200,
                 {{"Cache-Control", "max-age=60"}, {"Age", "61"}},
                 kNone,
                 kNone},
        CacheRow{"quotes that never close",
                 200,
                 {{"Cache-Control", "private=\"a, max-age=60"}},
                 kNone,
                 kNone},
        CacheRow{"commas alone", 200, {{"Cache-Control", ",,,"}}, kNone, kNone},
        CacheRow{"Expires: 0", 200, {{"Expires", "0"}}, kNone, kNone},
        CacheRow{"Expires: -1", 200, {{"Expires", "-1"}}, kNone, kNone},
        CacheRow{"Expires in the past",
                 200,
                 {{"Expires", "Thu, 01 Jan 1970 00:00:00 GMT"}},
                 kNone,
                 kNone}));

INSTANTIATE_TEST_SUITE_P(
    RetryAfter, Caching,
    ::testing::Values(
        CacheRow{"seconds", 429, {{"Retry-After", "7200"}}, kNone, hours{2}},
        CacheRow{
            "a date", 503, {{"Retry-After", "Wed, 09 Apr 2025 14:00:00 GMT"}}, kNone, hours{2}},
        CacheRow{"of any error", 403, {{"Retry-After", " 60 "}}, kNone, minutes{1}},
        CacheRow{"68 years", 429, {{"Retry-After", "2147483647"}}, kNone, kLongestRetryAfter},
        CacheRow{"a date in 2093",
                 429,
                 {{"Retry-After", "Thu, 09 Apr 2093 14:00:00 GMT"}},
                 kNone,
                 kLongestRetryAfter},
        CacheRow{"garbage", 503, {{"Retry-After", "soon"}}, kNone, kNone},
        CacheRow{"empty", 503, {{"Retry-After", ""}}, kNone, kNone},
        CacheRow{"negative", 503, {{"Retry-After", "-60"}}, kNone, kNone},
        CacheRow{"a fraction", 503, {{"Retry-After", "1.5"}}, kNone, kNone},
        CacheRow{"zero", 503, {{"Retry-After", "0"}}, kNone, kNone},
        CacheRow{"a date in the past",
                 503,
                 {{"Retry-After", "Wed, 09 Apr 2025 11:00:00 GMT"}},
                 kNone,
                 kNone},
        CacheRow{"with a good answer", 200, {{"Retry-After", "7200"}}, kNone, kNone},
        CacheRow{"with a 304", 304, {{"Retry-After", "7200"}}, kNone, kNone}));

FeedHints asking(std::optional<std::int64_t> ttl_minutes, std::optional<Seconds> update_period) {
    FeedHints hints;
    hints.ttl_minutes = ttl_minutes;
    hints.update_period = update_period;
    return hints;
}

TEST(DocumentWaits, AreWhatTheDocumentAsksFor) {
    const auto waits = document_waits(asking(240, hours{6}));
    ASSERT_EQ(waits.size(), 2U);
    EXPECT_EQ(waits[0].length, hours{4});
    EXPECT_EQ(waits[0].source, "ttl");
    EXPECT_EQ(waits[1].length, hours{6});
    EXPECT_EQ(waits[1].source, "sy:updatePeriod");
}

TEST(DocumentWaits, LeaveOutTheAbsurd) {
    constexpr std::int64_t kMost = minutes{days{8}}.count();
    EXPECT_EQ(document_waits(asking(kMost, {})).size(), 1U);
    for (const std::int64_t ttl :
         {std::int64_t{0}, std::int64_t{-1}, kMost + 1, INT64_MAX, INT64_MIN})
        EXPECT_TRUE(document_waits(asking(ttl, {})).empty()) << ttl;
    for (const Seconds period : {Seconds{0}, Seconds{-1}, Seconds{days{9}}, Seconds::max()})
        EXPECT_TRUE(document_waits(asking({}, period)).empty()) << period.count();
}

struct SkipRow {
    std::string name;
    std::uint32_t hours = 0;
    std::uint8_t days = 0;
    std::string at;
    std::string free;
};

void PrintTo(const SkipRow& row, std::ostream* out) {
    *out << row.name;
}

class Skips : public ::testing::TestWithParam<SkipRow> {};

TEST_P(Skips, AreLeftBehind) {
    const SkipRow& row = GetParam();
    FeedHints hints;
    hints.skip_hours = row.hours;
    hints.skip_days = row.days;
    EXPECT_EQ(format_utc(outside_skips(hints, *parse_utc(row.at))), row.free);
}

constexpr std::uint32_t kNight = 0b111111;  // 0:00 to 5:59
constexpr std::uint32_t kAllHours = 0xFFFFFF;
constexpr std::uint8_t kWeekend = 0b1000001;  // Saturday and Sunday
constexpr std::uint8_t kThursday = 0b0010000;

INSTANTIATE_TEST_SUITE_P(
    Table, Skips,
    ::testing::Values(
        SkipRow{"none", 0, 0, "2025-04-09T03:04:05Z", "2025-04-09T03:04:05Z"},
        SkipRow{"outside already", kNight, kWeekend, "2025-04-09T06:00:00Z",
                "2025-04-09T06:00:00Z"},
        SkipRow{"in the night", kNight, 0, "2025-04-09T03:04:05Z", "2025-04-09T06:00:00Z"},
        SkipRow{"the last second of it", kNight, 0, "2025-04-09T05:59:59Z", "2025-04-09T06:00:00Z"},
        SkipRow{"over midnight", 1U << 23U | 1U, 0, "2025-04-09T23:30:00Z", "2025-04-10T01:00:00Z"},
        SkipRow{"a day", 0, kThursday, "2025-04-10T13:00:00Z", "2025-04-11T00:00:00Z"},
        SkipRow{"the weekend, then the night", kNight, kWeekend, "2025-04-12T10:00:00Z",
                "2025-04-14T06:00:00Z"},
        SkipRow{"all hours but one", kAllHours & ~(1U << 4U), 0, "2025-04-09T05:00:00Z",
                "2025-04-10T04:00:00Z"},
        SkipRow{"all days but today, the hour being over", kAllHours & ~(1U << 4U), 0x7F & ~0b1000,
                "2025-04-09T05:00:00Z", "2025-04-16T04:00:00Z"},
        SkipRow{"all hours: absurd", kAllHours, 0, "2025-04-09T03:04:05Z", "2025-04-09T03:04:05Z"},
        SkipRow{"all days: absurd", 0, 0x7F, "2025-04-09T03:04:05Z", "2025-04-09T03:04:05Z"},
        SkipRow{"all days absurd, the night not", kNight, 0x7F, "2025-04-09T03:04:05Z",
                "2025-04-09T06:00:00Z"},
        SkipRow{"bits that mean nothing", 0xFF000000, 0x80, "2025-04-09T03:04:05Z",
                "2025-04-09T03:04:05Z"}));

}  // namespace
}  // namespace feedd
