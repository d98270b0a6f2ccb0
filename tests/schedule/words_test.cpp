#include "schedule/words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "schedule/rhythm.h"

namespace feedd {
namespace {

using std::chrono::days;
using std::chrono::hours;
using testing::Contains;
using testing::HasSubstr;

// A rhythm learned from a document whose items came out so long before `now`.
Rhythm rhythm_of(const std::vector<Seconds>& ages, Time now) {
    std::vector<Time> dates;
    for (const Seconds age : ages)
        dates.push_back(now - age);
    return learned(std::nullopt, {.published = dates, .window = static_cast<int>(dates.size())},
                   now);
}

TEST(InWords, TellsRateHoursAndDays) {
    const Time monday_noon = *parse_utc("2025-04-07T12:00:00Z");
    std::vector<Seconds> weekday_mornings;
    for (int day = 0; day < 28; ++day) {
        const auto weekday =
            std::chrono::weekday{std::chrono::floor<days>(monday_noon - days{day})}.c_encoding();
        if (weekday == 0 || weekday == 6) continue;
        weekday_mornings.push_back(days{day} + hours{3} + Seconds{day * 77});
    }
    const auto lines = in_words(rhythm_of(weekday_mornings, monday_noon));
    EXPECT_THAT(lines, Contains(HasSubstr(" items a week")));
    EXPECT_THAT(lines, Contains("most at 7:00–10:00 (UTC)"));
    EXPECT_THAT(lines, Contains("hardly any on Sunday and Saturday"));
    EXPECT_THAT(lines, Contains("its document holds 20 items"));
}

TEST(InWords, TellsLittleOfWhatIsLittleKnown) {
    const Time now = *parse_utc("2025-04-07T12:00:00Z");
    const auto lines = in_words(rhythm_of({days{400}}, now));
    EXPECT_THAT(lines, Contains(HasSubstr(" items a year")));
    EXPECT_THAT(lines, testing::Each(testing::Not(HasSubstr("most"))));
    EXPECT_FALSE(in_words(Rhythm{}).empty());
}

}  // namespace
}  // namespace feedd
