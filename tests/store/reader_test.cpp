#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "samples.h"

namespace feedd::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;
using testing::UnorderedElementsAre;

std::vector<std::string> titles(StoreReader& reader, const ArticleFilter& filter) {
    const auto rows = reader.articles(filter);
    if (!rows) return {message(rows.error())};
    std::vector<std::string> all;
    for (const ArticleRow& row : *rows)
        all.push_back(row.title);
    return all;
}

TEST(Reader, KnowsTheItemsOfAFeedByTheirKeysAndHashes) {
    Store store;
    Candidate large = item("a", "alpha");
    large.item_hash = 0xffff'ffff'ffff'fff0;
    store.commit(poll(store.feed(0), at(60), {large, item("b", "beta")}));
    auto reader = store.reader();
    const std::vector<std::string> keys{"guid:a", "guid:none"};
    EXPECT_THAT(reader->known_items(store.feed(0).id, keys).value_or(KnownItems{}),
                UnorderedElementsAre(Pair("guid:a", 0xffff'ffff'ffff'fff0)));
    EXPECT_THAT(reader->known_items(store.feed(1).id, keys).value_or(KnownItems{}), IsEmpty());
    EXPECT_TRUE(reader->has_items(store.feed(0).id).value_or(false));
    EXPECT_FALSE(reader->has_items(store.feed(1).id).value_or(true));
}

TEST(Reader, CountsTheLinksThatAFeedBroughtBefore) {
    Store store;
    store.commit(poll(store.feed(0), at(60), {item("a", "alpha"), item("b", "beta")}));
    const std::vector<std::string> urls{"https://site.example/a", "https://site.example/b",
                                        "https://site.example/c"};
    EXPECT_EQ(store.reader()->known_links(store.feed(0).id, urls).value_or(-1), 2);
    EXPECT_EQ(store.reader()->known_links(store.feed(1).id, urls).value_or(-1), 0);
}

TEST(Reader, ListsArticlesNewestFirstThroughEveryFilter) {
    Store store;
    FeedSpec one = spec("https://one.example/feed", "one");
    one.tags = {"news", "japan"};
    store.apply({one, spec("https://two.example/feed", "two")}, at(0));
    std::vector<Candidate> items{item("a", "alpha"), item("b", "beta")};
    items[0].article.language = "ja";
    items[1].article.language = "en";
    store.commit(poll(store.feed(0), at(60), std::move(items)));
    store.commit(poll(store.feed(1), at(120), {item("b", "beta"), item("c", "gamma")}));
    auto reader = store.reader();
    const std::string a = "Title of a";
    const std::string b = "Title of b";
    const std::string c = "Title of c";
    EXPECT_THAT(titles(*reader, {}), ElementsAre(c, b, a));
    EXPECT_THAT(titles(*reader, {.limit = 1}), ElementsAre(c));
    EXPECT_THAT(titles(*reader, {.since = at(61)}), ElementsAre(c));
    EXPECT_THAT(titles(*reader, {.until = at(60)}), IsEmpty()) << "before";
    EXPECT_THAT(titles(*reader, {.until = at(61)}), ElementsAre(b, a));
    EXPECT_THAT(titles(*reader, {.feed = "two"}), ElementsAre(c, b));
    EXPECT_THAT(titles(*reader, {.tag = "japan"}), ElementsAre(b, a));
    EXPECT_THAT(titles(*reader, {.tag = "jap"}), IsEmpty());
    EXPECT_THAT(titles(*reader, {.language = "en"}), ElementsAre(c, b));
    EXPECT_THAT(titles(*reader, {.language = "EN-gb"}), ElementsAre(c));
    EXPECT_THAT(titles(*reader, {.language = "e"}), IsEmpty());
    EXPECT_THAT(titles(*reader, {.feed = "one", .tag = "news", .language = "en"}), ElementsAre(b));

    const auto rows = reader->articles({.feed = "one", .language = "en"});
    ASSERT_TRUE(rows);
    EXPECT_THAT(rows->at(0).feeds, ElementsAre("one", "two"));
    EXPECT_THAT(rows->at(0).authors, ElementsAre("Ada"));
    EXPECT_EQ(rows->at(0).url, "https://www.site.example/b?utm_source=feed");
    EXPECT_EQ(rows->at(0).published_at, at(-3600));
    EXPECT_EQ(rows->at(0).first_seen_at, at(60));
}

TEST(Reader, SaysThatItHasNeverHeardOfAFeed) {
    Store store;
    const auto rows = store.reader()->articles({.feed = "nobody"});
    ASSERT_FALSE(rows);
    EXPECT_EQ(rows.error().kind, ErrorKind::not_found);
    EXPECT_THAT(message(rows.error()), HasSubstr("there is no feed 'nobody'"));
    const auto feeds = store.reader()->feeds({.names = {"one", "nobody"}});
    ASSERT_FALSE(feeds);
    EXPECT_EQ(message(feeds.error()), message(rows.error()));
    EXPECT_EQ(feeds.error().kind, ErrorKind::not_found);
    store.apply({}, at(60));
    EXPECT_TRUE(store.reader()->articles({.feed = "one"}));
    EXPECT_TRUE(store.reader()->feeds({.names = {"one"}}));
}

TEST(Reader, ListsFeedsThatNeedALook) {
    Store store;
    PollOutcome outcome = poll(store.feed(1), at(60), {});
    outcome.state.status = FeedStatus::failing;
    store.commit(outcome);
    auto reader = store.reader();
    EXPECT_EQ(reader->feeds({})->size(), 2U);
    ASSERT_EQ(reader->feeds({.failing = true})->size(), 1U);
    EXPECT_EQ(reader->feeds({.failing = true})->at(0).state.name, "two");
    EXPECT_EQ(reader->feeds({.names = {"one"}})->size(), 1U);
    EXPECT_EQ(reader->stats()->failing, 1);
}

TEST(Reader, CountsWhatIsInTheStore) {
    Store store;
    store.commit(poll(store.feed(0), at(60), {item("a", "alpha")}));
    store.commit(poll(store.feed(1), at(60), {item("a", "alpha")}));
    store.commit(poll(store.feed(0), at(120), {item("a", "alpha, edited")}));
    const auto stats = store.reader()->stats();
    ASSERT_TRUE(stats);
    EXPECT_EQ(stats->feeds, 2);
    EXPECT_EQ(stats->articles, 1);
    EXPECT_EQ(stats->sightings, 2);
    EXPECT_EQ(stats->revisions, 1);
    EXPECT_EQ(stats->changes, 3);
    EXPECT_EQ(stats->last_seq, 3);
    EXPECT_EQ(stats->polls, 3);
    const auto status = migration_status(store.path());
    ASSERT_TRUE(status);
    EXPECT_EQ(stats->schema, status->known);
    EXPECT_GT(stats->bytes, 0U);
    EXPECT_GT(stats->wal_bytes, 0U);
}

// Readers never wait, and each sees all of a commit or none of it.
TEST(Reader, ReadsWholeCommitsWhileTheWriterWrites) {
    constexpr int kCommits = 100;
    Store store;
    std::thread committing([&] {
        for (int i = 0; i < kCommits; ++i) {
            const std::string id = std::to_string(i);
            const std::vector<PollOutcome> batch{
                poll(store.feed(0), at(i), {item(id + "a", "alpha"), item(id + "b", "beta")}),
                poll(store.feed(1), at(i), {item(id + "c", "gamma")})};
            for (const PollReport& report : store.writer().commit(batch, simple_judge))
                EXPECT_FALSE(report.error);
        }
    });
    auto reader = store.reader();
    std::int64_t seen = 0;
    while (seen < std::int64_t{3} * kCommits) {
        const auto stats = reader->stats();
        if (!stats) {
            ADD_FAILURE() << message(stats.error());
            break;
        }
        EXPECT_EQ(stats->articles % 3, 0);
        EXPECT_EQ(stats->articles, stats->changes);
        EXPECT_GE(stats->articles, seen);
        seen = stats->articles;
    }
    committing.join();
}

// A person reads the daemon's store: may read the files, may write none of them.
TEST(Reader, ReadsAStoreThatItMayNotWrite) {
    if (::geteuid() != 0) GTEST_SKIP() << "needs root to become another user";
    Store store;
    store.commit(poll(store.feed(0), at(60), {item("a", "alpha")}));
    ::chmod(store.path().substr(0, store.path().rfind('/')).c_str(), 0755);
    const auto articles_for_nobody = [&] {
        const pid_t child = ::fork();
        if (child == 0) {
            if (::setgid(65534) != 0 || ::setuid(65534) != 0) ::_exit(100);
            auto reader = open_reader(store.path());
            if (!reader) ::_exit(101);
            const auto rows = (*reader)->articles({});
            ::_exit(rows ? static_cast<int>(rows->size()) : 102);
        }
        int status = 0;
        ::waitpid(child, &status, 0);
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    };
    EXPECT_EQ(articles_for_nobody(), 1) << "while the daemon runs";
    store.close();
    EXPECT_EQ(articles_for_nobody(), 1) << "while it does not";
}

}  // namespace
}  // namespace feedd::test
