// Names that are made of URLs.
#include "config/names.h"

#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config/lists.h"

namespace feedd::test {
namespace {

struct Named {
    std::string_view url;
    std::string_view name;
};

TEST(DerivedName, IsTheHostAndWhatOfThePathTellsTheFeed) {
    static constexpr Named kTable[] = {
        {"https://example.org/feed.xml", "example.org"},
        {"https://www.Example.org/index.rss", "example.org"},
        {"https://example.org/", "example.org"},
        {"https://example.org", "example.org"},
        {"https://feeds.bbci.co.uk/news/rss.xml", "feeds.bbci.co.uk/news"},
        {"https://lwn.net/headlines/rss", "lwn.net/headlines"},
        {"https://example.org/blog/2024.atom", "example.org/blog/2024"},
        {"https://hnrss.org/newest?points=100", "hnrss.org/newest"},
        {"http://127.0.0.1:8300/a/b", "127.0.0.1:8300/a/b"},
        {"file:///usr/share/feedd/releases.atom", "releases"},
        {"file:///srv/feed.xml", "feed"},
    };
    for (const Named& row : kTable)
        EXPECT_EQ(derived_name(row.url, 0), row.name) << row.url;
}

TEST(DerivedName, TellsApartWhatIsAlike) {
    Lists lists;
    lists.file("feeds.yaml", R"(
feeds:
  - https://a.org/feed.xml
  - https://a.org/atom.xml
  - https://b.org/new?q=x
  - https://b.org/new?q=y
  - {url: https://c.org/x, name: d.org}
  - https://d.org/rss
)");
    const auto config = lists.load();
    ASSERT_TRUE(config) << lists.errors();
    std::vector<std::string> names;
    for (const FeedSpec& feed : config->feeds)
        names.push_back(feed.name);
    EXPECT_THAT(names, testing::ElementsAre("a.org", "a.org/atom.xml", "b.org/new", "b.org/new?q=y",
                                            "d.org", "d.org/rss"));
}

TEST(DerivedName, TellsLongUrlsApartToo) {
    const std::string path(200, 'x');
    Lists lists;
    lists.file("feeds.yaml", "feeds:\n  - https://a.org/" + path + "1\n  - https://a.org/" + path +
                                 "2\n  - https://a.org/" + path + "3\n");
    const auto config = lists.load();
    ASSERT_TRUE(config) << lists.errors();
    EXPECT_NE(config->feeds[0].name, config->feeds[1].name);
    EXPECT_NE(config->feeds[1].name, config->feeds[2].name);
    for (const FeedSpec& feed : config->feeds)
        EXPECT_LE(feed.name.size(), 110U);
}

}  // namespace
}  // namespace feedd::test
