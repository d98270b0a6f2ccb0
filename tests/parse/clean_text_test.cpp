#include "parse/clean_text.h"

#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace feedd {
namespace {

struct Case {
    std::string_view name;
    std::string_view odd;
    std::string_view becomes;
    bool repaired;
};
constexpr Case kOdd[] = {
    {"a carriage return", "\r", "\n", false},
    {"a line end of Windows", "\r\n", "\n", false},
    {"a control", "\x01", "", true},
    {"NUL", std::string_view("\0", 1), "", true},
    {"the first C1 control", "\xC2\x80", "\u20AC", false},
    {"the last C1 control", "\xC2\x9F", "\u0178", false},
    {"a noncharacter", "\xEF\xBF\xBE", "", true},
};
constexpr std::string_view kClean[] = {
    "\t", "\n", "\x7F", "\u00A0", "\u00BF", "\u00E9", "\uFFFD", "\uFEFF", "\u4E2D", "\U0001F600",
};
constexpr std::string_view kBroken[] = {
    "\x80", "\xC2", "\xC3(", "\xC0\xAF", "\xED\xA0\x80", "\xE2\x82", "\xF4\x90\x80\x80", "\xFF",
};

// The first blocks that are looked at in one go, and their borders.
constexpr std::size_t kPlaces = 70;

std::string placed(std::size_t at, std::string_view what) {
    return std::string(at, 'a') + std::string(what) + std::string(kPlaces - at, 'b');
}

TEST(CleanText, FindsAndReplacesWhatIsOddWhereverItStands) {
    for (const Case& row : kOdd) {
        for (std::size_t at = 0; at < kPlaces; ++at) {
            const std::string text = placed(at, row.odd);
            const TextSurvey survey = survey_text(text);
            ASSERT_TRUE(survey.is_utf8) << row.name << " at " << at;
            ASSERT_EQ(survey.clean_until, at) << row.name;
            const CleanedText result = cleaned(text, survey.clean_until);
            ASSERT_EQ(result.text, placed(at, row.becomes)) << row.name << " at " << at;
            ASSERT_EQ(result.repaired, row.repaired) << row.name;
            ASSERT_EQ(cleaned(text).text, result.text) << row.name << ": looked at from the start";
        }
    }
}

TEST(CleanText, LeavesWhatIsCleanAlone) {
    for (const std::string_view good : kClean) {
        for (std::size_t at = 0; at < kPlaces; ++at) {
            const std::string text = placed(at, good);
            const TextSurvey survey = survey_text(text);
            ASSERT_TRUE(survey.is_utf8) << good << " at " << at;
            ASSERT_EQ(survey.clean_until, text.size()) << good << " at " << at;
            ASSERT_FALSE(cleaned(text).text) << good << " at " << at;
        }
    }
}

TEST(CleanText, SeesWhereItIsNotUtf8) {
    for (const std::string_view broken : kBroken) {
        for (std::size_t at = 0; at < kPlaces; ++at) {
            ASSERT_FALSE(survey_text(placed(at, broken)).is_utf8) << "at " << at;
            ASSERT_FALSE(survey_text(std::string(at, 'a').append(broken)).is_utf8) << "at the end";
        }
    }
}

TEST(CleanText, ReplacesEachOfMany) {
    const CleanedText result = cleaned("\r\na\r\r\nb\x02\x03\xC2\x92\xEF\xBF\xBF.\r");
    EXPECT_EQ(result.text, "\na\n\nb\u2019.\n");
    EXPECT_TRUE(result.repaired);
    EXPECT_EQ(cleaned("").text, std::nullopt);
}

}  // namespace
}  // namespace feedd
