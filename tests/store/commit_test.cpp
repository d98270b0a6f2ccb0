#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "samples.h"

namespace feedd::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr const char* kChanges = "SELECT seq, article_id, kind, feed_id FROM changes ORDER BY seq";

void expect_sound(const Store& store) {
    const auto findings = check_store(store.path());
    ASSERT_TRUE(findings) << message(findings.error());
    EXPECT_THAT(*findings, IsEmpty());
}

TEST(Commit, StoresANewArticleWithAllItsParts) {
    Store store;
    const auto report = store.commit(poll(store.feed(0), at(60), {item("a", "alpha text")}));
    ASSERT_FALSE(report.error);
    EXPECT_EQ(report.added, 1);
    EXPECT_EQ(store.value("SELECT url, url_key, link, title, language, published_at, first_seen_at,"
                          " first_feed_id, text_hash, story_id FROM articles"),
              "https://site.example/a|site.example/a|https://www.site.example/a?utm_source=feed|"
              "Title of a|en-GB|2025-04-07T23:00:00Z|2025-04-08T00:01:00Z|1|NULL|NULL");
    EXPECT_EQ(store.value("SELECT article_id, position, name FROM authors"), "1|1|Ada");
    EXPECT_EQ(store.value("SELECT article_id, position, term FROM categories"), "1|1|news");
    EXPECT_EQ(store.value("SELECT url, length, duration_seconds FROM enclosures"),
              "https://site.example/a.mp3|12|1.5");
    EXPECT_EQ(store.value("SELECT feed_id, key, guid, article_id, url, position, first_seen_at,"
                          " last_seen_at, reason FROM sightings"),
              "1|guid:a|a|1|https://www.site.example/a?utm_source=feed|0|2025-04-08T00:01:00Z|"
              "2025-04-08T00:01:00Z|not seen before");
    EXPECT_THAT(store.rows(kChanges), ElementsAre("1|1|new|1"));
    expect_sound(store);
}

TEST(Commit, WritesTheStateOfTheFeedWithItsItems) {
    Store store;
    PollOutcome outcome = poll(store.feed(0), at(60), {item("a", "alpha")});
    outcome.state.validators = {.etag = "\"x\"", .last_modified = std::nullopt};
    outcome.state.body_hash = "abc";
    outcome.state.guid_trust = GuidTrust::stable;
    outcome.state.period = Seconds{1800};
    outcome.state.hints = {
        .ttl_minutes = 30, .update_period = Seconds{7200}, .skip_hours = 5, .skip_days = 65};
    outcome.state.move = Move{.to = "https://new.example/feed", .polls = 2};
    outcome.info = FeedInfo{.title = "One", .site_url = "https://one.example/"};
    ASSERT_FALSE(store.commit(outcome).error);

    const auto feeds = store.reader()->feeds({.names = {"one"}});
    ASSERT_TRUE(feeds);
    ASSERT_EQ(feeds->size(), 1U);
    const FeedRow& row = feeds->front();
    EXPECT_EQ(row.state.validators, outcome.state.validators);
    EXPECT_EQ(row.state.body_hash, "abc");
    EXPECT_EQ(row.state.guid_trust, GuidTrust::stable);
    EXPECT_EQ(row.state.period, Seconds{1800});
    EXPECT_EQ(row.state.hints, outcome.state.hints);
    EXPECT_EQ(row.state.move, outcome.state.move);
    EXPECT_EQ(row.state.last_polled_at, at(60));
    EXPECT_EQ(row.state.last_success_at, at(60));
    EXPECT_EQ(row.state.last_new_at, at(60));
    EXPECT_EQ(row.state.next_poll_at, at(60 + 3600));
    EXPECT_EQ(row.next_poll_reason, "interval 1h");
    EXPECT_EQ(row.info, *outcome.info);
    EXPECT_EQ(row.articles, 1);
}

TEST(Commit, KeepsWhenTheFeedLastBroughtSomethingNewWhenAPollBringsNothing) {
    Store store;
    store.commit(poll(store.feed(0), at(60), {item("a", "alpha")}));
    store.commit(poll(store.feed(0), at(120), {}));
    EXPECT_EQ(store.value("SELECT last_new_at, last_polled_at FROM feeds WHERE id = 1"),
              "2025-04-08T00:01:00Z|2025-04-08T00:02:00Z");
}

