// Which articles are kept.
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "dedup/judge.h"
#include "samples.h"

namespace feedd::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const Retention kForever{};

void bring(Store& store, std::size_t feed, int when, const std::string& id) {
    const auto report = store.commit(poll(store.feed(feed), at(when), {item(id, "text of " + id)}));
    ASSERT_FALSE(report.error) << message(*report.error);
}

// Feed 'one' brings a, b, c, d in the seconds 1 to 4; 'two' brings c at 5 and e at 6.
void fill(Store& store) {
    bring(store, 0, 1, "a");
    bring(store, 0, 2, "b");
    bring(store, 0, 3, "c");
    bring(store, 0, 4, "d");
    bring(store, 1, 5, "c");
    bring(store, 1, 6, "e");
}

std::vector<std::string> left(const Store& store) {
    return store.rows("SELECT substr(title, 10) FROM articles ORDER BY id");
}

void expect_sound(const Store& store) {
    const auto findings = check_store(store.path());
    ASSERT_TRUE(findings) << message(findings.error());
    EXPECT_THAT(*findings, IsEmpty());
}

// As most feeds do, the newest item first.
TEST(Retention, KeepsTheNewestOfTheItemsThatCameTogether) {
    struct Case {
        const char* name;
        std::vector<int> dates;  // of a, b, c, d in the order of the document; 0: none
        std::size_t keep;
        std::vector<std::string> left;
    };
    const Case cases[] = {
        {"newest first", {400, 300, 200, 100}, 2, {"a", "b"}},
        {"oldest first", {100, 200, 300, 400}, 2, {"c", "d"}},
        {"in no order", {300, 100, 400, 200}, 3, {"a", "c", "d"}},
        {"without dates", {0, 0, 0, 0}, 1, {"a"}},
        {"all of them", {400, 300, 200, 100}, 4, {"a", "b", "c", "d"}},
    };
    for (const Case& c : cases) {
        SCOPED_TRACE(c.name);
        Store store;
        std::vector<Candidate> items;
        for (std::size_t i = 0; i < c.dates.size(); ++i) {
            const std::string name(1, static_cast<char>('a' + i));
            items.push_back(item(name, "text of " + name));
            if (c.dates[i] > 0) items.back().article.published_at = at(c.dates[i] - 1000);
        }
        ASSERT_FALSE(store.commit(poll(store.feed(0), at(1), items)).error);
        store.prune({.feeds = {}, .others = {.count = c.keep}, .keep_tags = {}}, at(100));
        EXPECT_EQ(left(store), c.left);
        bring(store, 0, 2, "e");  // what comes later is newer, whatever its date
        store.prune({.feeds = {}, .others = {.count = 1}, .keep_tags = {}}, at(100));
        EXPECT_THAT(left(store), ElementsAre("e"));
        expect_sound(store);
    }
}

TEST(Retention, CountsArticlesHoweverOftenTheyWereIssued) {
    Store store;
    for (int again = 0; again < 3; ++again) {
        std::vector<Candidate> items;
        for (const char* name : {"a", "b", "c"}) {
            items.push_back(item(name, std::string("text of ") + name));
            items.back().key += std::to_string(again);
            items.back().url_identifies = true;
        }
        ASSERT_FALSE(store.commit(poll(store.feed(0), at(again), items), judge).error);
    }
    ASSERT_EQ(store.rows("SELECT count(*) FROM sightings"), std::vector<std::string>{"9"});
    EXPECT_EQ(store.prune({.feeds = {}, .others = {.count = 3}, .keep_tags = {}}, at(100)), 0);
    EXPECT_THAT(left(store), ElementsAre("a", "b", "c"));
}

