#include "dedup/handover.h"

#include <ostream>
#include <string>

#include <gtest/gtest.h>

namespace feedd {
namespace {

constexpr std::size_t kNone = SIZE_MAX;

// An item that says `title` and `words`; 0: nothing.
Keyed says(std::string_view key, std::uint64_t title, std::uint64_t words,
           std::optional<Time> date = {}, std::string address = {}) {
    Keyed item{.key = key, .signs = {}};
    if (title != 0) item.signs.title = title;
    if (words != 0) item.signs.words = words;
    item.signs.date = date;
    item.signs.address = std::move(address);
    return item;
}

const std::optional<Time> kMonday = parse_utc("2025-04-07T10:00:00Z");
const std::optional<Time> kTuesday = parse_utc("2025-04-08T10:00:00Z");

struct Row {
    std::string name;
    std::vector<Keyed> before;
    std::vector<Keyed> now;
    std::vector<std::size_t> found;  // of now: places in before
};
void PrintTo(const Row& row, std::ostream* out) {
    *out << row.name;
}

class Handover : public ::testing::TestWithParam<Row> {};

TEST_P(Handover, IsOfWhatStandsUnderAnotherKey) {
    const auto found = handovers(GetParam().now, GetParam().before);
    ASSERT_EQ(found.size(), GetParam().found.size());
    for (std::size_t i = 0; i < found.size(); ++i)
        EXPECT_EQ(found[i].value_or(kNone), GetParam().found[i]) << i;
}

INSTANTIATE_TEST_SUITE_P(
    Documents, Handover,
    ::testing::Values(Row{"the newest is always the first",
                          {says("1", 1, 1), says("2", 2, 2), says("3", 3, 3)},
                          {says("1", 4, 4), says("2", 1, 1), says("3", 2, 2)},
                          {kNone, 0, 1}},
                      Row{"the newest is always the last",
                          {says("1", 1, 1), says("2", 2, 2), says("3", 3, 3)},
                          {says("1", 2, 2), says("2", 3, 3), says("3", 4, 4)},
                          {1, 2, kNone}},
                      Row{"the window grows",
                          {says("1", 1, 1), says("2", 2, 2)},
                          {says("1", 4, 4), says("2", 1, 1), says("3", 2, 2)},
                          {kNone, 0, 1}},
                      Row{"titles alone",
                          {says("1", 1, 0), says("2", 2, 0)},
                          {says("1", 4, 0), says("2", 1, 0)},
                          {kNone, 0}},
                      Row{"the dates go with the items",
                          {says("1", 1, 1, kMonday), says("2", 2, 2, kMonday)},
                          {says("1", 4, 4, kTuesday), says("2", 1, 1, kMonday)},
                          {kNone, 0}},
                      Row{"three whose dates are made anew",
                          {says("1", 1, 1, kMonday), says("2", 2, 2, kMonday),
                           says("3", 3, 3, kMonday), says("4", 5, 5, kMonday)},
                          {says("1", 4, 4, kTuesday), says("2", 1, 1, kTuesday),
                           says("3", 2, 2, kTuesday), says("4", 3, 3, kTuesday)},
                          {kNone, 0, 1, 2}},
                      Row{"nothing changed",
                          {says("1", 1, 1), says("2", 2, 2)},
                          {says("1", 1, 1), says("2", 2, 2)},
                          {kNone, kNone}},
                      Row{"edited",
                          {says("1", 1, 1), says("2", 2, 2)},
                          {says("1", 1, 9), says("2", 2, 8)},
                          {kNone, kNone}},
                      Row{"one title for all",
                          {says("1", 1, 1), says("2", 1, 2)},
                          {says("1", 1, 3), says("2", 1, 4)},
                          {kNone, kNone}},
                      Row{"the same words in two items now",
                          {says("1", 1, 1), says("2", 2, 2)},
                          {says("1", 1, 1), says("2", 1, 1)},
                          {kNone, kNone}},
                      Row{"the same words in two items before",
                          {says("1", 1, 1), says("2", 1, 1)},
                          {says("1", 2, 2), says("2", 1, 1)},
                          {kNone, kNone}},
                      Row{"the other key is gone: issued anew",
                          {says("1", 1, 1), says("2", 2, 2)},
                          {says("2", 1, 1), says("3", 4, 4)},
                          {kNone, kNone}},
                      Row{"another date",
                          {says("1", 1, 1, kMonday), says("2", 2, 2, kMonday)},
                          {says("1", 4, 4, kMonday), says("2", 1, 1, kTuesday)},
                          {kNone, kNone}},
                      Row{"another address",
                          {says("1", 1, 1, {}, "a"), says("2", 2, 2, {}, "b")},
                          {says("1", 4, 4, {}, "a"), says("2", 1, 1, {}, "b")},
                          {kNone, kNone}},
                      Row{"no words at all",
                          {says("1", 0, 0), says("2", 2, 2)},
                          {says("1", 2, 3), says("2", 0, 0)},
                          {kNone, kNone}}));

TEST(Counters, AreToldByWhatTheyHandOver) {
    EXPECT_FALSE(are_counters(10, 0));
    EXPECT_FALSE(are_counters(10, 1)) << "posted again, and reworded at its first place";
    EXPECT_TRUE(are_counters(10, 2));
    EXPECT_TRUE(are_counters(2, 1)) << "all but the newest";
    EXPECT_TRUE(are_counters(1, 1));
}

}  // namespace
}  // namespace feedd
