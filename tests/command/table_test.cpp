#include "command/table.h"

#include <gtest/gtest.h>

#include "command/progress.h"

namespace feedd {
namespace {

TEST(Table, MeasuresWhatATerminalShows) {
    struct Case {
        const char* name;
        const char* text;
        std::size_t width;
    };
    const Case cases[] = {
        {"Latin", "abc", 3},
        {"Han", "日本", 4},
        {"kana of half a width", "ｱｲ", 2},
        {"full width Latin", "Ａ１", 4},
        {"Hangul", "한국", 4},
        {"Hangul in its parts", "\u1112\u1161\u11ab", 2},
        {"a combining acute", "e\u0301", 1},
        {"Thai with vowels and tones above", "ที่นี่", 2},
        {"Devanagari", "नि", 2},
        {"Arabic with marks", "مُ", 1},
        {"an emoji", "😀", 2},
        {"a sign in the style of an emoji", "❤\ufe0f", 2},
        {"the same sign as text", "❤", 1},
        {"a skin tone", "👍🏽", 2},
        {"a family, joined", "👨\u200d👩\u200d👧", 2},
        {"a flag", "🇯🇵", 2},
        {"two flags", "🇯🇵🇫🇷", 4},
        {"a keycap", "1\ufe0f\u20e3", 2},
        {"a zero-width space", "a\u200bb", 2},
        {"Greek is ambiguous: narrow", "αβ", 2},
        {"beyond the first plane", "𠮷", 2},
        {"no UTF-8", "\xff", 1},
    };
    for (const Case& each : cases)
        EXPECT_EQ(display_width(each.text), each.width) << each.name;
}

TEST(Table, NeverCutsInsideOfWhatIsShownAsOne) {
    EXPECT_EQ(fitted("e\u0301e\u0301e\u0301", 2), "e\u0301…");
    EXPECT_EQ(fitted("👨\u200d👩\u200d👧🇯🇵x", 4), "👨\u200d👩\u200d👧…");
    EXPECT_EQ(fitted("ที่นี่ที่", 2), "ที่…");
    EXPECT_EQ(fitted("日本", 3), "日…");
    EXPECT_EQ(fitted("日本", 1), "…");
}

TEST(Table, LetsNoTitleTurnItsLine) {
    EXPECT_EQ(fitted("a\u202eb\u2066c", 20), "a b c");
    EXPECT_EQ(fitted("a\u2028b\u0085c\x7f", 20), "a b c ");
}

TEST(Table, CutsWithAnEllipsisAndNeverAnEscapeSequence) {
    EXPECT_EQ(fitted("short", 5), "short");
    EXPECT_EQ(fitted("longer", 5), "long…");
    EXPECT_EQ(fitted("日本語です", 5), "日本…");
    EXPECT_EQ(fitted("\x1b[31mred", 20), " [31mred");
    EXPECT_EQ(fitted("a\nb", 20), "a b");
}

TEST(Table, GivesWayInTheFlexibleColumn) {
    const std::vector<Column> columns{{"N", true}, {"TITLE", false, true}};
    const std::vector<std::vector<std::string>> rows{{"1", "a rather long title"}, {"20", "short"}};
    EXPECT_EQ(table(columns, rows, 0), " N  TITLE\n 1  a rather long title\n20  short\n");
    EXPECT_EQ(table(columns, rows, 16), " N  TITLE\n 1  a rather lo…\n20  short\n");
}

TEST(Table, WritesCsvAsRfc4180) {
    EXPECT_EQ(csv_line({"a", "b,c", "say \"x\"", "two\nlines", ""}),
              "a,\"b,c\",\"say \"\"x\"\"\",\"two\nlines\",");
}

TEST(ProgressLine, ShowsHowFarItIs) {
    EXPECT_EQ(progress_line(4, {.polls = 1, .failed = 1, .added = 7}),
              "[######..................] 1/4 feeds  7 new  1 failed");
    EXPECT_EQ(progress_line(0, {}), "[########################] 0/0 feeds  0 new  0 failed");
}

}  // namespace
}  // namespace feedd