TEST(Commit, KeepsAFailedPollInTheHistoryWithItsReason) {
    Store store;
    PollOutcome outcome = poll(store.feed(0), at(60), {});
    outcome.result = PollResult::failed;
    outcome.error = PollError::timeout;
    outcome.error_text = "no answer in 30s";
    outcome.http_status = 0;
    outcome.state.status = FeedStatus::failing;
    outcome.state.failures = 1;
    outcome.state.last_error = outcome.error_text;
    ASSERT_FALSE(store.commit(outcome).error);
    EXPECT_EQ(store.value("SELECT at, outcome, http_status, duration_ms, bytes, error_class, error"
                          " FROM polls"),
              "2025-04-08T00:01:00Z|failed|NULL|120|4096|timeout|no answer in 30s");
    EXPECT_EQ(store.value("SELECT status, failures, error_class, last_error FROM feeds"),
              "failing|1|timeout|no answer in 30s");
    outcome = poll(store.feed(0), at(120), {});
    ASSERT_FALSE(store.commit(outcome).error);
    EXPECT_EQ(store.value("SELECT status, failures, error_class, last_error FROM feeds"),
              "active|0||");
}

TEST(Commit, MarksAFeedThatIsGoneAsNeverDue) {
    Store store;
    PollOutcome outcome = poll(store.feed(0), at(60), {});
    outcome.plan.never = true;
    ASSERT_FALSE(store.commit(outcome).error);
    EXPECT_EQ(store.value("SELECT status, next_poll_at FROM feeds WHERE id = 1"), "gone|NULL");
}

TEST(Commit, WritesNoChangeForAnItemThatSaysTheSame) {
    Store store;
    store.commit(poll(store.feed(0), at(60), {item("a", "alpha")}));
    Candidate again = item("a", "alpha");
    again.item_hash = 7;
    const auto report = store.commit(poll(store.feed(0), at(120), {again}));
    EXPECT_EQ(report.added + report.revised + report.sighted, 0);
    EXPECT_EQ(store.value("SELECT count(*) FROM changes"), "1");
    EXPECT_EQ(store.value("SELECT item_hash, first_seen_at, last_seen_at FROM sightings"),
              "7|2025-04-08T00:01:00Z|2025-04-08T00:02:00Z");
    expect_sound(store);
}

TEST(Commit, KeepsWhatAnArticleSaidBeforeItWasRevised) {
    Store store;
    store.commit(poll(store.feed(0), at(60), {item("a", "first words")}));
    Candidate edited = item("a", "second words");
    edited.article.authors = {{.name = "Bob", .email = {}, .url = {}},
                              {.name = "Cyd", .email = {}, .url = {}}};
    edited.article.published_at = at(100);
    edited.article.updated_at = at(110);
    EXPECT_EQ(store.commit(poll(store.feed(0), at(120), {edited})).revised, 1);
    EXPECT_EQ(store.commit(poll(store.feed(0), at(180), {item("a", "third words")})).revised, 1);
    EXPECT_THAT(store.rows("SELECT number, seen_at, replaced_at, content_text FROM revisions"
                           " ORDER BY number"),
                ElementsAre("1|2025-04-08T00:01:00Z|2025-04-08T00:02:00Z|first words",
                            "2|2025-04-08T00:02:00Z|2025-04-08T00:03:00Z|second words"));
    EXPECT_EQ(store.value("SELECT content_text, published_at, updated_at FROM articles"),
              "third words|2025-04-07T23:00:00Z|2025-04-08T00:01:50Z");
    EXPECT_THAT(store.rows("SELECT name FROM authors ORDER BY position"), ElementsAre("Ada"));
    EXPECT_THAT(store.rows(kChanges), ElementsAre("1|1|new|1", "2|1|revised|1", "3|1|revised|1"));
    EXPECT_EQ(store.value("SELECT count(*) FROM article_search WHERE article_search MATCH 'third'"),
              "1");
    EXPECT_EQ(store.value("SELECT count(*) FROM article_search WHERE article_search MATCH 'first'"),
              "0");
    expect_sound(store);
}

