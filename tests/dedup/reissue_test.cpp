#include "dedup/reissue.h"

#include <functional>
#include <ostream>
#include <string>

#include <gtest/gtest.h>

#include "dedup/guid_alias.h"

namespace feedd {
namespace {

TEST(GuidAlias, IsWhatStaysWhenASiteMoves) {
    const std::pair<const char*, const char*> rows[] = {
        {"http://old.example/?p=123", "?p=123"},
        {"https://new.example:8443/?p=123", "?p=123"},
        {"http://old.example/2025/04/a/", "2025/04/a"},
        {"https://www.old.example/2025/04/a", "2025/04/a"},
        {" HTTPS://old.example/a#c2 ", "a#c2"},
        {"tag:old.example,2005:/posts/17", "posts/17"},
        {"tag:new.example,2024-01-01:/posts/17", "posts/17"}};
    for (const auto& [guid, alias] : rows)
        EXPECT_EQ(guid_alias(guid), alias) << guid;
}

TEST(GuidAlias, IsNoneWhereNothingElseWouldTell) {
    for (const char* guid : {"", "17", "urn:uuid:60a76c80-d399-11d9-b93C-0003939e0af6",
                             "http://old.example/", "https://old.example", "tag:old.example",
                             "tag:old.example,2005:", "yt:video:abc", "http://old.example/a"}) {
        EXPECT_EQ(guid_alias(guid), "") << guid;
    }
}

// An item of 8 April that says 'words' under 'title', at /a.
Signs item() {
    return {.alias = "posts/17",
            .address = "old.example/a-page",
            .path = "a-page",
            .title = 1,
            .words = 2,
            .date = parse_utc("2025-04-08T10:00:00Z")};
}

struct Row {
    std::string name;
    std::function<void(Signs&)> now;  // what is other with the item that came
    bool same = false;
};
void PrintTo(const Row& row, std::ostream* out) {
    *out << row.name;
}

void other_name(Signs& signs) {
    signs.alias = "node/9";
    signs.address = "new.example/node/9";
    signs.path = "node/9";
}
void other_date(Signs& signs) {
    signs.date = *signs.date + std::chrono::hours{24};
}

class OneItem : public ::testing::TestWithParam<Row> {};

TEST_P(OneItem, IsTheSameOnlyWhereTwoSignsAgree) {
    Signs now = item();
    GetParam().now(now);
    const Signs gone = item();
    const auto pairs = reissued({&now, 1}, {&gone, 1});
    EXPECT_EQ(pairs.at(0).has_value(), GetParam().same);
}

INSTANTIATE_TEST_SUITE_P(
    Same, OneItem,
    ::testing::Values(Row{"all but its guid", [](Signs& s) { s.alias.clear(); }, true},
                      Row{"the site moved, its paths stayed",
                          [](Signs& s) { s.address = "new.example/a-page"; }, true},
                      Row{"the site moved, and the item was edited",
                          [](Signs& s) {
                              s.address.clear();
                              s.path.clear();
                              s.words = 9;
                          },
                          true},
                      Row{"the site moved, and the item was retitled",
                          [](Signs& s) {
                              s.address.clear();
                              s.path.clear();
                              s.title = 9;
                          },
                          true},
                      Row{"new software: title, words and date are the same", other_name, true},
                      Row{"at its address, redated",
                          [](Signs& s) {
                              s.alias.clear();
                              other_date(s);
                          },
                          true}));

INSTANTIATE_TEST_SUITE_P(NotMerged, OneItem,
                         ::testing::Values(Row{"nothing is the same",
                                               [](Signs& s) {
                                                   other_name(s);
                                                   s.title = 8;
                                                   s.words = 9;
                                                   other_date(s);
                                               }},
                                           Row{"the title of a lazy publisher",
                                               [](Signs& s) {
                                                   other_name(s);
                                                   s.words = 9;
                                                   other_date(s);
                                               }},
                                           Row{"title and date of a lazy publisher",
                                               [](Signs& s) {
                                                   other_name(s);
                                                   s.words = 9;
                                               }},
                                           Row{"the same words every day",
                                               [](Signs& s) {
                                                   other_name(s);
                                                   other_date(s);
                                               }},
                                           Row{"the same words every day, undated",
                                               [](Signs& s) {
                                                   other_name(s);
                                                   s.date.reset();
                                               }},
                                           Row{"another weblog's first post, in a planet's feed",
                                               [](Signs& s) {
                                                   s.address = "other.example/";
                                                   s.words = 9;
                                                   other_date(s);
                                               }},
                                           Row{"a page that is used again, with all else new",
                                               [](Signs& s) {
                                                   s.alias.clear();
                                                   s.title = 8;
                                                   s.words = 9;
                                                   other_date(s);
                                               }}));

// What a whole feed of ten items says, each of them another thing.
std::vector<Signs> feed(const std::function<void(Signs&, unsigned)>& change) {
    std::vector<Signs> items;
    for (unsigned i = 0; i < 10; ++i) {
        Signs one{.alias = "old/" + std::to_string(i),
                  .address = "old.example/" + std::to_string(i),
                  .path = "page-" + std::to_string(i),
                  .title = 100 + i,
                  .words = 200 + i,
                  .date = item().date.value() + std::chrono::hours{i}};
        change(one, i);
        items.push_back(one);
    }
    return items;
}

std::size_t paired(const std::function<void(Signs&, unsigned)>& before,
                   const std::function<void(Signs&, unsigned)>& now) {
    const auto gone = feed(before);
    const auto pairs = reissued(feed(now), gone);
    std::size_t count = 0;
    for (std::size_t i = 0; i < pairs.size(); ++i) {
        if (!pairs[i]) continue;
        EXPECT_EQ(*pairs[i], i);
        ++count;
    }
    return count;
}

void as_it_was(Signs&, unsigned) {}

void renamed(Signs& signs, unsigned i) {
    signs.alias = "new/" + std::to_string(i);
    signs.address = "new.example/" + std::to_string(i);
    signs.path = "node-" + std::to_string(i);
}

TEST(WholeFeed, IsKnownAgainByLessThanOneItem) {
    EXPECT_EQ(paired(as_it_was, renamed), 10U) << "new guids and addresses";
    const auto rewritten = [](Signs& s, unsigned i) {
        renamed(s, i);
        s.words = 900 + i;
    };
    EXPECT_EQ(paired(as_it_was, rewritten), 10U) << "and the texts are cut in another way";
    const auto undated = [](Signs& s, unsigned) { s.date.reset(); };
    const auto undated_renamed = [](Signs& s, unsigned i) {
        renamed(s, i);
        s.date.reset();
    };
    EXPECT_EQ(paired(undated, undated_renamed), 10U) << "without dates";
    const auto mostly = [](Signs& s, unsigned i) {
        renamed(s, i);
        if (i >= 8) s = {.alias = "x", .title = 7000 + i, .words = 8000 + i};
    };
    EXPECT_EQ(paired(as_it_was, mostly), 8U) << "two new items among them";
    const auto redated = [](Signs& s, unsigned i) {
        renamed(s, i);
        s.date = *s.date + std::chrono::hours{1000};
    };
    EXPECT_EQ(paired(as_it_was, redated), 10U) << "the dates are made anew, too";
    const auto titles = [](Signs& s, unsigned) { s = {.alias = "x", .title = s.title}; };
    const auto titles_again = [](Signs& s, unsigned) { s = {.alias = "y", .title = s.title}; };
    EXPECT_EQ(paired(titles, titles_again), 10U) << "titles are all there is";
    const auto same_text = [](Signs& s, unsigned) { s.words = 5; };
    const auto same_text_again = [](Signs& s, unsigned i) {
        renamed(s, i);
        s.words = 5;
        s.date = *s.date + std::chrono::hours{1000};
    };
    EXPECT_EQ(paired(same_text, same_text_again), 10U) << "all of them say 'Read more'";
}

TEST(WholeFeed, MayBeLarge) {
    std::vector<Signs> gone;
    std::vector<Signs> now;
    for (unsigned i = 0; i < 5000; ++i) {
        Signs one{.alias = "a", .title = 10'000 + i, .words = 90'000 + i};
        gone.push_back(one);
        one.alias = "b";
        now.insert(now.begin(), one);  // in another order
    }
    const auto pairs = reissued(now, gone);
    for (std::size_t i = 0; i < pairs.size(); ++i)
        ASSERT_EQ(pairs[i], gone.size() - 1 - i);
}

TEST(WholeFeed, IsNotKnownAgainByWhatALazyPublisherGivesToAllItems) {
    const auto lazy = [](Signs& s, unsigned) {
        s.title = 1;
        s.date = item().date;
    };
    const auto next = [](Signs& s, unsigned i) {
        renamed(s, i);
        s.title = 1;
        s.date = item().date;
        s.words = 900 + i;
    };
    EXPECT_EQ(paired(lazy, next), 0U) << "one title and one date for all";
    const auto unrelated = [](Signs& s, unsigned i) {
        renamed(s, i);
        s.title = 300 + i;
        s.words = 900 + i;
    };
    EXPECT_EQ(paired(as_it_was, unrelated), 0U) << "the next ten items, at the same hours";
}

TEST(SignOf, IsThatOfTheWordsAlone) {
    EXPECT_EQ(sign_of(" a  b\n"), sign_of("a b"));
    EXPECT_NE(sign_of("a b"), sign_of("a c"));
    EXPECT_EQ(sign_of(" \n"), std::nullopt);
}

}  // namespace
}  // namespace feedd
