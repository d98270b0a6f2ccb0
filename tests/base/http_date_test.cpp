#include <optional>
#include <string>

#include <gtest/gtest.h>

#include "base/time.h"

namespace feedd {
namespace {

struct Row {
    std::string text;
    std::string utc;  // "" refused
};

class HttpDate : public ::testing::TestWithParam<Row> {};

TEST_P(HttpDate, IsReadAsTheRfcSays) {
    const std::optional<Time> time = parse_http_date(GetParam().text);
    EXPECT_EQ(time ? format_utc(*time) : "", GetParam().utc) << GetParam().text;
}

INSTANTIATE_TEST_SUITE_P(
    Table, HttpDate,
    ::testing::Values(Row{"Sun, 06 Nov 1994 08:49:37 GMT", "1994-11-06T08:49:37Z"},
                      Row{"Sunday, 06-Nov-94 08:49:37 GMT", "1994-11-06T08:49:37Z"},
                      Row{"Sun Nov  6 08:49:37 1994", "1994-11-06T08:49:37Z"},
                      Row{"Thu, 01 Jan 1970 00:00:00 GMT", "1970-01-01T00:00:00Z"},
                      Row{"Sun, 06 Nov 2050 08:49:37 +0200", "2050-11-06T06:49:37Z"},
                      Row{"06 Nov 1994 08:49:37 GMT", "1994-11-06T08:49:37Z"}));

INSTANTIATE_TEST_SUITE_P(
    Refused, HttpDate,
    ::testing::Values(Row{"", ""}, Row{"0", ""}, Row{"-1", ""}, Row{"soon", ""}, Row{"3600", ""},
                      Row{"20301112", ""}, Row{"Sun, 06 Nov 1994", ""},
                      Row{"Sun, 06 Nov 1994 25:49:37 GMT", ""},
                      Row{std::string("Sun, 06 Nov 1994 08:49:37\0 GMT", 30), ""},
                      Row{"Sun, 06 Nov 1994 08:49:37 GMT" + std::string(99, ' '), ""}));

}  // namespace
}  // namespace feedd
