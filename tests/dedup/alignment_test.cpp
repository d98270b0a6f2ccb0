#include "dedup/alignment.h"

#include <string>

#include <gtest/gtest.h>

namespace feedd {
namespace {

const std::string kFirst =
    "The harbour of Ostrava was closed on Tuesday after a freighter ran aground at the pier. ";
const std::string kSecond =
    "Divers of the coast guard found a crack of four metres below the water line. ";
const std::string kThird =
    "The owner expects the ship to be towed away by Friday if the wind calms down. ";
const std::string kOwn =
    "Elsewhere seals came back to sandbanks where nobody had seen any for forty long years. ";
const std::string kReplaced =
    "The basin of Ostrava was shut on Tuesday when a freighter got stuck at the pier. Experts of "
    "the coast guard saw a crack of four feet below the rusty line. The line expects the ship to "
    "be pulled away by Friday if the storm calms soon.";

struct Row {
    std::string name;
    std::string text;
    std::string other;
    double lead;
    double foreign;
    double kept;
};

class Alignments : public testing::TestWithParam<Row> {};
TEST_P(Alignments, TellWhatBecameOfAText) {
    const Row& row = GetParam();
    const TextReading text(row.text);
    const TextReading other(row.other);
    const Alignment found = alignment(text, covered(text, other), other);
    EXPECT_NEAR(found.lead, row.lead, 0.08);
    EXPECT_NEAR(found.foreign, row.foreign, 0.08);
    EXPECT_NEAR(found.kept, row.kept, 0.08);
}

INSTANTIATE_TEST_SUITE_P(Texts, Alignments,
                         testing::Values(Row{"itself", kFirst + kSecond, kFirst + kSecond, 0, 0, 1},
                                         Row{"newLeadIn", kOwn + kSecond + kThird,
                                             kFirst + kSecond + kThird, 0.31, 0, 1},
                                         Row{"sentenceOfItsOwn", kFirst + kOwn + kThird,
                                             kFirst + kSecond + kThird, 0, 0.31, 0.7},
                                         Row{"nothingInCommon", kOwn, kFirst, 1, 0, 0},
                                         Row{"wordsReplaced", kReplaced, kFirst + kSecond + kThird,
                                             0, 0, 0.7},
                                         Row{"cutOff", kFirst, kFirst + kSecond + kThird, 0, 0, 1},
                                         Row{"empty", "", kFirst, 0, 0, 0}),
                         [](const auto& row) { return row.param.name; });

TEST(Alignment, TellsWhetherWhatIsSharedKeepsItsOrder) {
    const TextReading other(kFirst + kSecond + kThird);
    const auto ordered = [&](const std::string& text) {
        const TextReading reading(text);
        return alignment(reading, covered(reading, other), other).ordered;
    };
    EXPECT_EQ(ordered(kFirst + kOwn + kThird), 1);
    EXPECT_LT(ordered(kThird + kSecond + kFirst), 0.5);
}

}  // namespace
}  // namespace feedd
