#include "dedup/family.h"

#include <array>
#include <string>

#include <gtest/gtest.h>

namespace feedd {
namespace {

using Three = std::array<std::string, 3>;

struct Row {
    std::string name;
    Three texts;
    bool of_template;
};

void PrintTo(const Row& row, std::ostream* out) {
    *out << row.name;
}

std::string bulletin(const std::string& town, const std::string& sky, const std::string& wind) {
    return "Weather for " + town + ": the morning brings " + sky +
           " to all of the coast, later the "
           "air warms slowly, and winds of " +
           wind + " knots blow from the sea until the evening.";
}

// Each third word of one of three kinds is another one.
std::string edited(std::size_t kind) {
    const std::string text =
        "divers of the coast guard found a crack of four metres below the water line and nobody on "
        "board was hurt when the freighter ran aground at the northern pier on a windy night so "
        "the owner expects that tugs will pull her off before the storm comes back from sea";
    std::string out;
    std::size_t number = 0;
    for (std::size_t begin = 0; begin < text.size(); ++number) {
        const std::size_t end = std::min(text.find(' ', begin), text.size());
        out += number % 12 == 4 * kind ? "other" + std::to_string(kind)
                                       : text.substr(begin, end - begin);
        out += ' ';
        begin = end + 1;
    }
    return out;
}

const std::string kPlea =
    " Dear readers, this paper lives on its subscribers: if you like what we do, please consider a "
    "subscription for five euros a month, and tell your friends about us, too. Thank you.";
const std::string kTram =
    "The council of Brno has voted for a tram line to the airport by a majority of one.";
const std::string kBarn =
    "A barn burned down near Lhota, and eleven cows were led through the smoke by neighbours.";
const std::string kSeals =
    "Seals came back to the bay, where biologists counted two pups on the sandbank yesterday.";

class Families : public testing::TestWithParam<Row> {};
TEST_P(Families, KnowATemplateFromCopies) {
    Family family;
    for (const std::string& text : GetParam().texts)
        family.add(text);
    EXPECT_EQ(family.follow_template(0, 1, 2), GetParam().of_template);
    EXPECT_EQ(family.follow_template(2, 0, 1), GetParam().of_template);
}

INSTANTIATE_TEST_SUITE_P(
    Texts, Families,
    testing::Values(Row{"form",
                        {bulletin("Oslo", "fog", "12"), bulletin("Bergen", "drizzle", "30"),
                         bulletin("Bodo", "snow", "8")},
                        true},
                    Row{"copies", {edited(0), edited(1), edited(2)}, false},
                    Row{"plea", {kTram + kPlea, kBarn + kPlea, kSeals + kPlea}, true},
                    Row{"newLeadIn", {kTram + kPlea, kTram + kPlea, kSeals + kPlea}, false},
                    Row{"shorter", {kTram + kPlea, kTram, kPlea}, false},
                    Row{"theSame", {kTram, kTram, kTram}, false}),
    [](const auto& row) { return row.param.name; });

TEST(Family, TellsWhatTwoShareBeyondAThird) {
    Family family;
    family.add(bulletin("Oslo", "fog", "12"));
    family.add(bulletin("Oslo", "fog", "12"));
    family.add(bulletin("Bergen", "drizzle", "30"));
    const std::array<std::size_t, 1> other{2};
    const std::array<std::size_t, 1> copy{1};
    EXPECT_EQ(family.beyond(0, 1, other).shared, 1);
    EXPECT_EQ(family.beyond(0, 2, copy).shared, 0);
}

}  // namespace
}  // namespace feedd