TEST(Retention, LetsGoWhenAllFeedsThatCarryAnArticleDo) {
    struct Case {
        const char* name;
        Retention one;
        Retention two;
        std::vector<std::string> left;
    };
    const Case cases[] = {
        {"for ever", kForever, kForever, {"a", "b", "c", "d", "e"}},
        {"by age", {.age = Seconds{97}}, {.age = Seconds{97}}, {"c", "d", "e"}},
        {"c is the other feed's, too", {.age = Seconds{1}}, kForever, {"c", "e"}},
        {"c is young for the other", {.age = Seconds{1}}, {.age = Seconds{98}}, {"c", "e"}},
        {"c is old for both", {.age = Seconds{1}}, {.age = Seconds{95}}, {"e"}},
        {"by number", {.count = 2}, kForever, {"c", "d", "e"}},
        {"by number, c beyond both", {.count = 1}, {.count = 1}, {"d", "e"}},
        {"more than there are", {.count = 50}, {.count = 2}, {"a", "b", "c", "d", "e"}},
        {"by age and number", {.age = Seconds{1}, .count = 1}, {.age = Seconds{1}, .count = 1}, {}},
        {"whichever is first", {.age = Seconds{98}, .count = 3}, kForever, {"b", "c", "d", "e"}},
    };
    for (const Case& each : cases) {
        for (const int most : {1, 2, 100}) {
            SCOPED_TRACE(std::string(each.name) + ", in slices of " + std::to_string(most));
            Store store;
            fill(store);
            store.prune({.feeds = {{store.feed(0).id, each.one}, {store.feed(1).id, each.two}},
                         .others = {},
                         .keep_tags = {}},
                        at(100), most);
            EXPECT_EQ(left(store), each.left);
            EXPECT_EQ(store.value("SELECT count(*) - count(DISTINCT article_id) FROM changes "
                                  "WHERE kind = 'purged'"),
                      "0");
            expect_sound(store);
        }
    }
}

TEST(Retention, KeepsWhatAFeedWithSuchATagCarriesAlsoWhenItIsOffTheList) {
    Store store;
    FeedSpec starred = spec("https://two.example/feed", "two");
    starred.tags = {"my \"starred\" ones", "x"};
    store.apply({spec("https://one.example/feed", "one"), starred}, at(0));
    fill(store);
    const RetentionRules rules{.feeds = {},
                               .others = {.age = Seconds{1}, .count = 1},
                               .keep_tags = {starred.tags[0], "y"}};
    store.apply({spec("https://one.example/feed", "one")}, at(50));
    EXPECT_EQ(store.prune(rules, at(100)), 3);
    EXPECT_THAT(left(store), ElementsAre("c", "e"));
}

TEST(Retention, GoesByTheGeneralRuleForFeedsThatHaveNone) {
    Store store;
    fill(store);
    EXPECT_EQ(store.prune({.feeds = {{store.feed(0).id, kForever}},
                           .others = {.age = Seconds{1}},
                           .keep_tags = {}},
                          at(100)),
              1);
    EXPECT_THAT(left(store), ElementsAre("a", "b", "c", "d"));
}

TEST(Retention, KeepsTheCountOfAStoryRight) {
    Store store;
    fill(store);
    SQLite::Database(store.path(), SQLite::OPEN_READWRITE).exec(R"sql(
INSERT INTO stories (id, article_count, first_seen_at, last_seen_at)
VALUES (1, 2, '2025-04-08T00:00:01Z', '2025-04-08T00:00:04Z'),
       (2, 1, '2025-04-08T00:00:02Z', '2025-04-08T00:00:02Z');
UPDATE articles SET story_id = 1 WHERE id IN (1, 4);
UPDATE articles SET story_id = 2 WHERE id = 2;
)sql");
    EXPECT_EQ(store.prune_before(at(3), at(100)), 2);
    EXPECT_THAT(store.rows("SELECT id, article_count FROM stories"), ElementsAre("1|1"));
    EXPECT_EQ(store.value("SELECT story_id FROM articles WHERE id = 4"), "1");
    expect_sound(store);
}

}  // namespace
}  // namespace feedd::test
