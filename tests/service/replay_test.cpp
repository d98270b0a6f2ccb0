// The archive read again: into an empty store, and against the store that it is of.
#include "service/replay.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "dedup/judge.h"
#include "service/pipeline.h"
#include "store/open.h"
#include "support/feed_maker.h"
#include "support/temp_dir.h"

namespace feedd::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

const Time kBegin = *parse_utc("2025-04-08T00:00:00Z");

Time hour(int hours) {
    return kBegin + std::chrono::hours{hours};
}

MadeItem made(const std::string& site, int i, const std::string& more = {}) {
    return {.guid = fmt::format("urn:{}:{}", site, i),
            .link = fmt::format("https://{}.example/{}", site, i),
            .title = fmt::format("What {} says on day {}{}", site, i, more),
            .text = fmt::format("It was told by {} at some length, for the time number {}.{}", site,
                                i, more),
            .byline = fmt::format("Ann Number{}", i),
            .date = fmt::format("2025-04-{:02}T01:02:03Z", 1 + i % 7),
            .enclosure = fmt::format("https://{}.example/{}.mp3", site, i)};
}

class Replay : public ::testing::Test {
  protected:
    Replay() : path_(directory_.path("feedd.db")), writer_(*open_writer(path_)) {
        int number = 0;
        for (const MadeFormat format : kMadeFormats) {
            FeedSpec spec{.url = fmt::format("https://feed{}.example/", number),
                          .name = fmt::format("feed{}", number),
                          .archive = true};
            ++number;
            formats_.push_back(format);
            specs_.push_back(std::make_shared<FeedSpec>(spec));
        }
        reader_ = *open_reader(path_);
        apply_list();
    }

    void apply_list() {
        std::vector<FeedSpec> list;
        for (const auto& spec : specs_)
            list.push_back(*spec);
        states_ = writer_->apply_list(list, kBegin).value();
    }

    // A poll of the feed that is answered with these items, archived or not.
    PollReport poll(std::size_t feed, Time when, const std::vector<MadeItem>& items,
                    bool archive = true) {
        auto spec = std::make_shared<FeedSpec>(*specs_[feed]);
        spec->archive = archive;
        Response response{.status = 200, .url = spec->url};
        response.headers = {{"Content-Type", std::string(content_type(formats_[feed]))}};
        response.body = made_feed(formats_[feed], "Feed", spec->url, items);
        response.at = when;
        std::vector<PollOutcome> outcomes;
        outcomes.push_back(outcome_of(
            {.spec = spec, .state = states_[feed], .response = std::move(response)}, *reader_));
        EXPECT_EQ(outcomes[0].document.has_value(),
                  archive && outcomes[0].result != PollResult::unchanged);
        PollReport report = writer_->commit(outcomes, judge)[0];
        EXPECT_FALSE(report.error) << message(*report.error);
        states_[feed] = outcomes[0].state;
        return report;
    }

    // Windows of five items move on; some are edited, others carried by two feeds.
    void publish(int from, int to) {
        for (int round = from; round < to; ++round) {
            for (std::size_t feed = 0; feed < specs_.size(); ++feed) {
                const std::string site = feed == 7 ? "feed1" : fmt::format("feed{}", feed);
                std::vector<MadeItem> items;
                for (int i = round + 4; i >= round; --i)
                    items.push_back(made(site, i, i % 4 == 0 && round % 3 == 0 ? " (edited)" : ""));
                poll(feed, hour(round) + Seconds{static_cast<int>(feed)}, items);
            }
        }
    }

    [[nodiscard]] std::vector<std::string> rows(const std::string& path,
                                                const std::string& sql) const {
        const SQLite::Database store(path);
        SQLite::Statement query(store, sql);
        std::vector<std::string> all;
        while (query.executeStep()) {
            std::string row;
            for (int i = 0; i < query.getColumnCount(); ++i) {
                row += query.getColumn(i).isNull() ? "NULL" : query.getColumn(i).getString();
                row += '|';
            }
            all.push_back(std::move(row));
        }
        return all;
    }
    [[nodiscard]] std::vector<std::string> rows(const std::string& sql) const {
        return rows(path_, sql);
    }
    void execute(const std::string& sql) const {
        SQLite::Database(path_, SQLite::OPEN_READWRITE).exec(sql);
    }

