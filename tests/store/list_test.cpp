#include "store/sqlite/list.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "samples.h"

namespace feedd::test {
namespace {

using sqlite::Match;
using testing::ElementsAre;

constexpr const char* kFeeds = "SELECT id, name, listed_url, status FROM feeds ORDER BY id";
constexpr const char* kOne = "https://one.example/feed";
constexpr const char* kTwo = "https://two.example/feed";

FeedRow stored(const char* listed_url, const char* url, const char* name,
               FeedStatus status = FeedStatus::active) {
    FeedRow row;
    row.state.listed_url = listed_url;
    row.state.url = url;
    row.state.name = name;
    row.state.status = status;
    return row;
}

TEST(MatchList, RecognisesAFeedByItsUrlThenItsMoveThenItsName) {
    struct Case {
        const char* name;
        std::vector<FeedSpec> list;
        std::vector<FeedRow> known;
        std::vector<Match> expected;
    };
    const Case cases[] = {
        {"same URL, another name", {spec("u:a", "x")}, {stored("u:a", "u:a", "a")}, {Match::url}},
        {"another URL, same name", {spec("u:b", "a")}, {stored("u:a", "u:a", "a")}, {Match::name}},
        {"the URL it had moved to",
         {spec("u:b", "x")},
         {stored("u:a", "u:b", "a")},
         {Match::adopted}},
        {"nothing in common", {spec("u:b", "b")}, {stored("u:a", "u:a", "a")}, {Match::none}},
        {"same name, but its URL is still listed",
         {spec("u:a", "b"), spec("u:c", "a")},
         {stored("u:a", "u:a", "a")},
         {Match::url, Match::none}},
        {"two feeds swap their names",
         {spec("u:a", "b"), spec("u:b", "a")},
         {stored("u:a", "u:a", "a"), stored("u:b", "u:b", "b")},
         {Match::url, Match::url}},
        {"the name of a feed off the list",
         {spec("u:b", "a")},
         {stored("u:a", "u:a", "a", FeedStatus::removed)},
         {Match::none}},
        {"the URL of a feed off the list",
         {spec("u:a", "b")},
         {stored("u:a", "u:a", "a", FeedStatus::removed)},
         {Match::url}},
    };
    for (const Case& each : cases) {
        SCOPED_TRACE(each.name);
        std::vector<Match> found;
        for (const auto& match : sqlite::match_list(each.list, each.known))
            found.push_back(match.how);
        EXPECT_EQ(found, each.expected);
    }
}

TEST(ApplyList, AddsFeedsAndReturnsTheirStatesInTheOrderOfTheList) {
    Store store;
    FeedSpec three = spec("https://three.example/feed?format=rss&id=3", "three");
    three.tags = {"news", "\"quoted\", with a comma"};
    const auto& states = store.apply({three, spec(kTwo, "two"), spec(kOne, "one")}, at(60));
    ASSERT_EQ(states.size(), 3U);
    EXPECT_EQ(states[0].name, "three");
    EXPECT_EQ(states[0].url, three.url);
    EXPECT_EQ(states[0].next_poll_at, std::nullopt);
    EXPECT_EQ(states[1].id, 2);
    EXPECT_EQ(states[2].id, 1);
    const auto feeds = store.reader()->feeds({.names = {"three"}});
    ASSERT_TRUE(feeds);
    EXPECT_EQ(feeds->at(0).tags, three.tags);
    EXPECT_EQ(store.value("SELECT added_at FROM feeds WHERE id = 3"), "2025-04-08T00:01:00Z");
}

TEST(ApplyList, WritesNothingWhenTheListIsTheSame) {
    Store store;
    const SQLite::Database watcher(store.path(), SQLite::OPEN_READONLY);
    SQLite::Statement version(watcher, "PRAGMA data_version");
    const auto read = [&] {
        version.executeStep();
        const int now = version.getColumn(0).getInt();
        version.reset();
        return now;
    };
    const int first = read();
    store.apply({spec(kOne, "one"), spec(kTwo, "two")}, at(60));
    EXPECT_EQ(read(), first);
    store.apply({spec(kOne, "uno"), spec(kTwo, "two")}, at(60));
    EXPECT_NE(read(), first);
}

TEST(ApplyList, RenamesFeedsAlsoWhenTheySwapNames) {
    Store store;
    store.apply({spec(kOne, "two"), spec(kTwo, "one")}, at(60));
    EXPECT_THAT(store.rows(kFeeds), ElementsAre("1|two|https://one.example/feed|active",
                                                "2|one|https://two.example/feed|active"));
}

TEST(ApplyList, MarksAFeedThatIsOffTheListAndKeepsItsArticles) {
    Store store;
    store.commit(poll(store.feed(0), at(60), {item("a", "alpha")}));
    store.apply({spec(kTwo, "two")}, at(120));
    EXPECT_EQ(store.value("SELECT status FROM feeds WHERE id = 1"), "removed");
    EXPECT_EQ(store.value("SELECT count(*) FROM articles"), "1");
    EXPECT_EQ(store.reader()->feeds({})->size(), 1U);
    EXPECT_EQ(store.reader()->feeds({.removed = true})->size(), 2U);

    // Its name is free for another feed, and it comes back under its URL.
    store.apply({spec(kTwo, "two"), spec("https://else.example/", "one")}, at(180));
    const auto& states = store.apply({spec(kTwo, "two"), spec(kOne, "one")}, at(240));
    EXPECT_EQ(states[1].id, 1);
    EXPECT_EQ(states[1].status, FeedStatus::active);
    EXPECT_EQ(states[1].next_poll_at, at(60 + 3600)) << "a list that was cut for a moment";
    EXPECT_EQ(states[1].last_success_at, at(60));
}

// A feed with a past: a good poll with validators and a move, or a 410.
FeedState with_past(Store& store, bool gone) {
    PollOutcome outcome = poll(store.feed(0), at(60), {item("a", "alpha")});
    outcome.state.validators.etag = "\"x\"";
    outcome.state.body_hash = "abc";
    outcome.state.failures = 3;
    outcome.plan.never = gone;
    outcome.plan.not_before = at(3600);
    store.commit(outcome);
    return outcome.state;
}

TEST(ApplyList, ForgetsTheValidatorsOfAUrlThatWasEditedAndNothingElse) {
    Store store;
    with_past(store, false);
    const auto& states =
        store.apply({spec("https://one.example/new", "one"), spec(kTwo, "two")}, at(120));
    EXPECT_EQ(states[0].id, 1);
    EXPECT_EQ(states[0].url, "https://one.example/new");
    EXPECT_TRUE(states[0].validators.empty());
    EXPECT_EQ(states[0].body_hash, "");
    EXPECT_EQ(states[0].failures, 0);
    EXPECT_EQ(states[0].not_before, std::nullopt);
    EXPECT_EQ(states[0].next_poll_at, std::nullopt);
    EXPECT_EQ(states[0].last_success_at, at(60));
    EXPECT_EQ(store.value("SELECT count(*) FROM sightings WHERE feed_id = 1"), "1");
}

TEST(ApplyList, KeepsAnAdoptedUrlAndItsValidatorsWhenTheListCatchesUp) {
    Store store;
    PollOutcome moved = poll(store.feed(0), at(60), {});
    moved.state.url = "https://one.example/new";
    moved.state.validators.etag = "\"x\"";
    store.commit(moved);
    const auto& same = store.apply({spec(kOne, "one"), spec(kTwo, "two")}, at(90));
    EXPECT_EQ(same[0].url, "https://one.example/new");
    const auto& states =
        store.apply({spec("https://one.example/new", "uno"), spec(kTwo, "two")}, at(120));
    EXPECT_EQ(states[0].id, 1);
    EXPECT_EQ(states[0].listed_url, "https://one.example/new");
    EXPECT_EQ(states[0].validators.etag, "\"x\"");
    EXPECT_EQ(states[0].next_poll_at, at(60 + 3600));
}

TEST(ApplyList, ReadsAFeedAnewWhenItsHeadersWereEdited) {
    Store store;
    with_past(store, false);
    FeedSpec secret = spec(kOne, "one");
    secret.access.headers = {{"Authorization", Secret("Bearer 1")}};
    const auto& states = store.apply({secret, spec(kTwo, "two")}, at(120));
    EXPECT_TRUE(states[0].validators.empty());
    EXPECT_EQ(states[0].next_poll_at, at(3600)) << "what the server asked for holds";
    store.commit(poll(states[0], at(130), {}));
    const auto& again = store.apply({secret, spec(kTwo, "two")}, at(140));
    EXPECT_EQ(again[0].next_poll_at, at(130 + 3600));
}

TEST(ApplyList, ReadsAFeedAnewWhenItsAccessWasEdited) {
    const Proxy proxy{.url = "http://p.example:1", .user = Secret("me"), .password = Secret("a")};
    Proxy other = proxy;
    other.password = Secret("b");
    struct Case {
        const char* name;
        Access before;
        Access after;
    };
    const Case cases[] = {
        {"a password",
         {.headers = {{"Authorization", Secret("Basic YTpi")}}},
         {.headers = {{"Authorization", Secret("Basic YTpj")}}}},
        {"a first proxy", {}, {.proxy = proxy}},
        {"a proxy's password", {.proxy = proxy}, {.proxy = other}},
        {"no proxy any more", {.proxy = proxy}, {}},
        {"an authority", {}, {.ca_file = "/ca.pem"}},
        {"a certificate",
         {.client_certificate = "/a.crt", .client_key = "/a.key"},
         {.client_certificate = "/b.crt", .client_key = "/a.key"}},
    };
    for (const Case& each : cases) {
        SCOPED_TRACE(each.name);
        Store store;
        FeedSpec entry = spec(kOne, "one");
        entry.access = each.before;
        PollOutcome polled = poll(store.apply({entry}, at(0)).at(0), at(60), {});
        polled.state.validators.etag = "\"x\"";
        store.commit(polled);
        EXPECT_FALSE(store.apply({entry}, at(90)).at(0).validators.empty());
        entry.access = each.after;
        EXPECT_TRUE(store.apply({entry}, at(120)).at(0).validators.empty());
    }
}

TEST(ApplyList, AFailingFeedThatComesBackIsTriedWhenItsServerAllows) {
    Store store;
    with_past(store, false);
    store.apply({spec(kTwo, "two")}, at(120));
    const auto& states = store.apply({spec(kOne, "one"), spec(kTwo, "two")}, at(180));
    EXPECT_EQ(states[0].failures, 0);
    EXPECT_EQ(states[0].next_poll_at, at(3600));
}

TEST(ApplyList, TriesAFeedThatWasGoneAgainOnlyWhenItsEntryWasTouched) {
    FeedSpec with_header = spec(kOne, "one");
    with_header.access.headers = {{"Authorization", Secret("Bearer 1")}};
    FeedSpec tagged = spec(kOne, "one");
    tagged.tags = {"news"};
    struct Case {
        const char* name;
        FeedSpec entry;
        FeedStatus expected;
    };
    const Case cases[] = {
        {"the same entry", spec(kOne, "one"), FeedStatus::gone},
        {"other tags", tagged, FeedStatus::gone},
        {"another name", spec(kOne, "uno"), FeedStatus::active},
        {"another URL", spec("https://one.example/new", "one"), FeedStatus::active},
        {"other headers", with_header, FeedStatus::active},
    };
    for (const Case& each : cases) {
        SCOPED_TRACE(each.name);
        Store store;
        with_past(store, true);
        ASSERT_EQ(store.value("SELECT status FROM feeds WHERE id = 1"), "gone");
        const auto& states = store.apply({each.entry, spec(kTwo, "two")}, at(120));
        EXPECT_EQ(states[0].status, each.expected);
    }
}

TEST(ApplyList, KeepsNoHeaderInTheStore) {
    Store store;
    FeedSpec secret = spec(kOne, "one");
    secret.access.headers = {{"Authorization", Secret("Bearer 5up3r-s3cr3t")}};
    store.apply({secret}, at(60));
    store.close();
    EXPECT_EQ(read_file(store.path()).find("5up3r"), std::string::npos);
    EXPECT_EQ(read_file(store.path() + "-wal").find("5up3r"), std::string::npos);
}

}  // namespace
}  // namespace feedd::test
