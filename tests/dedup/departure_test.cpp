#include "dedup/departure.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <ostream>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace feedd {
namespace {

using std::chrono::hours;
using Names = std::string;  // an item is a letter; documents are words

constexpr Time kBegin = std::chrono::sys_days{std::chrono::year{2025} / 4 / 8};

// The later in the alphabet the newer; small letters have no date; digits are from years ago.
std::optional<Time> date_of(char item) {
    if (item >= 'a' && item <= 'z') return std::nullopt;
    if (item >= '0' && item <= '9') return kBegin - hours{24 * 365 * ('9' - item + 1)};
    return kBegin + hours{item - 'A'};
}

// What `before` lists and `after` does not, each with a mark: '-' scrolled, '!' withdrawn, '?'
// undecided. Undated items came in the order of the alphabet, one a poll.
std::string told(const Names& before, const Names& after) {
    std::vector<Before> window;
    for (std::size_t i = 0; i < before.size(); ++i) {
        const auto now = after.find(before[i]);
        window.push_back({.date = date_of(before[i]),
                          .first_seen_at = kBegin + hours{before[i] - 'a'},
                          .position = static_cast<int>(i),
                          .position_now = now == Names::npos ? -1 : static_cast<int>(now)});
    }
    std::vector<Present> present;
    for (const char item : after)
        present.push_back(
            {.date = date_of(item), .listed_before = before.find(item) != Names::npos});
    const auto found = departures(window, present);
    std::string out;
    for (std::size_t i = 0; i < before.size(); ++i) {
        if (found[i] == Departure::none) continue;
        out += before[i];
        out += found[i] == Departure::withdrawn ? '!' : found[i] == Departure::scrolled ? '-' : '?';
    }
    return out;
}

struct Row {
    const char* name;
    Names before;
    Names after;
    std::string told;
};
void PrintTo(const Row& row, std::ostream* out) {
    *out << row.name;
}

class Departures : public ::testing::TestWithParam<Row> {};

TEST_P(Departures, AreToldApart) {
    EXPECT_EQ(told(GetParam().before, GetParam().after), GetParam().told);
}

INSTANTIATE_TEST_SUITE_P(
    Withdrawn, Departures,
    ::testing::Values(Row{"from the middle", "EDCBA", "EDBA", "C!"},
                      Row{"from the middle of three", "CBA", "CA", "B!"},
                      Row{"from the middle, oldest first", "ABCDE", "ABDE", "C!"},
                      Row{"two of eight", "HGFEDCBA", "HGEDBA", "F!C!"},
                      Row{"while a new one came", "EDCBA", "FEDBA", "C!"},
                      Row{"while new ones pushed others out", "HGFEDCBA", "JIHGFDC", "E!B-A-"},
                      Row{"an older one filling its place", "HGFEDC", "HGEDCB", "F!"},
                      Row{"the newest, a newer one having come", "DCBA", "ECBA", "D!"},
                      Row{"below a pinned item", "0EDCBA", "0EDBA", "C!"},
                      Row{"above a pinned item", "EDCBA0", "EDBA0", "C!"},
                      Row{"without dates, in a feed that has shown its order", "edcba", "edba",
                          "c!"},
                      Row{"without dates, oldest first", "abcde", "abde", "c!"}));

INSTANTIATE_TEST_SUITE_P(
    NotWithdrawn, Departures,
    ::testing::Values(Row{"nothing left", "CBA", "CBA", ""},
                      Row{"pushed out", "EDCBA", "FEDCB", "A-"},
                      Row{"pushed out, oldest first", "ABCDE", "BCDEF", "A-"},
                      Row{"all pushed out at once", "CBA", "FED", "C-B-A-"},
                      Row{"the window shrank", "HGFEDCBA", "HGFED", "C-B-A-"},
                      Row{"the newest: a server that is behind says the same", "DCBA", "CBA", "D?"},
                      Row{"pushed out above a pin that stays", "EDCBA0", "FEDCB0", "A-"},
                      Row{"the window shrank above a pin", "EDCBA0", "EDCB0", "A-"},
                      Row{"above three pins", "EDCBA210", "FEDCB210", "A-"},
                      Row{"a pin was taken down", "0EDCBA", "EDCBA", "0-"},
                      Row{"one of two pins was taken down", "01EDCBA", "0EDCBA", "1-"},
                      Row{"in no order of time", "CAEBD", "CAED", "B-"},
                      Row{"in another order now", "EDCBA", "BEAD", "C-"},
                      Row{"what comes is in between", "GECA", "GFCA", "E-"},
                      Row{"half of the document at once", "HGFEDCBA", "HFDA", "G-E-C-B-"},
                      Row{"without dates, something new having come", "edcba", "fedba", "c-"},
                      Row{"without dates, in the order of nothing", "cbdae", "cbae", "d-"},
                      Row{"one date among many undated", "edCba", "eda", "C-b-"},
                      Row{"an empty document", "CBA", "", "C-B-A-"}));

// A feed of which only the newest are shown, ever another number of them: nothing is withdrawn.
struct Shown {
    const char* name;
    void (*arrange)(std::vector<int>&, std::mt19937&);
    bool dated = true;
};
void PrintTo(const Shown& shown, std::ostream* out) {
    *out << shown.name;
}

class ScrollOff : public ::testing::TestWithParam<Shown> {};

TEST_P(ScrollOff, NeverLooksLikeAWithdrawal) {
    std::mt19937 random(20250408);
    for (int run = 0; run < 40; ++run) {
        std::map<int, int> position_of;  // of what was listed
        std::map<int, Time> first_seen;
        int newest = 20;
        for (int poll = 0; poll < 50; ++poll) {
            newest += static_cast<int>(random() % 5);
            const int size = 1 + static_cast<int>(random() % 20);
            std::vector<int> document(static_cast<std::size_t>(size));
            std::iota(document.rbegin(), document.rend(), newest - size + 1);
            GetParam().arrange(document, random);
            const auto date = [&](int item) -> std::optional<Time> {
                if (!GetParam().dated) return std::nullopt;
                return kBegin + std::chrono::minutes{17 * item + item % 7};
            };
            std::vector<Before> before;
            std::vector<int> items;
            for (const auto& [item, position] : position_of) {
                const auto now = std::ranges::find(document, item);
                before.push_back({.date = date(item),
                                  .first_seen_at = first_seen.at(item),
                                  .position = position,
                                  .position_now = now == document.end()
                                                      ? -1
                                                      : static_cast<int>(now - document.begin())});
                items.push_back(item);
            }
            std::vector<Present> present;
            for (const int item : document) {
                present.push_back(
                    {.date = date(item), .listed_before = position_of.contains(item)});
                first_seen.emplace(item, kBegin + hours{poll});
            }
            const auto found = departures(before, present);
            for (std::size_t i = 0; i < found.size(); ++i) {
                ASSERT_NE(found[i], Departure::withdrawn)
                    << "run " << run << ", poll " << poll << ", item " << items[i];
                if (found[i] == Departure::scrolled) position_of.erase(items[i]);
            }
            for (std::size_t i = 0; i < document.size(); ++i)
                position_of[document[i]] = static_cast<int>(i);
        }
    }
}

INSTANTIATE_TEST_SUITE_P(
    Windows, ScrollOff,
    ::testing::Values(
        Shown{"newest first", [](std::vector<int>&, std::mt19937&) {}},
        Shown{"oldest first",
              [](std::vector<int>& items, std::mt19937&) { std::ranges::reverse(items); }},
        Shown{"shuffled at every poll",
              [](std::vector<int>& items, std::mt19937& random) {
                  std::ranges::shuffle(items, random);
              }},
        Shown{"by something else than time",
              [](std::vector<int>& items, std::mt19937&) {
                  std::ranges::sort(items, {}, [](int item) { return item * 7919 % 101; });
              }},
        Shown{"below a pinned item",
              [](std::vector<int>& items, std::mt19937&) { items.insert(items.begin(), -90000); }},
        Shown{"above a pinned item",
              [](std::vector<int>& items, std::mt19937&) { items.push_back(-90000); }},
        Shown{"undated, newest first", [](std::vector<int>&, std::mt19937&) {}, false},
        Shown{"undated, shuffled",
              [](std::vector<int>& items, std::mt19937& random) {
                  std::ranges::shuffle(items, random);
              },
              false}));

}  // namespace
}  // namespace feedd