    struct Outcome {
        ReplayTotals totals;
        std::vector<ReplayedArticle> articles;
        std::vector<LostItem> lost;
    };
    Outcome replay(bool apply = false, const ReplayRequest& request = {}) {
        Outcome out;
        const TempDir scratch;
        const auto rebuilt = rebuild(*reader_, scratch.path("made.db"), request);
        EXPECT_TRUE(rebuilt) << message(rebuilt.error());
        const auto totals =
            compare(*reader_, **open_reader(scratch.path("made.db")), *rebuilt,
                    {.article = [&](const ReplayedArticle& one) { out.articles.push_back(one); },
                     .lost = [&](const LostItem& one) { out.lost.push_back(one); }},
                    apply ? writer_.get() : nullptr, hour(1000));
        EXPECT_TRUE(totals) << message(totals.error());
        out.totals = totals.value_or(ReplayTotals{});
        return out;
    }

    void expect_nothing(const Outcome& outcome) {
        EXPECT_THAT(outcome.articles, IsEmpty());
        EXPECT_THAT(outcome.lost, IsEmpty());
        EXPECT_EQ(outcome.totals.added + outcome.totals.revised + outcome.totals.found, 0);
    }

    void expect_sound() {
        while (writer_->index_articles(1000).value_or(0) > 0) {
        }
        const auto findings = check_store(path_);
        ASSERT_TRUE(findings) << message(findings.error());
        EXPECT_THAT(*findings, IsEmpty());
    }

    TempDir directory_;
    std::string path_;
    std::unique_ptr<StoreWriter> writer_;
    std::unique_ptr<StoreReader> reader_;
    std::vector<MadeFormat> formats_;
    std::vector<std::shared_ptr<FeedSpec>> specs_;
    std::vector<FeedState> states_;
};

TEST_F(Replay, IntoAnEmptyStoreGivesWhatPollingGave) {
    publish(0, 12);
    const std::string into = directory_.path("again.db");
    const auto rebuilt = rebuild(*reader_, into, {});
    ASSERT_TRUE(rebuilt) << message(rebuilt.error());
    EXPECT_EQ(rebuilt->totals.documents, 12 * 8);
    EXPECT_EQ(rebuilt->totals.unreadable + rebuilt->totals.damaged, 0);
    for (const char* sql :
         {"SELECT * FROM articles ORDER BY id", "SELECT * FROM authors", "SELECT * FROM enclosures",
          "SELECT * FROM revisions", "SELECT * FROM changes", "SELECT * FROM sightings",
          "SELECT id, listed_url, title, guid_trust, item_count, last_new_at, body_hash FROM "
          "feeds"}) {
        EXPECT_THAT(rows(sql), testing::Not(IsEmpty())) << sql;
        EXPECT_EQ(rows(into, sql), rows(sql)) << sql;
    }
    const auto findings = check_store(into);
    ASSERT_TRUE(findings);
    EXPECT_THAT(*findings, IsEmpty());
    EXPECT_FALSE(rebuild(*reader_, into, {}));  // it is there already
}

TEST_F(Replay, ByTheSameParserChangesNothing) {
    publish(0, 12);
    const auto changes = rows("SELECT * FROM changes");
    const Outcome outcome = replay(true);
    expect_nothing(outcome);
    EXPECT_GT(outcome.totals.unchanged, 100);
    EXPECT_EQ(outcome.totals.newer + outcome.totals.others + outcome.totals.purged, 0);
    EXPECT_EQ(rows("SELECT * FROM changes"), changes);
}

// Whatever part of the archive is left: what it cannot tell of stays as it is.
TEST_F(Replay, OfAnArchiveWithoutItsBeginningChangesNothing) {
    publish(0, 40);
    for (int pruned = 0; pruned < 3; ++pruned) {
        EXPECT_GT(writer_
                      ->prune_archive({.max_age = std::nullopt,
                                       .max_size = static_cast<std::uint64_t>(
                                           std::stoll(rows("SELECT packed_bytes - 1 FROM "
                                                           "archive_totals")[0]))},
                                      1, hour(100))
                      .value_or(0),
                  0);
        expect_nothing(replay());
    }
    expect_nothing(replay(false, {.feeds = {"feed2", "feed5"}, .since = hour(30)}));
}