TEST(Commit, FollowsTheUrlOfARevisedItemUnlessItLostItsLink) {
    Store store;
    store.commit(poll(store.feed(0), at(60), {item("a", "alpha")}));
    Candidate moved = item("a", "alpha, edited");
    moved.article.url = "https://site.example/moved";
    moved.article.url_key = "site.example/moved";
    EXPECT_EQ(store.commit(poll(store.feed(0), at(120), {moved})).revised, 1);
    EXPECT_EQ(store.value("SELECT url, url_key FROM articles"),
              "https://site.example/moved|site.example/moved");
    moved.article.url = moved.article.url_key = moved.article.link = "";
    moved.article.content_hash = "other";
    EXPECT_EQ(store.commit(poll(store.feed(0), at(180), {moved})).revised, 1);
    EXPECT_EQ(store.value("SELECT url, url_key, link FROM articles"),
              "https://site.example/moved|site.example/moved|"
              "https://www.site.example/a?utm_source=feed");
}

TEST(Commit, CountsOneArticleThatTwoFeedsCarryOnce) {
    Store store;
    store.commit(poll(store.feed(0), at(60), {item("a", "alpha")}));
    Candidate copy = item("a", "alpha");
    copy.key = "guid:other";
    const auto report = store.commit(poll(store.feed(1), at(120), {copy}));
    EXPECT_EQ(report.added, 0);
    EXPECT_EQ(report.sighted, 1);
    EXPECT_EQ(store.value("SELECT count(*) FROM articles"), "1");
    EXPECT_THAT(store.rows("SELECT feed_id, key, article_id FROM sightings"),
                ElementsAre("1|guid:a|1", "2|guid:other|1"));
    EXPECT_THAT(store.rows(kChanges), ElementsAre("1|1|new|1", "2|1|sighted|2"));
    EXPECT_EQ(store.value("SELECT sighted FROM polls WHERE feed_id = 2"), "1");
    expect_sound(store);
}

TEST(Commit, FindsTheSameTextUnderAnotherUrl) {
    Store store;
    Candidate original = item("a", "a long text");
    original.article.text_hash = "t1";
    Candidate copy = item("b", "a long text");
    copy.article.text_hash = "t1";
    store.commit(poll(store.feed(0), at(60), {original}));
    EXPECT_EQ(store.commit(poll(store.feed(1), at(120), {copy})).sighted, 1);
    EXPECT_EQ(store.value("SELECT count(*) FROM articles"), "1");
}

TEST(Commit, KnowsALongTextThatStandsTwice) {
    Store store;
    const auto titled = [](const std::string& name, const std::string& text) {
        Candidate candidate = item(name, name);
        candidate.article.long_text_hash = text;
        return candidate;
    };
    bool found = false;
    bool repeats = false;
    static bool* seen[] = {&found, &repeats};
    const Judge look = [](const Candidate&, const Evidence& evidence) {
        *seen[0] = evidence.by_long_text.has_value();
        *seen[1] = evidence.long_text_repeats;
        return Verdict{.reason = "new"};
    };
    const auto brings = [&](const FeedState& feed, int second,
                            const std::vector<Candidate>& items) {
        store.commit(poll(feed, at(second), items), look);
        return std::pair{found, repeats};
    };
    EXPECT_EQ(brings(store.feed(0), 60, {titled("a", "l1")}), std::pair(false, false));
    EXPECT_EQ(brings(store.feed(1), 120, {titled("b", "l1")}), std::pair(true, false));
    EXPECT_EQ(brings(store.feed(1), 180, {titled("c", "l1")}), std::pair(true, true))
        << "twice in the store";
    EXPECT_EQ(brings(store.feed(0), 240, {titled("d", "l2"), titled("e", "l2")}),
              std::pair(true, true))
        << "twice in the document";
    EXPECT_EQ(brings(store.feed(0), 300, {titled("f", "")}), std::pair(false, false));
}

