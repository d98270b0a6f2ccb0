#include "base/time.h"

#include <chrono>
#include <string_view>

#include <gtest/gtest.h>

namespace feedd {
namespace {

using std::chrono::sys_days;
using std::chrono::year;

TEST(UtcText, IsWrittenAndReadBack) {
    const struct {
        Time time;
        std::string_view text;
    } rows[] = {
        {Time{}, "1970-01-01T00:00:00Z"},
        {Time{Seconds{-1}}, "1969-12-31T23:59:59Z"},
        {Time{Seconds{1744074123}}, "2025-04-08T01:02:03Z"},
        {sys_days{year{2024} / 2 / 29}, "2024-02-29T00:00:00Z"},
        {sys_days{year{0} / 1 / 1}, "0000-01-01T00:00:00Z"},
        {sys_days{year{10000} / 1 / 1} - Seconds{1}, "9999-12-31T23:59:59Z"},
    };
    for (const auto& row : rows) {
        EXPECT_EQ(format_utc(row.time), row.text);
        EXPECT_EQ(parse_utc(row.text), row.time) << row.text;
    }
}

TEST(UtcText, HasNoFormOutsideOfFourDigitYears) {
    EXPECT_EQ(format_utc(sys_days{year{10000} / 1 / 1}), "");
    EXPECT_EQ(format_utc(sys_days{year{0} / 1 / 1} - Seconds{1}), "");
}

TEST(UtcText, RefusesEveryOtherForm) {
    for (const std::string_view text :
         {"", "2025-04-08", "2025-04-08T01:02:03", "2025-04-08t01:02:03z", "2025-04-08 01:02:03Z",
          "2025-04-08T01:02:03+00:00", "2025-04-08T01:02:03.5Z", "2025-02-29T00:00:00Z",
          "2025-13-01T00:00:00Z", "2025-00-01T00:00:00Z", "2025-01-00T00:00:00Z",
          "2025-01-01T24:00:00Z", "2025-01-01T00:60:00Z", "2025-01-01T00:00:60Z",
          "-025-01-01T00:00:00Z", "2025-01-01T00:00:0 Z", "+025-01-01T00:00:00Z"}) {
        EXPECT_EQ(parse_utc(text), std::nullopt) << text;
    }
}

TEST(Duration, IsReadWithItsUnits) {
    const struct {
        std::string_view text;
        int seconds;
    } rows[] = {
        {"0s", 0},     {"30s", 30},          {"10m", 600},    {"2h", 7200},
        {"1d", 86400}, {"1w", 604800},       {"1h30m", 5400}, {"1h30m15s", 5415},
        {"90m", 5400}, {"3650d", 315360000}, {"007s", 7},
    };
    for (const auto& row : rows) {
        const auto duration = parse_duration(row.text);
        ASSERT_TRUE(duration.has_value()) << row.text;
        EXPECT_EQ(*duration, Seconds{row.seconds}) << row.text;
    }
}

TEST(Duration, RefusesTheRestAndSaysHowToWriteIt) {
    for (const std::string_view text :
         {"", "30", "s", "1x", "-1s", "+1s", "1 h", " 1h", "1h ", "1.5h", "1h30", "h1", "11y",
          "99999999999999999999s", "9999999999999w", "4000d", "3000d3000d", "1H"}) {
        const auto duration = parse_duration(text);
        ASSERT_FALSE(duration.has_value()) << text;
        EXPECT_EQ(duration.error().kind, ErrorKind::config);
        EXPECT_FALSE(duration.error().hint.empty());
    }
}

TEST(Duration, IsWrittenInItsShortestFormAndReadBack) {
    const struct {
        int seconds;
        std::string_view text;
    } rows[] = {
        {0, "0s"},
        {59, "59s"},
        {60, "1m"},
        {5400, "1h30m"},
        {86400, "1d"},
        {604800, "1w"},
        {694861, "1w1d1h1m1s"},
    };
    for (const auto& row : rows) {
        EXPECT_EQ(format_duration(Seconds{row.seconds}), row.text);
        EXPECT_EQ(parse_duration(row.text).value_or(Seconds{-1}), Seconds{row.seconds});
    }
    EXPECT_EQ(format_duration(Seconds{-90}), "-1m30s");
}

TEST(Now, IsNotBeforeTheClock) {
    const auto before = std::chrono::system_clock::now();
    const Time now = now_utc();
    EXPECT_GE(now, before);
    EXPECT_LE(now, std::chrono::system_clock::now() + std::chrono::seconds{1});
}

}  // namespace
}  // namespace feedd
