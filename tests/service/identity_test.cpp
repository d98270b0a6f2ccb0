// What becomes of items whose feeds are re-issued, moved, edited and cut: scripts of documents on a
// real server, polled with `once` into a real store.
#include <algorithm>
#include <string>
#include <vector>

#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config/load.h"
#include "service/once.h"
#include "store/open.h"
#include "support/feed_maker.h"
#include "support/http_server.h"
#include "support/temp_dir.h"

namespace feedd::test {
namespace {

using Items = std::vector<MadeItem>;

// Item `number` of a site: the higher the later, an hour apart.
MadeItem item(int number, const std::string& site = "http://old.example") {
    return {.guid = fmt::format("{}/?p={}", site, number),
            .link = fmt::format("{}/posts/{}", site, number),
            .title = fmt::format("Report number {}", number),
            .text = fmt::format("What happened on day {}.", number),
            .byline = {},
            .date = fmt::format("2025-04-{:02}T{:02}:00:00Z", 1 + number / 24, number % 24),
            .enclosure = {}};
}

// The newest first.
Items items(int newest, int count, const std::string& site = "http://old.example") {
    Items all;
    for (int i = 0; i < count; ++i)
        all.push_back(item(newest - i, site));
    return all;
}

class Identity : public ::testing::Test {
  protected:
    Identity() { list("n"); }

    // A feed for each letter.
    void list(const std::string& names) {
        std::string text = "fetch:\n  allow_private_addresses: true\nfeeds:\n";
        for (const char name : names) {
            text += fmt::format("  - url: {}\n    name: {}\n",
                                server_.url(fmt::format("/{}", name)), name);
        }
        list_ = directory_.write("feeds.yaml", text);
    }

    // Polls once, the feed being this.
    void poll(const Items& items, int status = 200) {
        serve("/n", made_feed(MadeFormat::rss20, "News", "http://old.example/", items), status);
        once();
    }
    void serve(const std::string& path, const std::string& body, int status = 200) {
        HttpResponse response{.headers = {{"Content-Type", "application/rss+xml"}}, .body = body};
        response.status = status;
        server_.route(path, response);
    }
    void once() {
        auto config = load_config(list_, [](const std::string&) { return std::nullopt; });
        ASSERT_TRUE(config);
        ASSERT_TRUE(run_once(std::move(*config), db(), {.all = true}, {}));
    }

    [[nodiscard]] std::string db() const { return directory_.path("feedd.db"); }
    [[nodiscard]] std::string value(const std::string& sql) const {
        const SQLite::Database store(db());
        SQLite::Statement query(store, sql);
        std::vector<std::string> values;
        while (query.executeStep())
            values.push_back(query.getColumn(0).isNull() ? "NULL" : query.getColumn(0).getString());
        return fmt::format("{}", fmt::join(values, " "));
    }
    [[nodiscard]] int articles() const { return std::stoi(value("SELECT count(*) FROM articles")); }
    // How many entries of each kind the change log has got since the last call.
    std::string changes() {
        const std::string found = value(
            fmt::format("SELECT count(*) || ' ' || kind || iif(backfill, ', old', '') FROM changes "
                        "WHERE seq > {} GROUP BY kind, backfill ORDER BY 1",
                        seen_));
        seen_ = std::stoi(value("SELECT coalesce(max(seq), 0) FROM changes"));
        return found;
    }