// What an older parser had made otherwise.
TEST_F(Replay, WritesWhatTodaysParserReadsOnceAndKeepsWhatWasSaid) {
    publish(0, 6);
    const auto right = rows("SELECT * FROM articles ORDER BY id");
    const auto people = rows("SELECT * FROM authors");
    const auto items = rows("SELECT feed_id, key, first_seen_at FROM sightings ORDER BY 1, 2");
    execute(R"sql(
UPDATE articles SET title = 'Wh&aacute;t', content_hash = 'old', published_at = NULL WHERE id = 11;
UPDATE articles SET content_html = '<p>cut' WHERE id = 12;
DELETE FROM authors WHERE article_id = 13;
)sql");
    const Outcome report = replay();
    EXPECT_THAT(report.articles, SizeIs(3));
    EXPECT_EQ(report.totals.revised, 3);
    ASSERT_FALSE(report.articles.empty());
    const ReplayedArticle& first = report.articles[0];
    EXPECT_EQ(first.id, 11);
    ASSERT_EQ(first.fields.size(), 2U);
    EXPECT_EQ(first.fields[0].field, "title");
    EXPECT_EQ(first.fields[1].field, "published_at");
    EXPECT_EQ(first.fields[1].before, "");
    EXPECT_NE(rows("SELECT * FROM articles ORDER BY id"), right);  // it was only a report

    EXPECT_EQ(replay(true).totals.revised, 3);
    EXPECT_EQ(rows("SELECT * FROM articles ORDER BY id"), right);
    EXPECT_EQ(rows("SELECT * FROM authors"), people);
    EXPECT_EQ(rows("SELECT feed_id, key, first_seen_at FROM sightings ORDER BY 1, 2"), items);
    EXPECT_THAT(rows("SELECT article_id, kind, feed_id, at FROM changes WHERE feed_id IS NULL"),
                ElementsAre("11|revised|NULL|2025-05-19T16:00:00Z|",
                            "12|revised|NULL|2025-05-19T16:00:00Z|",
                            "13|revised|NULL|2025-05-19T16:00:00Z|"));
    EXPECT_THAT(rows("SELECT article_id, title FROM revisions WHERE replaced_at >= '2025-05'"),
                SizeIs(2));
    const auto changes = rows("SELECT * FROM changes");
    expect_nothing(replay(true));
    EXPECT_EQ(rows("SELECT * FROM changes"), changes);
    expect_sound();
}

// Items that an older parser had lost.
TEST_F(Replay, BringsArticlesThatWereNotFoundAsOfThePast) {
    publish(0, 3);
    const auto right =
        rows("SELECT url, title, first_seen_at, content_html FROM articles ORDER BY url");
    const auto items =
        rows("SELECT feed_id, key, first_seen_at, last_seen_at FROM sightings ORDER BY 1, 2");
    const auto counts = rows("SELECT item_count FROM feeds");
    while (writer_->index_articles(1000).value_or(0) > 0) {
    }
    writer_.reset();
    execute(R"sql(
INSERT INTO article_search (article_search, rowid, title, content_text)
    SELECT 'delete', id, title, content_text FROM articles WHERE id = 2;
PRAGMA foreign_keys = ON;
CREATE TEMP TABLE kept AS SELECT * FROM changes WHERE article_id <> 2;
DELETE FROM changes;
INSERT INTO changes (seq, article_id, kind, feed_id, at)
    SELECT row_number() OVER (ORDER BY seq), article_id, kind, feed_id, at FROM kept;
DELETE FROM sightings WHERE article_id = 2;
DELETE FROM articles WHERE id = 2;
UPDATE feeds SET item_count = item_count - 1 WHERE id = 1;
)sql");
    writer_ = *open_writer(path_);
    expect_sound();
    const Outcome report = replay();
    ASSERT_THAT(report.articles, SizeIs(1));
    EXPECT_EQ(report.articles[0].kind, ReplayedArticle::Kind::added);
    EXPECT_EQ(report.articles[0].feed, "feed0");

    EXPECT_EQ(replay(true).totals.added, 1);
    EXPECT_EQ(rows("SELECT url, title, first_seen_at, content_html FROM articles ORDER BY url"),
              right);
    EXPECT_EQ(rows("SELECT feed_id, key, first_seen_at, last_seen_at FROM sightings ORDER BY 1, 2"),
              items);
    EXPECT_EQ(rows("SELECT item_count FROM feeds"), counts);
    expect_sound();
    expect_nothing(replay(true));
    // Nor does the next poll take anything for new.
    EXPECT_EQ(poll(0, hour(50), {made("feed0", 2), made("feed0", 3)}).added, 0);
}

