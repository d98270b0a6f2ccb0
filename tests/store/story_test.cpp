#include <string>

#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>

#include "dedup/fingerprint.h"
#include "dedup/story_matcher.h"
#include "samples.h"
#include "support/forecast.h"

namespace feedd::test {
namespace {

const std::string kHarbour =
    "The harbour of Ostrava was closed on Tuesday after a freighter with 340 containers ran "
    "aground "
    "at the northern pier. Divers of the coast guard found a crack of four metres below the water "
    "line, said Captain Marta Novak. Nobody on board was hurt. The owner, Baltic Lines, expects "
    "the "
    "ship to be towed away by Friday, provided that the wind calms down.";
const std::string kHarbourElsewhere =
    "By our reporter. The harbour of Ostrava was closed on Tuesday after a freighter with 340 "
    "containers ran aground at the northern pier. Divers of the navy found a crack of four metres "
    "below the water line, said Captain Marta Novak. The owner, Baltic Lines, expects the vessel "
    "to "
    "be towed away by Friday, provided that the wind calms down.";
const std::string kBarn =
    "A barn burned down in the village of Lhota last night, and eleven cows had to be led through "
    "the smoke by their neighbours. The fire brigade of Brno came with five engines, but found no "
    "water in the pond. Farmer Josef Dvorak puts the damage at 80,000 crowns and has no insurance.";
constexpr int kDay = 86'400;

class Stories : public testing::Test {
  protected:
    Stories() { match(); }
    void match() { store_.writer().match_stories(make_story_matcher(std::chrono::days{7})); }
    Candidate article(const std::string& id, const std::string& text, int when = 0) {
        Candidate made = item(id, text);
        made.article.published_at = at(when);
        made.fingerprint = fingerprint_of(text);
        return made;
    }
    PollReport brings(std::size_t feed, int when, std::vector<Candidate> items) {
        return store_.commit(poll(store_.feed(feed), at(when), std::move(items)));
    }
    std::string members() {
        std::string all;
        for (const std::string& row : store_.rows(
                 "SELECT story_id, group_concat(id, ' ') FROM (SELECT * FROM articles ORDER BY id) "
                 "WHERE story_id IS NOT NULL GROUP BY story_id ORDER BY story_id"))
            all += (all.empty() ? "" : ", ") + row;
        return all;
    }
    void expect_sound() {
        store_.close();
        EXPECT_EQ(check_store(store_.path()).value(), std::vector<std::string>{});
        store_.reopen();
        match();
    }
    Store store_;
};

TEST_F(Stories, AreMadeOfArticlesOfTwoFeeds) {
    brings(0, 0, {article("a", kHarbour), article("b", kBarn)});
    EXPECT_EQ(members(), "");
    brings(1, 60, {article("c", kHarbourElsewhere, 60)});
    EXPECT_EQ(members(), "1|1 3");
    EXPECT_EQ(store_.rows("SELECT article_count, first_seen_at, last_seen_at FROM stories"),
              std::vector<std::string>{"2|2025-04-08T00:00:00Z|2025-04-08T00:01:00Z"});
    EXPECT_EQ(store_.value("SELECT title FROM stories"),
              store_.value("SELECT title FROM articles WHERE id = 1"));
    EXPECT_EQ(store_.rows("SELECT article_id, other_id, score > 0.5, version FROM story_matches"),
              std::vector<std::string>{"3|1|1|1"});
    EXPECT_EQ(store_.rows("SELECT article_id, kind FROM changes ORDER BY seq"),
              (std::vector<std::string>{"1|new", "2|new", "3|new", "1|story", "3|story"}));
    expect_sound();
}

TEST_F(Stories, AreFoundWithinOnePoll) {
    brings(0, 0, {article("a", kHarbour), article("b", kHarbour + " More of this tomorrow.")});
    EXPECT_EQ(members(), "1|1 2");
}

TEST_F(Stories, AreFoundAfterARestart) {
    brings(0, 0, {article("a", kHarbour)});
    store_.close();
    store_.reopen();
    match();
    brings(1, 60, {article("c", kHarbourElsewhere, 60)});
    EXPECT_EQ(members(), "1|1 2");
}

TEST_F(Stories, EndWithTheirWindow) {
    brings(0, 0, {article("a", kHarbour)});
    brings(1, 8 * kDay, {article("c", kHarbourElsewhere, 8 * kDay)});
    EXPECT_EQ(members(), "");
    EXPECT_EQ(store_.value("SELECT count(*) FROM fingerprints"), "2");
    EXPECT_EQ(store_.writer().prune_fingerprints(at(2 * kDay), 100).value(), 1);
    EXPECT_EQ(store_.writer().prune_fingerprints(at(2 * kDay), 100).value(), 0);
}

TEST_F(Stories, AreNotLookedForWithoutAMatcher) {
    store_.writer().match_stories(nullptr);
    brings(0, 0, {article("a", kHarbour)});
    brings(1, 60, {article("c", kHarbourElsewhere, 60)});
    EXPECT_EQ(members(), "");
}

TEST_F(Stories, AreJoinedByAnArticleThatIsRevised) {
    brings(0, 0, {article("a", kHarbour)});
    brings(1, 60, {article("c", "More soon.", 60)});
    EXPECT_EQ(members(), "");
    brings(1, 120, {article("c", kHarbourElsewhere, 60)});
    EXPECT_EQ(members(), "1|1 2");
    expect_sound();
}

TEST_F(Stories, AreLeftByAnArticleThatTellsSomethingElseNow) {
    brings(0, 0, {article("a", kHarbour)});
    brings(1, 60, {article("c", kHarbourElsewhere, 60)});
    brings(1, 120, {article("c", kBarn, 60)});
    EXPECT_EQ(members(), "");
    EXPECT_EQ(store_.value("SELECT count(*) FROM stories"), "0");
    EXPECT_EQ(store_.rows("SELECT article_id, kind FROM changes WHERE seq > 4 ORDER BY seq"),
              (std::vector<std::string>{"2|revised", "2|story", "1|story"}));
    expect_sound();
}

TEST_F(Stories, AreLeftByAnArticleThatSaysNextToNothingNow) {
    brings(0, 0, {article("a", kHarbour)});
    brings(1, 60, {article("c", kHarbourElsewhere, 60)});
    brings(1, 120, {article("c", "This article was withdrawn.", 60)});
    EXPECT_EQ(members(), "");
    EXPECT_EQ(store_.value("SELECT group_concat(article_id) FROM fingerprints"), "1");
    brings(0, 180, {article("d", kHarbour + " More of this tomorrow.", 180)});
    EXPECT_EQ(members(), "2|1 3");
    expect_sound();
}

TEST_F(Stories, AreKeptByAnArticleThatIsEditedALittle) {
    brings(0, 0, {article("a", kHarbour)});
    brings(1, 60, {article("c", kHarbourElsewhere, 60)});
    brings(1, 120, {article("c", kHarbourElsewhere + " Updated at noon.", 60)});
    EXPECT_EQ(members(), "1|1 2");
    EXPECT_EQ(store_.value("SELECT count(*) FROM changes WHERE kind = 'story'"), "2");
}

// An earlier version of the rules, or the daemon while it knew of two of them only, joined them.
TEST_F(Stories, ArePartedWhereAThirdArticleShowsTheTemplate) {
    brings(0, 0, {article("a", forecast("Oslo", 14, 6, 12))});
    brings(1, 60, {article("b", forecast("Bergen", 9, 3, 21), 60)});
    store_.close();
    SQLite::Database(store_.path(), SQLite::OPEN_READWRITE)
        .exec(
            "INSERT INTO stories (id, first_seen_at, last_seen_at, article_count) VALUES "
            "(7, '2025-04-08T00:00:00Z', '2025-04-08T00:01:00Z', 2); "
            "UPDATE articles SET story_id = 7");
    store_.reopen();
    match();
    brings(1, 120, {article("c", forecast("Tromso", 5, 1, 8), 120)});
    EXPECT_EQ(members(), "");
    EXPECT_EQ(store_.value("SELECT count(*) FROM stories"), "0");
    EXPECT_EQ(store_.rows("SELECT article_id, kind FROM changes WHERE seq > 2 ORDER BY seq"),
              (std::vector<std::string>{"3|new", "1|story", "2|story"}));
    expect_sound();
}

TEST_F(Stories, OutliveTheirPurgedArticles) {
    brings(0, 0, {article("a", kHarbour)});
    brings(1, 2 * kDay, {article("c", kHarbourElsewhere, 2 * kDay)});
    EXPECT_EQ(store_.prune_before(at(kDay), at(3 * kDay)), 1);
    EXPECT_EQ(members(), "1|2");
    EXPECT_EQ(store_.value("SELECT article_count FROM stories"), "1");
    EXPECT_EQ(store_.prune_before(at(4 * kDay), at(5 * kDay)), 1);
    EXPECT_EQ(store_.value("SELECT count(*) FROM stories"), "0");
    EXPECT_EQ(store_.value("SELECT count(*) FROM fingerprints"), "0");
    EXPECT_EQ(store_.value("SELECT count(*) FROM story_matches"), "0");
    expect_sound();
}

TEST_F(Stories, AreFoundAnewWithTheirIds) {
    brings(0, 0, {article("a", kHarbour), article("b", kBarn)});
    brings(1, 60,
           {article("c", kHarbourElsewhere, 60), article("d", kBarn + " No one was hurt.", 60)});
    ASSERT_EQ(members(), "1|1 3, 2|2 4");
    const auto matches = store_.rows("SELECT * FROM story_matches");
    const auto again = store_.writer().restory(at(100)).value();
    EXPECT_EQ(again.articles, 4);
    EXPECT_EQ(again.stories, 2);
    EXPECT_EQ(again.changed, 0);
    EXPECT_EQ(members(), "1|1 3, 2|2 4");
    EXPECT_EQ(store_.rows("SELECT * FROM story_matches"), matches);
    expect_sound();
}

TEST_F(Stories, AreFoundAnewWhereTheyWereNotLookedFor) {
    store_.writer().match_stories(nullptr);
    brings(0, 0, {article("a", kHarbour), article("b", kBarn)});
    brings(1, 60, {article("c", kHarbourElsewhere, 60)});
    match();
    EXPECT_EQ(store_.writer().restory(at(100)).value().changed, 2);
    EXPECT_EQ(members(), "1|1 3");
    EXPECT_EQ(store_.writer().restory(at(200)).value().changed, 0);
    brings(1, 300, {article("e", kHarbour + " The wind is calm.", 300)});
    EXPECT_EQ(members(), "1|1 3 4");
    expect_sound();
}

TEST_F(Stories, AreDissolvedWhereTheRulesNoLongerSeeThem) {
    brings(0, 0, {article("a", kHarbour)});
    brings(1, 5 * kDay, {article("c", kHarbourElsewhere, 5 * kDay)});
    ASSERT_EQ(members(), "1|1 2");
    store_.writer().match_stories(make_story_matcher(std::chrono::days{2}));
    EXPECT_EQ(store_.writer().restory(at(6 * kDay)).value().changed, 2);
    EXPECT_EQ(members(), "");
    EXPECT_EQ(store_.value("SELECT count(*) FROM stories"), "0");
    expect_sound();
}

TEST_F(Stories, AreAllThereOrNotAtAllAfterAKill) {
    brings(0, 0, {article("a", kHarbour)});
    store_.close();
    exit_in_the_midst([&] {
        auto writer = open_writer(store_.path()).value();
        writer->match_stories(make_story_matcher(std::chrono::days{7}));
        (void)writer->commit(
            std::vector{poll(store_.feed(1), at(60), {article("c", kHarbourElsewhere, 60)})},
            simple_judge);
    });
    store_.reopen();
    match();
    EXPECT_EQ(members(), "1|1 2");
    expect_sound();
}

TEST_F(Stories, AreListedOnce) {
    brings(0, 0, {article("a", kHarbour), article("b", kBarn)});
    brings(1, 60, {article("c", kHarbourElsewhere, 60)});
    const auto rows = store_.reader()->articles({.stories = true}).value();
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[0].id, 3);
    EXPECT_EQ(rows[0].outlets, 2);
    EXPECT_EQ(rows[1].id, 2);
    EXPECT_EQ(rows[1].outlets, 1);
    EXPECT_EQ(store_.reader()->articles({.stories = true, .limit = 1}).value().size(), 1U);
}

TEST_F(Stories, AreExplained) {
    brings(0, 0, {article("a", kHarbour)});
    brings(1, 60, {article("c", kHarbourElsewhere, 60)});
    const auto later = store_.reader()->history(2).value();
    ASSERT_TRUE(later.story);
    EXPECT_EQ(later.story->other, 1);
    EXPECT_EQ(later.story->outlets, 2);
    EXPECT_EQ(later.story->other_text, kHarbour);
    const auto first = store_.reader()->history(1).value();
    ASSERT_TRUE(first.story);
    EXPECT_FALSE(first.story->other);
    EXPECT_EQ(first.story->others, std::vector<ArticleId>{2});
}

}  // namespace
}  // namespace feedd::test
