#include "dedup/alike.h"

#include <string>

#include <gtest/gtest.h>

namespace feedd {
namespace {

struct Row {
    std::string a;
    std::string b;
};

constexpr double kHalf = 0.5;  // what judge asks for

TEST(Likeness, IsHighForTheSameHeadlineInOtherClothes) {
    for (const Row& row :
         {Row{"Storm hits the coast", "Storm hits the coast"},
          Row{"Storm hits the coast", "STORM HITS THE COAST!"},
          Row{"Storm hits the coast", "Storm hits the coast - The Daily News"},
          Row{"Storm hits the coast, three dead", "Three dead as storm hits coast"},
          Row{"Réunion à l'Élysée", "RÉUNION À L’ÉLYSÉE"},
          Row{"台風が沿岸を直撃", "【速報】台風が沿岸を直撃"},
          Row{"Ураган на побережье", "ураган на побережье — фото"}, Row{"", ""}, Row{"!", ""}}) {
        EXPECT_GE(likeness(row.a, row.b), kHalf) << row.a << " / " << row.b;
        EXPECT_EQ(likeness(row.a, row.b), likeness(row.b, row.a));
    }
}

TEST(Likeness, IsLowForOtherHeadlines) {
    for (const Row& row :
         {Row{"Storm hits the coast", "Parliament votes on the budget"},
          Row{"Storm hits the coast", ""}, Row{"A", "B"},
          Row{"Menu: lentil soup, apple pie", "Menu: grilled fish with rice"},
          Row{"台風が沿岸を直撃", "国会で予算案を採決"},
          Row{"How we rebuilt our search index", "What we learned from last week's outage"},
          Row{"Ураган на побережье", "Парламент принял бюджет"}}) {
        EXPECT_LT(likeness(row.a, row.b), kHalf) << row.a << " / " << row.b;
    }
}

TEST(Likeness, IsOneOnlyForTheSamePairs) {
    EXPECT_EQ(likeness("Open thread", "open-thread"), 1);
    EXPECT_EQ(likeness("x", "X"), 1);
    EXPECT_LT(likeness("Open thread 45", "Open thread 46"), 1);
}

TEST(Likeness, LooksAtTheBeginningOfEndlessTitles) {
    const std::string endless(5'000'000, 'x');
    EXPECT_GE(likeness(endless, endless + "y"), kHalf);
}

TEST(SameDigits, TellNumbersOfASeriesApart) {
    EXPECT_TRUE(same_digits("Open thread 45", "OPEN THREAD #45"));
    EXPECT_TRUE(same_digits("no digits", ""));
    EXPECT_FALSE(same_digits("Open thread 45", "Open thread 46"));
    EXPECT_FALSE(same_digits("Open thread 45", "Open thread"));
}

}  // namespace
}  // namespace feedd