TEST_F(Replay, LeavesAloneWhatTheArchiveKnowsLessOf) {
    publish(0, 3);
    // Another state of it came while the archive was off.
    poll(0, hour(10), {made("feed0", 4, " (later)")}, false);
    expect_nothing(replay());
    EXPECT_EQ(replay().totals.newer, 1);
    // Retention has deleted these.
    RetentionPlace place;
    while (place.stage != RetentionPlace::Stage::done) {
        ASSERT_TRUE(writer_->prune_articles(
            {.feeds = {{states_[2].id, {.count = 2}}}, .others = {}, .keep_tags = {}}, place, 100,
            hour(11)));
    }
    const Outcome outcome = replay(true);
    expect_nothing(outcome);
    EXPECT_GT(outcome.totals.purged, 0);
    // These are another feed's by now.
    specs_.erase(specs_.begin() + 1);
    formats_.erase(formats_.begin() + 1);
    apply_list();
    execute("UPDATE articles SET title = 'other' WHERE first_feed_id = 2");
    EXPECT_GT(replay().totals.others, 0);
    EXPECT_THAT(replay().articles, IsEmpty());
}

TEST_F(Replay, TellsOfItemsThatAreFoundNoMore) {
    publish(0, 3);
    execute(R"sql(
INSERT INTO articles (id, first_feed_id, first_seen_at, url, link, title, language, image_url,
    comments_url, content_hash, summary_html, content_html, content_text)
    SELECT 1000, first_feed_id, first_seen_at, 'u', '', 'ghost', '', '', '', 'x', '', '', ''
    FROM articles WHERE id = 1;
INSERT INTO sightings (feed_id, key, article_id, item_hash, position, first_seen_at, last_seen_at,
    guid, url, reason)
    SELECT feed_id, 'guid:ghost', 1000, 0, 9, first_seen_at, last_seen_at, '', '', ''
    FROM sightings WHERE article_id = 1 LIMIT 1;
)sql");
    const Outcome outcome = replay(true);
    ASSERT_THAT(outcome.lost, SizeIs(1));
    EXPECT_EQ(outcome.lost[0].id, 1000);
    EXPECT_EQ(outcome.lost[0].key, "guid:ghost");
    EXPECT_THAT(outcome.articles, IsEmpty());
    EXPECT_THAT(rows("SELECT title FROM articles WHERE id = 1000"), ElementsAre("ghost|"));
}

TEST_F(Replay, ReadsAgainWhatWasNoFeedAndPassesOverWhatIsDamaged) {
    Response page{.status = 200, .url = specs_[0]->url, .body = "<html><p>a wall</p></html>"};
    page.at = hour(1);
    std::vector<PollOutcome> outcomes;
    outcomes.push_back(
        outcome_of({.spec = specs_[0], .state = states_[0], .response = page}, *reader_));
    EXPECT_EQ(outcomes[0].result, PollResult::failed);
    ASSERT_FALSE(writer_->commit(outcomes, judge)[0].error);
    poll(1, hour(2), {made("feed1", 1)});
    poll(2, hour(2), {made("feed2", 1)});
    execute("UPDATE archive_bodies SET packed = zeroblob(packed_size) WHERE id = 3");
    const Outcome outcome = replay();
    expect_nothing(outcome);
    EXPECT_EQ(outcome.totals.documents, 3);
    EXPECT_EQ(outcome.totals.unreadable, 1);
    EXPECT_EQ(outcome.totals.damaged, 1);
}

}  // namespace
}  // namespace feedd::test
