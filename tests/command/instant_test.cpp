#include "command/instant.h"

#include <gtest/gtest.h>

namespace feedd {
namespace {

TEST(InstantOf, ReadsMomentsAsPeopleWriteThem) {
    const Time now = *parse_utc("2025-04-08T12:30:00Z");  // a Tuesday
    struct Case {
        const char* written;
        const char* expected;
    };
    const Case cases[] = {
        {"24h", "2025-04-07T12:30:00Z"},
        {"1h30m", "2025-04-08T11:00:00Z"},
        {"3 days", "2025-04-05T12:30:00Z"},
        {"3 days ago", "2025-04-05T12:30:00Z"},
        {"1 hour ago", "2025-04-08T11:30:00Z"},
        {"90 min", "2025-04-08T11:00:00Z"},
        {"2 weeks ago", "2025-03-25T12:30:00Z"},
        {"1 month", "2025-03-09T12:30:00Z"},
        {"2 years", "2023-04-09T12:30:00Z"},
        {"2d ago", "2025-04-06T12:30:00Z"},
        {"now", "2025-04-08T12:30:00Z"},
        {"today", "2025-04-08T00:00:00Z"},
        {"Yesterday", "2025-04-07T00:00:00Z"},
        {"monday", "2025-04-07T00:00:00Z"},
        {"tue", "2025-04-08T00:00:00Z"},
        {"wednesday", "2025-04-02T00:00:00Z"},
        {"2025", "2025-01-01T00:00:00Z"},
        {"2025-03", "2025-03-01T00:00:00Z"},
        {"2025-04-01", "2025-04-01T00:00:00Z"},
        {"2025-04-01 10:20", "2025-04-01T10:20:00Z"},
        {"2025-04-01T10:20:30", "2025-04-01T10:20:30Z"},
        {"2025-04-01T01:02:03Z", "2025-04-01T01:02:03Z"},
        {"2025-04-01t01:02:03z", "2025-04-01T01:02:03Z"},
    };
    for (const Case& each : cases) {
        const auto instant = instant_of(each.written, now);
        ASSERT_TRUE(instant) << each.written;
        EXPECT_EQ(format_utc(*instant), each.expected) << each.written;
    }
    for (const char* bad : {"", "yesteryear", "2025-13-01", "2025-02-30", "24", "-1h", "ago",
                            "3 moons", "99999999999999999999 days"}) {
        EXPECT_FALSE(instant_of(bad, now)) << bad;
    }
}

}  // namespace
}  // namespace feedd