TEST(Commit, NeverFindsAnArticleByAUrlThatIdentifiesNothing) {
    Store store;
    Candidate first = item("a", "alpha");
    first.url_identifies = false;
    store.commit(poll(store.feed(0), at(60), {first}));
    Candidate second = item("a", "beta");
    second.key = "guid:b";
    EXPECT_EQ(store.commit(poll(store.feed(1), at(120), {second})).added, 1);
    EXPECT_EQ(store.value("SELECT group_concat(coalesce(url_key, 'NULL')) FROM articles"),
              "NULL,site.example/a");
}

TEST(Commit, KeepsTwoItemsOfOneDocumentApartWhateverTheyShare) {
    Store store;
    Candidate first = item("a", "same text");
    Candidate second = item("b", "same text");
    first.article.text_hash = second.article.text_hash = "t1";
    EXPECT_EQ(store.commit(poll(store.feed(0), at(60), {first, second})).added, 2);

    // Known to be held by an item that is in the document, though only as an unchanged one.
    Candidate third = item("c", "same text");
    third.article.text_hash = "t1";
    PollOutcome outcome = poll(store.feed(0), at(120), {third});
    outcome.reseen = {{.key = "guid:a", .position = 1}, {.key = "guid:b", .position = 2}};
    EXPECT_EQ(store.commit(outcome).added, 1);

    // The same item under a new key, its old key gone from the document: the same article.
    Candidate renamed = item("d", "same text");
    renamed.article.text_hash = "t1";
    const auto report = store.commit(poll(store.feed(0), at(180), {renamed}));
    EXPECT_EQ(report.added, 0);
    EXPECT_EQ(report.sighted, 0) << "the feed carried it before: nothing to tell";
    EXPECT_EQ(store.value("SELECT count(*) FROM changes"), "3");
    expect_sound(store);
}

TEST(Commit, LetsTwoPollsOfOneBatchSeeEachOther) {
    Store store;
    const std::vector<PollOutcome> batch{poll(store.feed(0), at(60), {item("a", "alpha")}),
                                         poll(store.feed(1), at(60), {item("a", "alpha")})};
    const auto reports = store.writer().commit(batch, simple_judge);
    ASSERT_EQ(reports.size(), 2U);
    EXPECT_EQ(reports[0].added, 1);
    EXPECT_EQ(reports[1].sighted, 1);
}

TEST(Commit, RevisesOnASightingWhenTheVerdictSaysSo) {
    Store store;
    store.commit(poll(store.feed(0), at(60), {item("a", "alpha")}));
    Candidate renamed = item("a", "alpha, edited");
    renamed.key = "guid:new";
    const auto report = store.commit(poll(store.feed(0), at(120), {renamed}),
                                     [](const Candidate&, const Evidence& evidence) {
                                         return Verdict{.kind = Verdict::Kind::sighted,
                                                        .article = evidence.by_url->id,
                                                        .revises = true,
                                                        .reason = "its guid changed"};
                                     });
    EXPECT_EQ(report.revised, 1);
    EXPECT_THAT(store.rows(kChanges), ElementsAre("1|1|new|1", "2|1|revised|1"));
    EXPECT_EQ(store.value("SELECT content_text FROM articles"), "alpha, edited");
    expect_sound(store);
}

TEST(Commit, UndoesABadOutcomeAloneAndLeavesNoGapInTheLog) {
    Store store;
    PollOutcome bad = poll(store.feed(0), at(60), {item("a", "alpha"), item("b", "beta")});
    bad.candidates[1].key = "";  // breaks a rule of the schema after the first item is written
    PollOutcome stranger = poll(store.feed(0), at(60), {item("x", "xi")});
    stranger.feed = 99;
    const std::vector<PollOutcome> batch{poll(store.feed(0), at(60), {item("c", "gamma")}), bad,
                                         stranger,
                                         poll(store.feed(1), at(60), {item("d", "delta")})};
    const auto reports = store.writer().commit(batch, simple_judge);
    ASSERT_EQ(reports.size(), 4U);
    EXPECT_FALSE(reports[0].error);
    ASSERT_TRUE(reports[1].error);
    EXPECT_THAT(message(*reports[1].error), HasSubstr("CHECK constraint failed"));
    EXPECT_EQ(reports[1].added, 0);
    ASSERT_TRUE(reports[2].error);
    EXPECT_FALSE(reports[3].error);
    EXPECT_THAT(store.rows("SELECT seq, kind, title FROM changes JOIN articles ON id = article_id"),
                ElementsAre("1|new|Title of c", "2|new|Title of d"));
    EXPECT_EQ(store.value("SELECT count(*) FROM polls"), "2");
    expect_sound(store);
}