    TempDir directory_;
    HttpServer server_;
    std::string list_;
    int seen_ = 0;
};

// A feed that re-issues itself: the same ten items, but for what `changed` makes of them.
struct Reissue {
    const char* name;
    void (*changed)(MadeItem&, int poll);
};
void PrintTo(const Reissue& reissue, std::ostream* out) {
    *out << reissue.name;
}

class Reissued : public Identity, public ::testing::WithParamInterface<Reissue> {};

TEST_P(Reissued, BringsNothingNew) {
    for (int count = 0; count < 4; ++count) {
        Items all = items(30, 10);
        for (MadeItem& one : all)
            GetParam().changed(one, count);
        poll(all);
        EXPECT_EQ(articles(), 10) << "poll " << count + 1;
    }
    EXPECT_EQ(value("SELECT count(*) FROM changes WHERE kind = 'new'"), "10");
    EXPECT_EQ(value("SELECT count(*) FROM changes WHERE kind = 'withdrawn'"), "0");
    Items next = items(31, 10);
    for (MadeItem& one : next)
        GetParam().changed(one, 3);
    poll(next);
    EXPECT_EQ(articles(), 11) << "and what is new is seen";
}

INSTANTIATE_TEST_SUITE_P(
    Feeds, Reissued,
    ::testing::Values(
        Reissue{"new guids at every poll",
                [](MadeItem& item, int poll) { item.guid += fmt::format("&r={}", poll); }},
        Reissue{"new guids at every poll, no links",
                [](MadeItem& item, int poll) {
                    item.guid = fmt::format("{}-{}", poll, item.title);
                    item.link.clear();
                }},
        Reissue{"one guid for all", [](MadeItem& item, int) { item.guid = "the only one"; }},
        Reissue{"no guids", [](MadeItem& item, int) { item.guid.clear(); }},
        Reissue{"guids in http and https by turns, no links",
                [](MadeItem& item, int poll) {
                    if (poll % 2 == 1) item.guid.replace(0, 4, "https");
                    item.link.clear();
                }},
        Reissue{"guids with and without a slash by turns, no links",
                [](MadeItem& item, int poll) {
                    item.guid = item.link + (poll % 2 == 1 ? "/" : "");
                    item.link.clear();
                }},
        Reissue{"a session in every link, no guids",
                [](MadeItem& item, int poll) {
                    item.guid.clear();
                    item.link += fmt::format(";jsessionid={}A?utm_source=rss{}", poll, poll);
                }},
        Reissue{"a session that no table knows in every link, no guids",
                [](MadeItem& item, int poll) {
                    item.guid.clear();
                    item.link += fmt::format("?zz={}", poll);
                }},
        Reissue{"a new host at the third poll",
                [](MadeItem& item, int poll) {
                    if (poll < 2) return;
                    item.guid.replace(0, 18, "https://new.example");
                    item.link.replace(0, 18, "https://new.example");
                }},
        Reissue{"a new host, and all dates lost",
                [](MadeItem& item, int poll) {
                    item.date.clear();
                    if (poll < 2) return;
                    item.guid.replace(0, 18, "https://new.example");
                    item.link.replace(0, 18, "https://new.example");
                }},
        Reissue{"a new host, and all texts cut in another way",
                [](MadeItem& item, int poll) {
                    if (poll < 2) return;
                    item.guid.replace(0, 18, "https://new.example");
                    item.link.replace(0, 18, "https://new.example");
                    item.text += " More at our new home.";
                }},
        Reissue{"new software: every guid and every address", [](MadeItem& item, int poll) {
                    if (poll < 2) return;
                    item.link = "https://new.example/node/" + std::to_string(item.title.size()) +
                                item.date.substr(5, 8);
                    item.guid = "node " + item.date;
                }}));

TEST_F(Identity, KnowsTheArchiveAgainThatNewSoftwareShowsAtOnce) {
    poll(items(30, 10));
    poll(items(40, 10));
    Items all = items(40, 20);
    for (MadeItem& one : all) {
        one.link = "https://new.example/node/" + one.date.substr(5, 8);
        one.guid = "node " + one.date;
    }
    poll(all);
    EXPECT_EQ(articles(), 20);
}

TEST_F(Identity, FollowsTheAddressOfASiteThatMoved) {
    poll(items(30, 5));
    poll(items(30, 5, "https://new.example"));
    EXPECT_EQ(value("SELECT count(*) FROM articles WHERE url LIKE 'https://new.example/posts/%'"),
              "5");
}

TEST_F(Identity, NeverMergesTheItemsOfALazyPublisher) {
    for (int number = 1; number <= 12; ++number) {
        Items all = items(number, std::min(number, 3));
        for (MadeItem& one : all)
            one.title = "Weather report";
        poll(all);
    }
    EXPECT_EQ(articles(), 12) << "one title for all";
    for (int number = 101; number <= 112; ++number) {
        MadeItem one = item(number);
        one.title = "Good morning";
        one.text = "Have a good day!";
        one.date.clear();
        poll({one});
    }
    EXPECT_EQ(articles(), 24) << "the same words every day, the one of yesterday gone";
}

TEST_F(Identity, KeepsTheDaysOfAFeedThatHasOneItemApart) {
    for (const char* guid : {"", "http://old.example/", "http://old.example"}) {
        for (int day = 1; day <= 3; ++day) {
            MadeItem today = item(day * 24);
            today.guid = guid;
            today.link = "http://old.example/";
            today.title = "Weather today";
            today.text = fmt::format("It will rain for {} hours.", day);
            poll({today});
        }
        EXPECT_EQ(value("SELECT count(*) FROM changes WHERE kind <> 'new'"), "0") << guid;
    }
    EXPECT_GE(articles(), 6) << "with and without a guid";
}

TEST_F(Identity, RemembersOnlySoManyKeysOfAnItem) {
    for (int day = 0; day < 30; ++day) {
        Items all = items(30, 3);
        for (MadeItem& one : all) {
            one.guid.clear();
            one.link += fmt::format("?sid={:032x}", day);
        }
        poll(all);
    }
    EXPECT_EQ(articles(), 3);
    EXPECT_LE(std::stoi(value("SELECT count(*) FROM sightings")), 3 * 12);
    EXPECT_EQ(value("SELECT count(*) FROM sightings WHERE left_at IS NULL"), "3");
    EXPECT_EQ(value("SELECT item_count FROM feeds"), value("SELECT count(*) FROM sightings"));
}

TEST_F(Identity, KnowsAgainWhatWasStoredBeforeTheTableKnewASession) {
    const auto with_session = [](int session) {
        Items all = items(30, 5);
        for (MadeItem& one : all) {
            one.guid.clear();
            one.link += fmt::format("?sid={:032x}", session);
        }
        return all;
    };
    poll(with_session(1));
    {
        SQLite::Database store(db(), SQLite::OPEN_READWRITE);
        store.exec("UPDATE articles SET url = link, url_key = substr(link, 8)");
    }
    poll(with_session(1));
    poll(with_session(2));
    EXPECT_EQ(articles(), 5);
    EXPECT_EQ(value("SELECT count(*) FROM changes WHERE kind <> 'new'"), "0");
}

// A feed whose guids are places: `first` for the newest, or the oldest.
struct Counting {
    const char* name;
    bool newest_first = true;
    bool links = false;
    bool dates = false;
};
void PrintTo(const Counting& counting, std::ostream* out) {
    *out << counting.name;
}

class Counted : public Identity, public ::testing::WithParamInterface<Counting> {
  protected:
    [[nodiscard]] Items counted(int newest, int count) const {
        Items all = items(newest, count);
        if (!GetParam().newest_first) std::ranges::reverse(all);
        for (std::size_t i = 0; i < all.size(); ++i) {
            all[i].guid = std::to_string(i + 1);
            if (!GetParam().links) all[i].link.clear();
            if (!GetParam().dates) all[i].date.clear();
        }
        return all;
    }
};

TEST_P(Counted, EveryItemIsAnArticleOnce) {
    poll(counted(10, 5));
    for (const int newest : {11, 13, 14}) {
        poll(counted(newest, 5));
        EXPECT_EQ(articles(), newest - 5) << newest;
    }
    EXPECT_EQ(value("SELECT count(DISTINCT title) FROM articles"), "9");
    EXPECT_EQ(value("SELECT count(*) FROM revisions"), "0");
    EXPECT_EQ(value("SELECT count(*) FROM changes WHERE kind <> 'new'"), "0");
    poll(counted(30, 5));
    EXPECT_EQ(articles(), 14) << "nothing in common with the last poll";
    EXPECT_EQ(value("SELECT count(*) FROM revisions"), "0");
    EXPECT_EQ(value("SELECT guid_trust FROM feeds"), "volatile");
}

TEST_P(Counted, TwoItemsAreEnough) {
    for (const int newest : {10, 11, 12, 13})
        poll(counted(newest, 2));
    EXPECT_EQ(articles(), 5);
    EXPECT_EQ(value("SELECT count(*) FROM revisions"), "0");
}

INSTANTIATE_TEST_SUITE_P(Feeds, Counted,
                         ::testing::Values(Counting{"the newest first"},
                                           Counting{"the oldest first", false},
                                           Counting{"with links", true, true},
                                           Counting{"with links, the oldest first", false, true},
                                           Counting{"with dates", true, false, true},
                                           Counting{"with both", true, true, true}));

TEST_F(Identity, MarksWhatWasOldWhenItCame) {
    poll(items(50, 10));
    EXPECT_EQ(changes(), "10 new, old") << "the first poll";
    poll(items(52, 10));
    EXPECT_EQ(changes(), "2 new");
    Items archive = items(52, 10);
    for (int year = 2019; year < 2025; ++year) {
        MadeItem old = item(1000 + year);
        old.date = fmt::format("{}-05-05T00:00:00Z", year);
        archive.push_back(old);
    }
    archive.insert(archive.begin(), item(53));
    poll(archive);
    EXPECT_EQ(changes(), "1 new 6 new, old") << "an archive, and one that is new";
}

TEST_F(Identity, MarksWhatIsWithdrawnAndWhatReturns) {
    Items all = items(50, 6);
    Items without = all;
    without.erase(without.begin() + 2);
    poll(all);
    changes();
    poll(without);
    EXPECT_EQ(changes(), "1 withdrawn");
    EXPECT_EQ(value("SELECT title FROM articles WHERE withdrawn_at IS NOT NULL"),
              "Report number 48");
    poll(without);
    EXPECT_EQ(changes(), "");
    poll(all);
    EXPECT_EQ(changes(), "1 returned");
    EXPECT_EQ(value("SELECT count(*) FROM articles WHERE withdrawn_at IS NOT NULL"), "0");
    for (int i = 0; i < 5; ++i) {
        poll(without);
        poll(all);
    }
    EXPECT_EQ(changes(), "1 returned 1 withdrawn") << "by turns: no more than once again";
}

TEST_F(Identity, MarksNothingForAnswersThatAreNotWhole) {
    Items all = items(50, 6);
    Items without = all;
    without.erase(without.begin() + 2);
    poll(all);
    changes();
    poll({item(51)}, 226);
    poll({});
    EXPECT_EQ(changes(), "1 new") << "226: only what is new; and an empty document";
    std::string damaged = made_feed(MadeFormat::rss20, "News", "http://old.example/", without);
    damaged.replace(damaged.find("</title>", damaged.find("<item>")), 8, "</titel>");
    serve("/n", damaged);
    once();
    const std::string whole = made_feed(MadeFormat::rss20, "News", "http://old.example/", without);
    serve("/n", whole.substr(0, whole.size() / 2));
    once();
    EXPECT_EQ(value("SELECT count(*) FROM changes WHERE kind = 'withdrawn'"), "0");
}

TEST_F(Identity, WritesNothingForAWindowThatStays) {
    poll(items(50, 10));
    const std::string before =
        value("SELECT group_concat(key || last_seen_at || position) FROM sightings");
    serve("/n", made_feed(MadeFormat::rss20, "News again", "http://old.example/", items(50, 10)));
    once();
    EXPECT_EQ(value("SELECT group_concat(key || last_seen_at || position) FROM sightings"), before);
}

TEST_F(Identity, DoesNotBringBackWhatWasPurged) {
    poll(items(30, 5));
    {
        auto writer = open_writer(db());
        ASSERT_TRUE(writer) << message(writer.error());
        const Time later = now_utc() + std::chrono::hours{1};
        RetentionPlace place;
        int purged = 0;
        while (place.stage != RetentionPlace::Stage::done) {
            const auto slice = (*writer)->prune_articles(
                {.feeds = {}, .others = {.age = Seconds{0}}, .keep_tags = {}}, place, 100, later);
            ASSERT_TRUE(slice) << message(slice.error());
            purged += static_cast<int>(slice->outdated.size());
        }
        ASSERT_EQ(purged, 5);
    }
    EXPECT_EQ(articles(), 0);
    poll(items(30, 5));
    serve("/n", made_feed(MadeFormat::rss20, "News", "http://old.example/",
                          items(30, 5, "https://new.example")));
    once();
    EXPECT_EQ(articles(), 0) << "even under other guids";
    poll(items(31, 5, "https://new.example"));
    EXPECT_EQ(articles(), 1);
}

TEST_F(Identity, KeepsRevisionsOfEditsAlone) {
    MadeItem one = item(1);
    const auto says = [&](const std::string& title, const std::string& text) {
        one.title = title;
        one.text = text;
        poll({one});
        return changes();
    };
    EXPECT_EQ(says("Storm", "A storm has hit the coast. 12 comments"), "1 new, old");
    EXPECT_EQ(says("Storm", "A storm has   hit the coast. 13 comments"), "") << "no edit";
    EXPECT_EQ(says("Storm hits coast", "A storm has hit the coast. 14 comments"), "1 revised");
    EXPECT_EQ(says("Storm hits coast", "A flood has hit the coast. 14 comments"), "1 revised");
    EXPECT_EQ(says("Storm hits coast", "A storm has hit the coast. 14 comments"), "1 revised")
        << "taken back";
    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(says("Storm hits coast", "A flood has hit the coast. 14 comments"), "") << "to";
        EXPECT_EQ(says("Storm hits coast", "A storm has hit the coast. 14 comments"), "")
            << "and fro";
    }
    EXPECT_EQ(says("Storm hits coast", "Three have died on the coast."), "1 revised");
    EXPECT_EQ(value("SELECT title FROM revisions WHERE number = 1"), "Storm");
}

TEST_F(Identity, KnowsTheItemsOfAPlanetByTheirSource) {
    poll({item(2), item(1)});
    list("np");
    const auto planet = [&](const std::string& title, const std::string& guid, int number) {
        serve("/p", fmt::format("<rss version='2.0'><channel><title>Planet</title>"
                                "<link>http://planet.example/</link><item><title>{}</title>"
                                "<link>http://planet.example/go/{}</link>"
                                "<guid isPermaLink='false'>{}</guid><source url='{}'>News</source>"
                                "<description>Short.</description></item></channel></rss>",
                                title, number, guid, server_.url("/n")));
        once();
    };
    planet(item(1).title, item(1).guid, 77);
    EXPECT_EQ(articles(), 2);
    EXPECT_EQ(value("SELECT reason FROM sightings WHERE feed_id = 2"),
              "same item of the feed that it was taken from");
    planet("Another thing entirely", "9", 78);
    planet("And this", item(2).guid, 79);
    EXPECT_EQ(articles(), 4) << "a guid alone proves nothing";
}

}  // namespace
}  // namespace feedd::test
