#include "command/brief_diff.h"

#include <gtest/gtest.h>

namespace feedd::test {
namespace {

TEST(BriefDiff, ShowsWhatDiffersWithWordsAroundIt) {
    struct Case {
        const char* name;
        const char* before;
        const char* after;
        const char* diff;
    };
    const Case cases[] = {
        {"equal", "same", "same", ""},
        {"from nothing", "", "new", "{+new+}"},
        {"to nothing", "old", "", "[-old-]"},
        {"a word", "one two three", "one 2 three", "one [-two-] {+2+} three"},
        {"within a word", "a prefix here", "a prefecture here", "a [-prefix-] {+prefecture+} here"},
        {"at the end", "one two", "one two three", "one {+two three+}"},
        {"at the beginning", "two three", "one two three", "{+one+} two three"},
        {"repeated", "a a a", "a a", "a [-a-] a"},
        {"lines", "one\ntwo", "one\nthree", "one [-two-] {+three+}"},
        {"without spaces", "東京都の天気", "東京都の地震", "[-東京都の天気-] {+東京都の地震+}"},
    };
    for (const Case& each : cases) {
        SCOPED_TRACE(each.name);
        EXPECT_EQ(brief_diff(each.before, each.after, 100), each.diff);
    }
}

TEST(BriefDiff, IsBriefWhateverTheTexts) {
    const std::string same(10'000, 'x');
    const std::string diff =
        brief_diff(same + " a " + same, same + " " + std::string(5'000, 'y') + same, 100);
    EXPECT_LT(diff.size(), 250U);
    EXPECT_NE(diff.find("…"), std::string::npos);
}

}  // namespace
}  // namespace feedd::test
