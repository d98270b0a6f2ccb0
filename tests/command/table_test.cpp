#include "command/table.h"

#include <clocale>

#include <gtest/gtest.h>

#include "command/progress.h"

namespace feedd {
namespace {

class Table : public ::testing::Test {
  protected:
    Table() { std::setlocale(LC_ALL, "C.UTF-8"); }
};

TEST_F(Table, MeasuresWideCharactersRight) {
    EXPECT_EQ(display_width("abc"), 3U);
    EXPECT_EQ(display_width("日本"), 4U);
    EXPECT_EQ(display_width("e\xCC\x81"), 1U);  // e and a combining acute
}

TEST_F(Table, CutsWithAnEllipsisAndNeverAnEscapeSequence) {
    EXPECT_EQ(fitted("short", 5), "short");
    EXPECT_EQ(fitted("longer", 5), "long…");
    EXPECT_EQ(fitted("日本語です", 5), "日本…");
    EXPECT_EQ(fitted("\x1b[31mred", 20), " [31mred");
    EXPECT_EQ(fitted("a\nb", 20), "a b");
}

TEST_F(Table, GivesWayInTheFlexibleColumn) {
    const std::vector<Column> columns{{"N", true}, {"TITLE", false, true}};
    const std::vector<std::vector<std::string>> rows{{"1", "a rather long title"}, {"20", "short"}};
    EXPECT_EQ(table(columns, rows, 0), " N  TITLE\n 1  a rather long title\n20  short\n");
    EXPECT_EQ(table(columns, rows, 16), " N  TITLE\n 1  a rather lo…\n20  short\n");
}

TEST_F(Table, WritesCsvAsRfc4180) {
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