TEST(Commit, ReportsAnErrorPerOutcomeWhenTheStoreCannotBeWritten) {
    Store store;
    SQLite::Database(store.path(), SQLite::OPEN_READWRITE).exec("DROP TABLE polls");
    const std::vector<PollOutcome> batch{poll(store.feed(0), at(60), {item("a", "alpha")}),
                                         poll(store.feed(1), at(60), {item("b", "beta")})};
    const auto reports = store.writer().commit(batch, simple_judge);
    ASSERT_EQ(reports.size(), 2U);
    EXPECT_TRUE(reports[0].error);
    EXPECT_TRUE(reports[1].error);
    EXPECT_EQ(store.value("SELECT count(*) FROM articles"), "0");
}

TEST(Commit, RenewsASightingOnlyWhenItsPlaceOrItsHourHasChanged) {
    Store store;
    store.commit(poll(store.feed(0), at(0), {item("a", "alpha"), item("b", "beta")}));
    const auto renew = [&](int seconds, int position) {
        PollOutcome outcome = poll(store.feed(0), at(seconds), {});
        outcome.reseen = {{.key = "guid:a", .position = position}};
        EXPECT_FALSE(store.commit(outcome).error);
        return store.value("SELECT position, last_seen_at FROM sightings WHERE key = 'guid:a'");
    };
    EXPECT_EQ(renew(600, 0), "0|2025-04-08T00:00:00Z");
    EXPECT_EQ(renew(1200, 1), "1|2025-04-08T00:20:00Z");
    EXPECT_EQ(renew(1800, 1), "1|2025-04-08T00:20:00Z");
    EXPECT_EQ(renew(4801, 1), "1|2025-04-08T01:20:01Z");
}

TEST(Commit, RefusesAPollWhoseEntryWasEditedMeanwhile) {
    Store store;
    const FeedState one = store.feed(0);
    const FeedState two = store.feed(1);
    store.apply({spec("https://one.example/moved", "one")}, at(30));
    const auto edited = store.commit(poll(one, at(60), {item("a", "alpha")}));
    ASSERT_TRUE(edited.error);
    EXPECT_THAT(message(*edited.error), HasSubstr("got another URL"));
    const auto removed = store.commit(poll(two, at(60), {item("b", "beta")}));
    ASSERT_TRUE(removed.error);
    EXPECT_THAT(message(*removed.error), HasSubstr("taken off the list"));
    EXPECT_EQ(store.value("SELECT count(*) FROM articles"), "0");
    EXPECT_EQ(store.value("SELECT count(*) FROM polls"), "0");
    EXPECT_THAT(store.rows("SELECT url, status, next_poll_at FROM feeds ORDER BY id"),
                ElementsAre("https://one.example/moved|active|NULL",
                            "https://two.example/feed|removed|NULL"));
}

TEST(Commit, KeepsTheOldSightingWhenItsKeyComesToMeanAnotherArticle) {
    Store store;
    store.commit(poll(store.feed(0), at(60), {item("a", "alpha")}));
    Candidate other = item("b", "beta");
    other.key = "guid:a";
    const auto reused = [](const Candidate&, const Evidence&) {
        return Verdict{.kind = Verdict::Kind::added, .reason = "its guid was reused"};
    };
    EXPECT_EQ(store.commit(poll(store.feed(0), at(120), {other}), reused).added, 1);
    EXPECT_THAT(store.rows("SELECT key, article_id, first_seen_at, reason FROM sightings"),
                ElementsAre("guid:a|2|2025-04-08T00:02:00Z|its guid was reused",
                            "was:1:guid:a|1|2025-04-08T00:01:00Z|not seen before"));
    EXPECT_EQ(store.value("SELECT item_count FROM feeds WHERE id = 1"), "1");
    expect_sound(store);
}

