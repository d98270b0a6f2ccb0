// The whole machine: a list of feeds of every format on a real local server, polled with `once`
// into a real store, row by row.
#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/hash.h"
#include "config/load.h"
#include "service/once.h"
#include "support/feed_maker.h"
#include "support/http_server.h"
#include "support/temp_dir.h"

namespace feedd::test {
namespace {

using Rows = std::vector<std::vector<std::string>>;

constexpr int kPerFormat = 7;  // × 8 formats = 56 feeds
constexpr int kItems = 3;      // in each

// A feed on the server: what it serves is what the test last set.
struct Served {
    std::string name;
    MadeFormat format = MadeFormat::rss20;
    std::vector<MadeItem> items;
};

class EndToEnd : public ::testing::Test {
  protected:
    EndToEnd() {
        int number = 0;
        for (const MadeFormat format : kMadeFormats) {
            for (int i = 0; i < kPerFormat; ++i)
                add_feed(format, ++number);
        }
        write_list();
    }

    void add_feed(MadeFormat format, int number) {
        Served feed{.name = fmt::format("{}-{}", name(format), number), .format = format};
        for (int i = 1; i <= kItems; ++i)
            feed.items.push_back(item_of(feed.name, i));
        feeds_.push_back(feed);
        serve(feeds_.back());
    }

    static MadeItem item_of(const std::string& feed, int i) {
        return {.guid = fmt::format("urn:{}:{}", feed, i),
                .link = fmt::format("http://{}.example/post/{}", feed, i),
                .title = fmt::format("Story {} of {}: Cafés & <more>", i, feed),
                .text = fmt::format("What happened in {} on day {}, told at length.", feed, i),
                .byline = fmt::format("By Ann Number{} and Bob Ray", i),
                .date = fmt::format("2025-04-0{}T01:02:03Z", i),
                .enclosure = fmt::format("http://{}.example/audio/{}.mp3", feed, i)};
    }

    // ETag by content, 304 when it is echoed.
    void serve(const Served& feed) {
        const std::string body = made_feed(feed.format, "Feed " + feed.name,
                                           "http://" + feed.name + ".example/", feed.items);
        const std::string etag = "\"" + digest_of(body) + "\"";
        const std::string type(content_type(feed.format));
        server_.route("/" + feed.name, [body, etag, type](const HttpRequest& request) {
            const std::string* known = request.header("If-None-Match");
            if (known != nullptr && *known == etag) {
                return HttpResponse{.status = 304, .headers = {{"ETag", etag}}};
            }
            return HttpResponse{.headers = {{"ETag", etag}, {"Content-Type", type}}, .body = body};
        });
    }

    void write_list() {
        std::string list =
            "fetch:\n  allow_private_addresses: true\n  per_host: 8\n"
            "defaults:\n  interval: 1h\nfeeds:\n";
        for (const Served& feed : feeds_) {
            list += fmt::format("  - url: {}\n    name: {}\n    tags: [{}]\n",
                                server_.url("/" + feed.name), feed.name, name(feed.format));
        }
        list_ = directory_.write("feeds.yaml", list);
    }

    PollTotals once(bool all = true) {
        auto config = load_config(list_, [](const std::string&) { return std::nullopt; });
        if (!config) {
            ADD_FAILURE() << message(config.error().front());
            return {};
        }
        const auto result = run_once(std::move(*config), db(), {.all = all}, {});
        if (!result) {
            ADD_FAILURE() << message(result.error());
            return {};
        }
        return result->totals;
    }

    [[nodiscard]] std::string db() const { return directory_.path("feedd.db"); }

    [[nodiscard]] Rows rows(const std::string& sql) const {
        const SQLite::Database store(db());
        SQLite::Statement query(store, sql);
        Rows all;
        while (query.executeStep()) {
            std::vector<std::string> row;
            for (int i = 0; i < query.getColumnCount(); ++i) {
                row.push_back(query.getColumn(i).isNull() ? "NULL"
                                                          : query.getColumn(i).getString());
            }
            all.push_back(std::move(row));
        }
        return all;
    }

    [[nodiscard]] std::string value(const std::string& sql) const { return rows(sql).at(0).at(0); }

