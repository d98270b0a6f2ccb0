// What good lists are read as.
#include "config/load.h"

#include <filesystem>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "config/lists.h"

namespace feedd::test {
namespace {

using testing::ElementsAre;

Config loaded(const Lists& lists) {
    auto config = lists.load();
    EXPECT_TRUE(config) << lists.errors();
    return config ? std::move(*config) : Config{};
}

std::vector<std::string> urls_of(const Config& config) {
    std::vector<std::string> urls;
    for (const FeedSpec& feed : config.feeds)
        urls.push_back(feed.url);
    return urls;
}

TEST(LoadConfig, TakesABareUrlWithEveryDefault) {
    const Config config = loaded(Lists().file("feeds.yaml", "feeds: [https://a.org/feed.xml]\n"));
    ASSERT_EQ(config.feeds.size(), 1U);
    const FeedSpec& feed = config.feeds[0];
    EXPECT_EQ(feed.url, "https://a.org/feed.xml");
    EXPECT_EQ(feed.name, "a.org");
    EXPECT_EQ(feed.interval, std::nullopt);
    EXPECT_EQ(feed.min_interval, Seconds{600});
    EXPECT_EQ(feed.max_interval, Seconds{86400});
    EXPECT_EQ(feed.timeout, Seconds{30});
    EXPECT_EQ(feed.max_body, 16U << 20U);
    EXPECT_EQ(feed.user_agent, std::nullopt);
    EXPECT_TRUE(feed.access.headers.empty());
    EXPECT_TRUE(feed.place.ends_with("/feeds.yaml:1")) << feed.place;
    EXPECT_EQ(config.store, std::nullopt);
    EXPECT_EQ(config.retention, Retention{});
    EXPECT_EQ(feed.retention, Retention{});
    EXPECT_FALSE(feed.archive);
    EXPECT_EQ(config.archive.max_age, std::chrono::days{90});
    EXPECT_EQ(config.archive.max_size, std::uint64_t{2} << 30U);
    EXPECT_TRUE(config.search);
    EXPECT_EQ(config.story_window, kDefaultStoryWindow);
    EXPECT_EQ(config.fetch.concurrency, 128U);
    EXPECT_EQ(config.fetch.per_host, 2U);
    EXPECT_EQ(config.fetch.requests_per_hour, std::nullopt);
    EXPECT_EQ(config.fetch.host_pause, std::chrono::milliseconds(500));
    EXPECT_FALSE(config.fetch.private_addresses.all);
    EXPECT_TRUE(config.fetch.user_agent.starts_with("feedd/"));
}

TEST(LoadConfig, LooksForStoriesUnlessItIsToldNotTo) {
    Lists lists;
    lists.file("feeds.yaml", "dedup: {stories: false, story_window: 2d}\nfeeds: []\n");
    EXPECT_EQ(loaded(lists).story_window, std::nullopt);
    lists.file("feeds.yaml", "dedup: {story_window: 2d}\nfeeds: []\n");
    EXPECT_EQ(loaded(lists).story_window, std::chrono::days{2});
    lists.file("feeds.yaml", "dedup: {stories: true}\nfeeds: []\n");
    EXPECT_EQ(loaded(lists).story_window, kDefaultStoryWindow);
}

TEST(LoadConfig, ReadsEveryKey) {
    Lists lists;
    lists
        .file("feeds.yaml", R"yaml(
store: db/feedd.db
metrics: node/feedd.prom
defaults:
  interval: 1h30m
  min_interval: 5m
  max_interval: 2d
fetch:
  user_agent: "mine/1.0 (+https://a.org)"
  concurrency: 16
  per_host: 1
  requests_per_hour: 5000
  host_pause: 250ms
  unlimited_hosts: [Feeds.Example, 127.0.0.0/8, "::1"]
  timeout: 5s
  max_body: 4MiB
  allow_private_addresses: [10.0.0.0/8, "fd00::/8"]
retention:
  articles: 365d
search: off
dedup: {stories: true, story_window: 36h}
feeds:
  - url: https://a.org/feed
    name: the news
    tags: [news, japan, news]
    interval: auto
    min_interval: 1m
    max_interval: 3h
    timeout: 1m
    max_body: 2097152
    user_agent: other
    headers: {Authorization: "Bearer ${TOKEN}", X-Price: "$$5 or $5"}
  - url: https://b.org/feed
    tags: news
)yaml")
        .variable("TOKEN", "s3cret");
    const Config config = loaded(lists);
    EXPECT_EQ(config.store, lists.path("db/feedd.db"));
    EXPECT_EQ(config.metrics, lists.path("node/feedd.prom"));
    EXPECT_EQ(config.fetch.user_agent, "mine/1.0 (+https://a.org)");
    EXPECT_EQ(config.fetch.concurrency, 16U);
    EXPECT_EQ(config.fetch.per_host, 1U);
    EXPECT_EQ(config.fetch.requests_per_hour, 5000U);
    EXPECT_EQ(config.fetch.host_pause, std::chrono::milliseconds(250));
    EXPECT_EQ(config.fetch.unlimited_hosts.names, std::vector<std::string>{"feeds.example"});
    EXPECT_EQ(config.fetch.unlimited_hosts.networks.size(), 2U);
    EXPECT_EQ(config.fetch.private_addresses.networks.size(), 2U);
    EXPECT_EQ(config.retention, (Retention{.age = std::chrono::days{365}}));
    EXPECT_FALSE(config.search);
    EXPECT_EQ(config.story_window, std::chrono::hours{36});
    ASSERT_EQ(config.feeds.size(), 2U);
    const FeedSpec& a = config.feeds[0];
    EXPECT_EQ(a.name, "the news");
    EXPECT_THAT(a.tags, ElementsAre("news", "japan"));
    EXPECT_EQ(a.interval, std::nullopt);
    EXPECT_EQ(a.min_interval, Seconds{60});
    EXPECT_EQ(a.max_interval, Seconds{3 * 3600});
    EXPECT_EQ(a.timeout, Seconds{60});
    EXPECT_EQ(a.max_body, 2097152U);
    EXPECT_EQ(a.user_agent, "other");
    EXPECT_THAT(a.access.headers,
                ElementsAre(SecretHeader{"Authorization", Secret("Bearer s3cret")},
                            SecretHeader{"X-Price", Secret("$5 or $5")}));
    const FeedSpec& b = config.feeds[1];
    EXPECT_THAT(b.tags, ElementsAre("news"));
    EXPECT_EQ(b.interval, Seconds{5400});
    EXPECT_EQ(b.min_interval, Seconds{300});
    EXPECT_EQ(b.max_interval, Seconds{2 * 86400});
    EXPECT_EQ(b.timeout, Seconds{5});
    EXPECT_EQ(b.max_body, 4U << 20U);
}

TEST(LoadConfig, AcceptsAnEmptyList) {
    for (const std::string_view text : {"feeds:\n", "feeds: []\n", "---\nfeeds: []\n...\n"}) {
        EXPECT_TRUE(loaded(Lists().file("feeds.yaml", text)).feeds.empty()) << text;
    }
}

TEST(LoadConfig, AcceptsSectionsWhoseLinesAreAllCommentedOut) {
    const Config config =
        loaded(Lists().file("feeds.yaml", "defaults:\n  # interval: 1h\nfetch:\nfeeds:\n"));
    EXPECT_EQ(config.fetch.concurrency, 128U);
}

TEST(LoadConfig, SkipsAByteOrderMarkAndReadsDosLineEnds) {
    const Config config = loaded(Lists().file("feeds.yaml",
                                              "\xEF\xBB\xBF"
                                              "feeds:\r\n  - https://a.org/\r\n"));
    EXPECT_THAT(urls_of(config), ElementsAre("https://a.org/"));
}

TEST(LoadConfig, LetsAnAliasStandForWhatItsAnchorNames) {
    const Config config = loaded(Lists().file("feeds.yaml", R"yaml(
feeds:
  - {url: https://a.org/, tags: &tags [x, y], interval: &often 5m}
  - {url: https://b.org/, tags: *tags, interval: *often}
)yaml"));
    ASSERT_EQ(config.feeds.size(), 2U);
    EXPECT_THAT(config.feeds[1].tags, ElementsAre("x", "y"));
    EXPECT_EQ(config.feeds[1].interval, Seconds{300});
}

TEST(LoadConfig, MovesUserNameAndPasswordIntoAHeader) {
    Lists lists;
    lists
        .file("feeds.yaml", R"yaml(
feeds:
  - "https://Aladdin:open%20sesame@a.org/f?x=1"
  - "https://bob:${PASSWORD}@b.org/f"
  - "https://token@c.org/f"
  - "${WHOLE}"
)yaml")
        .variable("PASSWORD", "p@ss:w/rd%41#?")
        .variable("WHOLE", "https://u:p@d.org/");
    const Config config = loaded(lists);
    EXPECT_THAT(urls_of(config), ElementsAre("https://a.org/f?x=1", "https://b.org/f",
                                             "https://c.org/f", "https://d.org/"));
    const auto authorization = [&](std::size_t i) {
        return config.feeds.at(i).access.headers.at(0).value.reveal();
    };
    EXPECT_EQ(authorization(0), "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");  // RFC 7617 §2
    EXPECT_EQ(authorization(1), "Basic Ym9iOnBAc3M6dy9yZCU0MSM/");
    EXPECT_EQ(authorization(2), "Basic dG9rZW46");
    EXPECT_EQ(authorization(3), "Basic dTpw");
}

TEST(LoadConfig, SeesFilesFromTheDirectoryOfTheList) {
    Lists lists;
    lists
        .file("feeds.yaml", R"yaml(
feeds:
  - file:docs/feed.atom
  - file:../feed.rss
  - file:///srv/feed.xml
  - file:/srv/b.xml
  - file://localhost/srv/c%20d.xml
include: more/list.yaml
)yaml")
        .file("more/list.yaml", "feeds: [file:feed.json]\n");
    const std::string parent = std::filesystem::path(lists.path()).parent_path().string();
    EXPECT_THAT(
        urls_of(loaded(lists)),
        ElementsAre("file://" + lists.path("docs/feed.atom"), "file://" + parent + "/feed.rss",
                    "file:///srv/feed.xml", "file:///srv/b.xml", "file:///srv/c%20d.xml",
                    "file://" + lists.path("more/feed.json")));
}

TEST(LoadConfig, AllowsPrivateAddressesAsAFlagOrANetwork) {
    const auto allowed = [](std::string_view value) {
        return loaded(Lists().file("feeds.yaml", "feeds:\nfetch: {allow_private_addresses: " +
                                                     std::string(value) + "}\n"))
            .fetch.private_addresses;
    };
    for (const std::string_view yes : {"true", "True", "yes", "on"})
        EXPECT_TRUE(allowed(yes).all) << yes;
    for (const std::string_view no : {"false", "no", "off", "[]"})
        EXPECT_FALSE(allowed(no).all) << no;
    EXPECT_EQ(allowed("127.0.0.0/8").networks.size(), 1U);
    EXPECT_EQ(allowed("['::1', 10.1.2.3]").networks.size(), 2U);
}

TEST(LoadConfig, ReadsALongList) {
    std::string text = "feeds:\n";
    for (int i = 0; i < 20000; ++i)
        text +=
            "  - https://host" + std::to_string(i % 5000) + ".org/f/" + std::to_string(i) + "\n";
    EXPECT_EQ(loaded(Lists().file("feeds.yaml", text)).feeds.size(), 20000U);
}

TEST(LoadConfig, ReadsWhatIsKeptOfTheArchiveAndOfArticles) {
    const Config config = loaded(Lists().file("feeds.yaml", R"yaml(
archive: {max_age: forever, max_size: 64MiB}
retention: {articles: 365d, per_feed: 1000, keep_tags: [starred, work]}
defaults: {retention: {per_feed: 50}}
feeds:
  - https://a.org/
  - {url: "https://b.org/", archive: false, retention: {articles: 30d}}
  - {url: "https://c.org/", retention: {per_feed: all}}
  - {url: "https://d.org/", retention: forever}
)yaml"));
    EXPECT_EQ(config.archive.max_age, std::nullopt);
    EXPECT_EQ(config.archive.max_size, std::uint64_t{64} << 20U);
    EXPECT_EQ(config.retention, (Retention{.age = std::chrono::days{365}, .count = 1000}));
    EXPECT_THAT(config.keep_tags, ElementsAre("starred", "work"));
    ASSERT_EQ(config.feeds.size(), 4U);
    EXPECT_TRUE(config.feeds[0].archive);
    EXPECT_FALSE(config.feeds[1].archive);
    EXPECT_EQ(config.feeds[0].retention, (Retention{.age = std::chrono::days{365}, .count = 50}));
    EXPECT_EQ(config.feeds[1].retention, (Retention{.age = std::chrono::days{30}, .count = 50}));
    EXPECT_EQ(config.feeds[2].retention, (Retention{.age = std::chrono::days{365}}));
    EXPECT_EQ(config.feeds[3].retention, Retention{});
}

TEST(LoadConfig, ArchivesOneFeedOrAllOfThem) {
    const Config one = loaded(Lists().file(
        "feeds.yaml", "feeds: [{url: \"https://a.org/\", archive: true}, https://b.org/]\n"));
    EXPECT_TRUE(one.feeds[0].archive);
    EXPECT_FALSE(one.feeds[1].archive);
    const Config all =
        loaded(Lists().file("feeds.yaml", "archive: true\nfeeds: [https://b.org/]\n"));
    EXPECT_TRUE(all.feeds[0].archive);
}

}  // namespace
}  // namespace feedd::test