// What the judge was told last; a judge is a function without a state of its own.
Evidence told;  // NOLINT(cppcoreguidelines-avoid-non-const-global-variables)

Verdict listen(const Candidate& candidate, const Evidence& evidence) {
    told = evidence;
    return simple_judge(candidate, evidence);
}

TEST(Commit, TellsTheJudgeWhichFeedsWordsStand) {
    Store store;
    store.commit(poll(store.feed(0), at(60), {item("a", "alpha")}));
    store.commit(poll(store.feed(1), at(61), {item("a", "alpha")}), listen);
    ASSERT_TRUE(told.by_url);
    EXPECT_FALSE(told.by_url->from_this_feed);
    EXPECT_EQ(told.by_url->published_at, at(-3600));
    EXPECT_EQ(told.by_url->url, "https://site.example/a");

    store.commit(poll(store.feed(1), at(62), {item("a", "alpha")}), listen);
    ASSERT_TRUE(told.by_key);
    EXPECT_FALSE(told.by_key->from_this_feed);
    store.commit(poll(store.feed(0), at(63), {item("a", "alpha")}), listen);
    EXPECT_TRUE(told.by_key->from_this_feed);

    // The first leaves the list: the words are the second's, and a third's they are not.
    store.apply({spec("https://two.example/feed", "two"), spec("https://three.example/", "three")},
                at(70));
    store.commit(poll(store.feed(1), at(80), {item("a", "alpha")}), listen);
    EXPECT_FALSE(told.by_url->from_this_feed);
    store.commit(poll(store.feed(0), at(81), {item("a", "alpha")}), listen);
    EXPECT_TRUE(told.by_key->from_this_feed);
}

TEST(Commit, FindsTheNewestArticleOfAnAddressThatIsUsedAgain) {
    Store store;
    const auto always_new = [](const Candidate&, const Evidence&) { return Verdict{}; };
    store.commit(poll(store.feed(0), at(60), {item("a", "week one")}), always_new);
    Candidate second = item("a", "week two");
    second.key = "guid:a2";
    store.commit(poll(store.feed(0), at(120), {second}), always_new);
    store.commit(poll(store.feed(1), at(180), {item("a", "week two")}), listen);
    ASSERT_TRUE(told.by_url);
    EXPECT_EQ(told.by_url->id, 2);
}

