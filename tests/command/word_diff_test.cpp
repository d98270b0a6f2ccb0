#include "command/word_diff.h"

#include <string>

#include <gtest/gtest.h>

namespace feedd {
namespace {

struct Row {
    const char* name;
    std::string before;
    std::string after;
    std::string diff;
};

std::string numbers(int from, int to) {
    std::string out;
    for (int i = from; i <= to; ++i)
        out += (out.empty() ? "" : " ") + std::to_string(i);
    return out;
}

TEST(WordDiff, MarksWhatWasTakenOutAndWhatWasPutIn) {
    const Row rows[] = {
        {"nothing", "a b c", "a  b\nc", ""},
        {"a word replaced", "Three dead in storm", "Five dead in storm",
         "[-Three-]{+Five+} dead in storm"},
        {"a word put in", "a c", "a b c", "a {+b+} c"},
        {"a word taken out", "a b c", "a c", "a [-b-] c"},
        {"at the end", "a b", "a b c d", "a b {+c d+}"},
        {"all of it", "a b", "c d", "[-a b-]{+c d+}"},
        {"from nothing", "", "a b", "{+a b+}"},
        {"to nothing", "a b", "", "[-a b-]"},
        {"Chinese", "东京昨天下雨", "东京今天下雨", "东京[-昨-]{+今+}天下雨"},
        {"Japanese and Latin", "Linux 6.1 を公開", "Linux 6.2 を公開",
         "Linux [-6.1-]{+6.2+} を公開"},
        {"Korean", "서울 날씨 맑음", "서울 날씨 흐림", "서울 날씨 [-맑음-]{+흐림+}"},
        {"accents", "café olé", "cafe olé", "[-café-]{+cafe+} olé"},
        {"no commands to a terminal", "a", "\x1b[31mb", "[-a-]{+[31mb+}"},
        {"far from everything", numbers(1, 50) + " x " + numbers(51, 99),
         numbers(1, 50) + " y " + numbers(51, 99),
         "… " + numbers(43, 50) + " [-x-]{+y+} " + numbers(51, 58) + " …"},
    };
    for (const Row& row : rows)
        EXPECT_EQ(word_diff(row.before, row.after, DiffMarks::brackets), row.diff) << row.name;
}

TEST(WordDiff, ColoursThemOnATerminal) {
    EXPECT_EQ(word_diff("a b", "a c", DiffMarks::colours), "a \x1b[9;31mb\x1b[0m\x1b[32mc\x1b[0m");
}

TEST(WordDiff, IsDoneSoonForTextsThatHaveNothingInCommon) {
    const std::string before = numbers(1, 20'000);
    const std::string after = numbers(100'000, 120'000);
    const std::string diff = word_diff(before, after, DiffMarks::brackets);
    EXPECT_EQ(diff, "[-" + before + "-]{+" + after + "+}");
}

}  // namespace
}  // namespace feedd
