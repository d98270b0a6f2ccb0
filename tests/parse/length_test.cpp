#include <optional>
#include <string_view>

#include <gtest/gtest.h>

#include "parse/date.h"

namespace feedd {
namespace {

struct Length {
    std::string_view text;
    double seconds;
};

TEST(Length, IsReadInEveryForm) {
    constexpr Length kLengths[] = {
        {"3723", 3723},        {"62:03", 3723},   {"1:02:03", 3723},    {"01:02:03", 3723},
        {"3:00", 180},         {"0", 0},          {" 90 ", 90},         {"90.5", 90.5},
        {"1:02:03.5", 3723.5}, {"0:75:00", 4500}, {"125:00", 7500},     {"00:00:07", 7},
        {"PT1H2M3S", 3723},    {"PT90M", 5400},   {"PT1.5S", 1.5},      {"P1DT1H", 90000},
        {"P1D", 86400},        {"P1W", 604800},   {"pt5m", 300},        {"1h 2m 3s", 3723},
        {"1h2m", 3720},        {"90 min", 5400},  {"45 minutes", 2700}, {"1 hr. 5 mins", 3900},
        {"2 Hours", 7200},     {"30 sec", 30},
    };
    for (const Length& row : kLengths)
        EXPECT_EQ(parse_length(row.text), row.seconds) << row.text;
}

TEST(Length, RefusesTheRest) {
    for (const std::string_view text :
         {"",    " ",    "-5",  "+5",   "1:-2",  "abc", "1:2:3:4",        ":45",
          "45:", "1::2", "P",   "PT",   "P1M",   "P1Y", "PT1D2",          "5 parsecs",
          "1e5", "nan",  "inf", "0x10", "1.2.3", ".",   "99999999999999", "1h2",
          "h",   "12:ab"}) {
        EXPECT_EQ(parse_length(text), std::nullopt) << text;
    }
}

}  // namespace
}  // namespace feedd
