#include "dedup/backfill.h"

#include <string>

#include <gtest/gtest.h>

namespace feedd {
namespace {

std::optional<Time> day(const char* text) {
    if (*text == '\0') return std::nullopt;
    return parse_utc(std::string(text) + "T12:00:00Z");
}

struct Row {
    const char* name;
    const char* published;
    const char* looked_at;
    const char* oldest;
    const char* newest;
    bool backfill;
};

// A feed that was read on 2025-04-08 and listed the items of a fortnight.
constexpr const char* kLooked = "2025-04-08";
constexpr const char* kOldest = "2025-03-25";
constexpr const char* kNewest = "2025-04-07";

TEST(Backfill, IsWhatIsOldWhenItComes) {
    for (const Row& row : {
             Row{"published since", "2025-04-08", kLooked, kOldest, kNewest, false},
             Row{"a draft of last week", "2025-04-01", kLooked, kOldest, kNewest, false},
             Row{"an archive of four years ago", "2021-04-01", kLooked, kOldest, kNewest, true},
             Row{"just below the end of the last document", "2025-03-20", kLooked, kOldest, kNewest,
                 true},
             Row{"undated", "", kLooked, kOldest, kNewest, false},
             Row{"of a feed without dates until now", "2021-04-01", kLooked, "", "", false},
             Row{"of a feed that was silent for a year", "2025-04-08", kLooked, "2023-01-01",
                 "2024-04-01", false},
             Row{"missed in two months of failures", "2025-02-20", "2025-02-01", "2025-01-10",
                 "2025-01-31", false},
             Row{"of a feed that gives one old date to all", "2010-01-01", kLooked, "2010-01-01",
                 "2010-01-01", false},
             Row{"the day's queue of a quick feed", "2025-04-08", "2025-04-08", "2025-04-08",
                 "2025-04-08", false},
             Row{"in a gap of the archive", "2025-02-01", kLooked, "2019-01-01", kNewest, true},
         }) {
        EXPECT_EQ(is_backfill(day(row.published), {.has_items = true,
                                                   .looked_at = day(row.looked_at),
                                                   .oldest = day(row.oldest),
                                                   .newest = day(row.newest)}),
                  row.backfill)
            << row.name;
    }
}

TEST(Backfill, IsAllThatTheFirstDocumentBrings) {
    EXPECT_TRUE(is_backfill(day("2025-04-08"), {}));
    EXPECT_TRUE(is_backfill(std::nullopt, {.looked_at = day(kLooked)}));
}

}  // namespace
}  // namespace feedd