TEST(Commit, StoresNoTimeThatCannotBeWritten) {
    Store store;
    Candidate odd = item("a", "alpha");
    odd.article.published_at = Time{Seconds{400'000'000'000}};
    EXPECT_FALSE(store.commit(poll(store.feed(0), at(60), {odd})).error);
    EXPECT_EQ(store.value("SELECT published_at FROM articles"), "NULL");
}

TEST(Commit, LetsTheDetailsFollowWhileTheWordsStay) {
    Store store;
    store.commit(poll(store.feed(0), at(60), {item("a", "alpha")}));
    store.commit(poll(store.feed(1), at(61), {item("a", "alpha")}));
    Candidate detailed = item("a", "alpha");
    detailed.article.image_url = "https://site.example/a.png";
    detailed.article.updated_at = at(90);
    detailed.article.enclosures[0].url = "https://site.example/fixed.mp3";
    detailed.article.authors.clear();
    // Not from a feed whose words these are not.
    EXPECT_FALSE(store.commit(poll(store.feed(1), at(120), {detailed})).error);
    EXPECT_EQ(store.value("SELECT image_url FROM articles"), "");
    EXPECT_EQ(store.commit(poll(store.feed(0), at(180), {detailed})).revised, 0);
    EXPECT_EQ(store.value("SELECT image_url, updated_at FROM articles"),
              "https://site.example/a.png|2025-04-08T00:01:30Z");
    EXPECT_THAT(store.rows("SELECT url FROM enclosures"),
                ElementsAre("https://site.example/fixed.mp3"));
    EXPECT_EQ(store.value("SELECT count(*) FROM authors"), "0");
    EXPECT_EQ(store.value("SELECT count(*) FROM categories"), "1");
    EXPECT_EQ(store.value("SELECT count(*) FROM changes"), "2");
    EXPECT_EQ(store.value("SELECT count(*) FROM revisions"), "0");
}

TEST(PruneArticles, PurgesTheOldestAndNeverTakesThemForNewAgain) {
    Store store;
    store.commit(poll(store.feed(0), at(0), {item("a", "alpha"), item("b", "beta")}));
    store.commit(poll(store.feed(0), at(60), {item("c", "gamma")}));
    store.commit(poll(store.feed(0), at(61), {item("a", "alpha, edited")}));
    EXPECT_EQ(store.prune_before(at(30), at(100)), 2);
    EXPECT_EQ(store.prune_before(at(30), at(102)), 0);
    EXPECT_THAT(store.rows("SELECT title FROM articles"), ElementsAre("Title of c"));
    EXPECT_THAT(
        store.rows("SELECT article_id, kind, feed_id, at FROM changes WHERE seq > 4"),
        ElementsAre("1|purged|NULL|2025-04-08T00:01:40Z", "2|purged|NULL|2025-04-08T00:01:40Z"));
    EXPECT_EQ(store.value("SELECT count(*) FROM authors"), "1");
    EXPECT_EQ(store.value("SELECT count(*) FROM revisions"), "0");
    expect_sound(store);

    PollOutcome later = poll(store.feed(0), at(200), {item("a", "alpha, edited again")});
    later.reseen = {{.key = "guid:b", .position = 1}};
    const auto report = store.commit(later);
    EXPECT_EQ(report.added + report.revised + report.sighted, 0);
    EXPECT_EQ(store.value("SELECT article_id, last_seen_at FROM sightings WHERE key = 'guid:a'"),
              "NULL|2025-04-08T00:03:20Z");
    // An id is never used again, not even that of the newest article.
    EXPECT_EQ(store.prune_before(at(300), at(301)), 1);
    store.commit(poll(store.feed(1), at(400), {item("d", "delta")}));
    EXPECT_EQ(store.value("SELECT id FROM articles"), "4");
    expect_sound(store);
}

TEST(PolledBetween, KnowsWhetherTheClockHasSaidTheLikeBefore) {
    Store store;
    store.commit(poll(store.feed(0), at(60), {}));
    EXPECT_TRUE(store.writer().polled_between(at(0), at(61)).value_or(false));
    EXPECT_FALSE(store.writer().polled_between(at(0), at(60)).value_or(true));
    EXPECT_FALSE(store.writer().polled_between(at(61), at(100)).value_or(true));
}

TEST(PrunePolls, DeletesTheOldestFirstAndNoMoreThanAsked) {
    Store store;
    for (int i = 0; i < 5; ++i)
        store.commit(poll(store.feed(0), at(60 * i), {}));
    EXPECT_EQ(store.writer().prune_polls(at(200), 3).value_or(-1), 3);
    EXPECT_EQ(store.writer().prune_polls(at(200), 3).value_or(-1), 1);
    EXPECT_THAT(store.rows("SELECT at FROM polls"), ElementsAre("2025-04-08T00:04:00Z"));
}

TEST(Commit, KeepsWhatWasLearnedOfTheRhythm) {
    Store store;
    PollOutcome outcome = poll(store.feed(0), at(60), {item("a", "alpha")});
    Rhythm rhythm;
    rhythm.seen_until = at(60);
    rhythm.window = 20;
    rhythm.moments = 7.5;
    rhythm.hours[9] = 2;
    outcome.state.rhythm = rhythm;
    outcome.state.silent_since = at(0);
    store.commit(outcome);
    const auto again = store.apply(
        {spec("https://one.example/feed", "one"), spec("https://two.example/feed", "two")}, at(90));
    EXPECT_EQ(again[0].rhythm, rhythm);
    EXPECT_EQ(again[0].silent_since, at(0));
    EXPECT_EQ(again[1].rhythm, std::nullopt);
    EXPECT_EQ(store.value("SELECT silent_since FROM feed_health WHERE name = 'one'"),
              format_utc(at(0)));
}

}  // namespace
}  // namespace feedd::test
