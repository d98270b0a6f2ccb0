// Lists made of several files.
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

std::vector<std::string> names_of(const Lists& lists) {
    const auto config = lists.load();
    EXPECT_TRUE(config) << lists.errors();
    std::vector<std::string> names;
    if (config) {
        for (const FeedSpec& feed : config->feeds)
            names.push_back(feed.name);
    }
    return names;
}

TEST(Include, ReadsFilesThatMatchInTheOrderOfTheirNames) {
    Lists lists;
    lists.file("feeds.yaml", "feeds: [https://main.org/]\ninclude: feeds.d/*.yaml\n")
        .file("feeds.d/b.yaml", "feeds: [https://b.org/]\n")
        .file("feeds.d/a.yaml", "feeds: [https://a.org/]\n")
        .file("feeds.d/notes.txt", "no list\n")
        .file("feeds.d/empty.yaml", "# all commented out\n");
    EXPECT_THAT(names_of(lists), ElementsAre("main.org", "a.org", "b.org"));
    const auto config = lists.load();
    EXPECT_THAT(config->files,
                ElementsAre(lists.path("feeds.yaml"), lists.path("feeds.d/a.yaml"),
                            lists.path("feeds.d/b.yaml"), lists.path("feeds.d/empty.yaml")));
    EXPECT_THAT(config->directories, ElementsAre(lists.path("feeds.d")));
}

TEST(Include, TakesAPatternThatMatchesNothingYet) {
    Lists lists;
    lists.file("feeds.yaml", "feeds: []\ninclude: [feeds.d/*.yaml]\n");
    EXPECT_THAT(names_of(lists), ElementsAre());
    EXPECT_THAT(lists.load()->directories, ElementsAre(lists.path("feeds.d")));
}

// The mistake may be in a file that was included only now: who reloads has to watch it.
TEST(Include, TellsWhichFilesAListWithErrorsIsReadFrom) {
    Lists lists;
    lists.file("feeds.yaml", "include: [a.yaml, gone.yaml, feeds.d/*.yaml]\nfeeds: []\n")
        .file("a.yaml", "feeds: 5\n");
    ListFiles seen;
    EXPECT_FALSE(load_config(lists.path("feeds.yaml"), environment_of({}), &seen));
    EXPECT_THAT(seen.files, ElementsAre(lists.path("feeds.yaml"), lists.path("a.yaml"),
                                        lists.path("gone.yaml")));
    EXPECT_THAT(seen.directories, ElementsAre(lists.path("feeds.d")));
}

TEST(Include, HandsDefaultsDownAndKeepsItsOwn) {
    Lists lists;
    lists
        .file("feeds.yaml",
              "defaults: {interval: 1h, timeout: 9s}\ninclude: [sub/a.yaml, b.yaml]\n")
        .file("sub/a.yaml",
              "defaults: {interval: 5m}\nfeeds: [https://a.org/]\ninclude: deeper/c.yaml\n")
        .file("sub/deeper/c.yaml", "feeds: [https://c.org/]\n")
        .file("b.yaml", "feeds: [https://b.org/]\n");
    const auto config = lists.load();
    ASSERT_TRUE(config) << lists.errors();
    ASSERT_EQ(config->feeds.size(), 3U);
    EXPECT_EQ(config->feeds[0].interval, Seconds{300});
    EXPECT_EQ(config->feeds[0].timeout, Seconds{9});
    EXPECT_EQ(config->feeds[1].url, "https://c.org/");
    EXPECT_EQ(config->feeds[1].interval, Seconds{300});
    EXPECT_EQ(config->feeds[2].interval, Seconds{3600});
}

TEST(Include, ReportsErrorsOfEveryFileWithTheirPlace) {
    Lists lists;
    lists.file("feeds.yaml", "feeds: [https://a.org/]\ninclude: [b.yaml, gone.yaml, sub]\n")
        .file("b.yaml", "store: x.db\nfeeds:\n  - https://a.org/\n  - hello\n")
        .file("sub/x", "");
    EXPECT_EQ(lists.errors(),
              "feeds.yaml:2:19: gone.yaml: cannot be read: No such file or directory\n"
              "feeds.yaml:2:30: sub: this is a directory (name a file in it)\n"
              "b.yaml:1:1: unknown key 'store' in an included file (known: defaults, feeds, "
              "include)\n"
              "b.yaml:3:5: this URL is on the list twice (first at feeds.yaml:1:9)\n"
              "b.yaml:4:5: 'hello' is no URL that can be polled (a feed is http://…, https://… or "
              "file:…)\n");
}

TEST(Include, RefusesALoop) {
    Lists lists;
    lists.file("feeds.yaml", "include: a.yaml\n").file("a.yaml", "include: ./x/../feeds.yaml\n");
    EXPECT_EQ(lists.errors(), "a.yaml:1:10: feeds.yaml: this list includes itself\n");
}

TEST(Include, RefusesTheSameFileTwice) {
    Lists lists;
    lists.file("feeds.yaml", "include: [a.yaml, '*.yml', a.yaml]\n").file("a.yaml", "feeds: []\n");
    EXPECT_EQ(lists.errors(),
              "feeds.yaml:1:28: a.yaml: this list is included twice (first at feeds.yaml:1:11)\n");
}

TEST(Include, RefusesListsWithoutEnd) {
    Lists lists;
    lists.file("feeds.yaml", "include: l1\n");
    for (int i = 1; i < 30; ++i)
        lists.file("l" + std::to_string(i), "include: l" + std::to_string(i + 1) + "\n");
    EXPECT_EQ(lists.errors(), "l15:1:10: l16: lists are included too deeply\n");
}

TEST(MainFile, ThatIsMissingOrNoFileIsRefused) {
    Lists lists;
    lists.file("dir/x", "");
    EXPECT_EQ(lists.errors("gone.yaml"), "gone.yaml: cannot be read: No such file or directory\n");
    EXPECT_EQ(lists.errors("dir"), "dir: this is a directory (name a file in it)\n");
    ASSERT_EQ(mkfifo(lists.path("fifo").c_str(), 0600), 0);
    EXPECT_EQ(lists.errors("fifo"), "fifo: this is no regular file\n");
}

TEST(Errors, OfAListBrokenThroughoutAreCounted) {
    std::string text = "feeds:\n";
    for (int i = 0; i < 250; ++i)
        text += "  - hello\n";
    const auto config = Lists().file("feeds.yaml", text).load();
    ASSERT_FALSE(config);
    ASSERT_EQ(config.error().size(), 101U);
    EXPECT_EQ(message(config.error().back()), "and 150 more errors");
}

// Small texts that stand for much: each must be refused within a blink.
TEST(Errors, OfBombsComeSoon) {
    std::string keys;
    for (int i = 0; i < 10000; ++i)
        keys += "k" + std::to_string(i) + ": 1,";
    std::string aliases;
    for (int i = 0; i < 20000; ++i)
        aliases += "  - *m\n";
    const std::vector<std::string> bombs{
        "feeds:\n  - &m {" + keys + "}\n" + aliases,
        "feeds:\n  - &m https://a.org/\n" + aliases,
        "feeds: " + std::string(100000, '['),
        "feeds: " + std::string(100000, '[') + std::string(100000, ']'),
        "a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\nfeeds: [*c,*c]\n",
    };
    for (const std::string& bomb : bombs)
        EXPECT_NE(Lists().file("feeds.yaml", bomb).errors(), "");
}

}  // namespace
}  // namespace feedd::test
