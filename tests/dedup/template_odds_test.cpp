#include "dedup/template_odds.h"

#include <string>

#include <gtest/gtest.h>

namespace feedd {
namespace {

const std::string kShares =
    "Shares of Acme closed at 41.20 dollars on Monday, up 1.3 per cent on the day, while some 3.1 "
    "million shares changed hands. Acme has a market value of 12 billion dollars and has gained 8 "
    "per cent since January, says Meyer.";

double odds(const std::string& a, const std::string& b) {
    const TextReading text(a);
    return template_odds(text, Mask(text.size(), 1), TextReading(b), Frequencies{});
}

TEST(TemplateOdds, AreForATemplateWhereNamesAndNumbersDiffer) {
    EXPECT_GT(odds(kShares,
                   "Shares of Globex closed at 7.85 dollars on Monday, up 0.4 per cent on the day, "
                   "while some 9.7 million shares changed hands. Globex has a market value of 2 "
                   "billion dollars and has gained 31 per cent since January, says Novak."),
              3);
}

TEST(TemplateOdds, AreForACopyWhereAnyWordsDiffer) {
    EXPECT_LT(odds(kShares,
                   "Stock of Acme ended at 41.20 dollars on Monday, up 1.3 per cent this day, as "
                   "some 3.1 million papers changed owners. The firm has a market value of 12 "
                   "billion dollars but has gained 8 per cent after January, wrote Meyer."),
              -3);
}

TEST(TemplateOdds, SayNothingWhereNothingDiffers) {
    EXPECT_LT(odds(kShares, kShares), 0);
}

TEST(TemplateOdds, TakeNewerNumbersForAnUpdateWhereAllNamesStay) {
    const std::string quake =
        "An earthquake shook Kutaisi and Batumi on Sunday, and at least 12 people are dead. Mayor "
        "Beridze of Kutaisi asked Tbilisi for tents, Doctor Lomidze of the Batumi clinic for "
        "blood, "
        "and President Kavtaradze flew to Imereti, where 340 are hurt.";
    const std::string later =
        "An earthquake shook Kutaisi and Batumi on Sunday, and at least 31 people are dead. Mayor "
        "Beridze of Kutaisi asked Tbilisi for tents, Doctor Lomidze of the Batumi clinic for "
        "blood, "
        "and President Kavtaradze flew to Imereti, where 512 are hurt.";
    EXPECT_LT(odds(quake, later), 0);
}

}  // namespace
}  // namespace feedd