    Served& feed(const std::string& wanted) {
        return *std::find_if(feeds_.begin(), feeds_.end(),
                             [&](const Served& each) { return each.name == wanted; });
    }

    TempDir directory_;
    HttpServer server_;
    std::vector<Served> feeds_;
    std::string list_;
};

TEST_F(EndToEnd, StoresExactlyTheArticlesOfFiftySixFeedsOfEveryFormat) {
    const PollTotals totals = once();
    EXPECT_EQ(totals.polls, feeds_.size());
    EXPECT_EQ(totals.failed, 0U);

    Rows articles;
    Rows sightings;
    Rows authors;
    Rows enclosures;
    for (const Served& each : feeds_) {
        const Abilities can = abilities(each.format);
        for (int i = 0; i < kItems; ++i) {
            const MadeItem& item = each.items[static_cast<std::size_t>(i)];
            articles.push_back({item.link, item.title, item.text, can.date ? item.date : "NULL"});
            sightings.push_back(
                {each.name, can.guid ? item.guid : "", item.link, std::to_string(i)});
            if (can.author) {
                authors.push_back({item.link, "1", fmt::format("Ann Number{}", i + 1)});
                authors.push_back({item.link, "2", "Bob Ray"});
            }
            if (can.enclosure) {
                enclosures.push_back({item.link, item.enclosure, "audio/mpeg", "1234"});
            }
        }
    }
    using ::testing::UnorderedElementsAreArray;
    EXPECT_THAT(rows("SELECT url, title, content_text, published_at FROM articles"),
                UnorderedElementsAreArray(articles));
    EXPECT_THAT(rows("SELECT f.name, s.guid, a.url, s.position FROM sightings s "
                     "JOIN feeds f ON f.id = s.feed_id JOIN articles a ON a.id = s.article_id"),
                UnorderedElementsAreArray(sightings));
    EXPECT_THAT(rows("SELECT a.url, p.position, p.name FROM authors p "
                     "JOIN articles a ON a.id = p.article_id"),
                UnorderedElementsAreArray(authors));
    EXPECT_THAT(rows("SELECT a.url, e.url, e.type, e.length FROM enclosures e "
                     "JOIN articles a ON a.id = e.article_id"),
                UnorderedElementsAreArray(enclosures));
    const std::string count = std::to_string(articles.size());
    EXPECT_EQ(rows("SELECT kind, count(*), min(seq), max(seq), count(DISTINCT article_id) "
                   "FROM changes GROUP BY kind"),
              (Rows{{"new", count, "1", count, count}}));
    EXPECT_EQ(rows("SELECT outcome, sum(new), count(*) FROM polls GROUP BY outcome"),
              (Rows{{"ok", count, std::to_string(feeds_.size())}}));
    EXPECT_EQ(rows("SELECT count(*) FROM feeds WHERE last_success_at = last_polled_at AND "
                   "last_new_at = last_polled_at AND next_poll_at > last_polled_at AND "
                   "title = 'Feed ' || name AND status = 'active'"),
              (Rows{{std::to_string(feeds_.size())}}));
    EXPECT_EQ(value("SELECT count(*) FROM article_search WHERE article_search MATCH 'cafes'"),
              count);
}

TEST_F(EndToEnd, ASecondRoundIsAllNotModifiedAndChangesNothing) {
    once();
    const Rows before = rows("SELECT * FROM changes");
    const Rows sightings = rows("SELECT * FROM sightings");
    const PollTotals totals = once();
    EXPECT_EQ(totals.polls, feeds_.size());
    EXPECT_EQ(totals.added + totals.revised + totals.sighted, 0);
    EXPECT_EQ(value("SELECT count(*) FROM polls WHERE outcome = 'not_modified' AND "
                    "http_status = 304 AND new = 0"),
              std::to_string(feeds_.size()));
    EXPECT_EQ(rows("SELECT * FROM changes"), before);
    EXPECT_EQ(rows("SELECT * FROM sightings"), sightings);
}

TEST_F(EndToEnd, AnEditedItemIsExactlyOneRevision) {
    once();
    Served& edited = feed("atom10-36");
    const MadeItem old = edited.items[1];
    edited.items[1].title = "Corrected: " + old.title;
    edited.items[1].text = "It was otherwise.";
    serve(edited);
    const PollTotals totals = once();
    EXPECT_EQ(totals.added, 0);
    EXPECT_EQ(totals.revised, 1);
    EXPECT_EQ(
        rows("SELECT a.url, r.number, r.title, r.content_text, a.title, a.content_text "
             "FROM revisions r JOIN articles a ON a.id = r.article_id"),
        (Rows{{old.link, "1", old.title, old.text, edited.items[1].title, edited.items[1].text}}));
    EXPECT_EQ(rows("SELECT kind, count(*) FROM changes WHERE kind <> 'new' GROUP BY kind"),
              (Rows{{"revised", "1"}}));
    // The index has the new words and not the old ones.
    EXPECT_EQ(value("SELECT count(*) FROM article_search WHERE article_search MATCH 'otherwise'"),
              "1");
    once();
    EXPECT_EQ(value("SELECT count(*) FROM revisions"), "1");
}

TEST_F(EndToEnd, AnItemCrossPostedWithTrackingParametersIsOneArticleSeenTwice) {
    once();
    const int before = std::stoi(value("SELECT count(*) FROM articles"));
    MadeItem shared = feed("rss20-15").items[0];
    const std::string link = shared.link;
    shared.guid = "a guid of the other feed";
    shared.link += "?utm_source=other&utm_medium=rss&utm_campaign=x";
    Served& other = feed("json11-50");
    other.items.insert(other.items.begin(), shared);
    serve(other);
    const PollTotals totals = once();
    EXPECT_EQ(totals.added, 0);
    EXPECT_EQ(totals.revised, 0);
    EXPECT_EQ(totals.sighted, 1);
    EXPECT_EQ(std::stoi(value("SELECT count(*) FROM articles")), before);
    EXPECT_EQ(rows("SELECT f.name, s.guid FROM sightings s JOIN feeds f ON f.id = s.feed_id "
                   "JOIN articles a ON a.id = s.article_id WHERE a.url = '" +
                   link + "' ORDER BY f.name"),
              (Rows{{"json11-50", "a guid of the other feed"}, {"rss20-15", "urn:rss20-15:1"}}));
    EXPECT_EQ(rows("SELECT kind, count(*) FROM changes WHERE kind <> 'new' GROUP BY kind"),
              (Rows{{"sighted", "1"}}));
}

TEST_F(EndToEnd, WhatIsNotDueIsNotAskedAgain) {
    once(false);
    const auto asked = server_.requests().size();
    EXPECT_EQ(asked, feeds_.size());
    EXPECT_EQ(once(false).polls, 0U);
    EXPECT_EQ(server_.requests().size(), asked);
}

TEST_F(EndToEnd, AFeedThatFailsKeepsItsArticlesAndSaysWhy) {
    once();
    server_.route("/rss20-15", HttpResponse{.status = 500});
    const PollTotals totals = once();
    EXPECT_EQ(totals.failed, 1U);
    EXPECT_EQ(rows("SELECT status, failures, last_error, etag IS NOT NULL FROM feeds "
                   "WHERE name = 'rss20-15'"),
              (Rows{{"failing", "1", "HTTP 500 Internal Server Error", "1"}}));
    EXPECT_EQ(rows("SELECT outcome, error_class, http_status FROM polls WHERE outcome = 'failed'"),
              (Rows{{"failed", "http", "500"}}));
    serve(feed("rss20-15"));
    once();
    EXPECT_EQ(rows("SELECT status, failures FROM feeds WHERE name = 'rss20-15'"),
              (Rows{{"active", "0"}}));
}

TEST_F(EndToEnd, APageInPlaceOfAFeedIsRefusedWithTheFeedThatItNames) {
    server_.route("/rss20-15",
                  HttpResponse{.body = "<!DOCTYPE html><html><title>Blog</title>"
                                       "<link rel=alternate type=application/rss+xml href=/f>"});
    once();
    EXPECT_EQ(value("SELECT last_error FROM feeds WHERE name = 'rss20-15'"),
              "not a feed: this is an HTML page ('Blog') (it links to the feed " +
                  server_.url("/f") + ")");
}

}  // namespace
}  // namespace feedd::test
