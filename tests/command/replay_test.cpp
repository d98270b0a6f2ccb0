// The archive and upkeep on the command line.
#include <csignal>

#include <SQLiteCpp/SQLiteCpp.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "support/feed_maker.h"
#include "support/process.h"
#include "support/temp_dir.h"

namespace feedd::test {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr int kUsage = 64;
constexpr int kIo = 74;

class Upkeep : public ::testing::Test {
  protected:
    Upkeep() {
        directory_.write("news.xml", made_feed(MadeFormat::rss20, "News", "http://news.example/",
                                               {{.guid = "a",
                                                 .link = "http://news.example/a",
                                                 .title = "The first of all days",
                                                 .text = "What was told.",
                                                 .date = "2025-04-01T01:02:03Z"}}));
        list("");
        EXPECT_EQ(feedd({"once"}).exit_code, 0);
    }

    Finished feedd(std::vector<std::string> arguments) {
        return run_program(FEEDD_BINARY,
                           {.arguments = std::move(arguments), .directory = directory_.path()});
    }
    void list(const std::string& more) {
        directory_.write("feeds.yaml", "archive: true\nsearch: false\n" + more +
                                           "feeds:\n  - {url: \"file:news.xml\", name: news}\n");
    }
    void execute(const std::string& sql) {
        SQLite::Database(directory_.path("feedd.db"), SQLite::OPEN_READWRITE).exec(sql);
    }
    [[nodiscard]] std::string value(const std::string& sql) const {
        SQLite::Database store(directory_.path("feedd.db"));
        return store.execAndGet(sql).getString();
    }

    TempDir directory_;
};

TEST_F(Upkeep, ReplayReportsAppliesAndHasThenNothingToSay) {
    const Finished same = feedd({"replay"});
    EXPECT_EQ(same.exit_code, 0) << same.err;
    EXPECT_EQ(same.out,
              "1 documents read, 0 of them no feeds, 0 damaged\n"
              "1 articles: 0 new, 0 revised, 0 found by other items, 1 unchanged\n");
    execute("UPDATE articles SET title = 'The last of all days'");
    const Finished other = feedd({"replay", "news", "--since", "2 days"});
    EXPECT_EQ(other.out,
              "revised  1 news: The first of all days\n"
              "  title: The [-last-]{+first+} of all days\n"
              "1 documents read, 0 of them no feeds, 0 damaged\n"
              "1 articles: 0 new, 1 revised, 0 found by other items, 0 unchanged\n"
              "nothing was written; --apply does\n");
    const auto json = nlohmann::json::parse(feedd({"replay", "--format", "json"}).out);
    EXPECT_EQ(json["changes"][0]["fields"][0]["before"], "The last of all days");
    EXPECT_EQ(json["revised"], 1);
    EXPECT_EQ(json["applied"], false);
    EXPECT_THAT(feedd({"replay", "--apply"}).out, HasSubstr("written\n"));
    EXPECT_EQ(value("SELECT title FROM articles"), "The first of all days");
    EXPECT_EQ(value("SELECT title FROM revisions"), "The last of all days");
    EXPECT_EQ(feedd({"replay", "--apply"}).out, same.out);
    EXPECT_EQ(nlohmann::json::parse(feedd({"replay", "--format", "json"}).out)["changes"].size(),
              0U);
}

TEST_F(Upkeep, ReplayMakesANewStoreOrSaysWhyNot) {
    const Finished into = feedd({"replay", "--into", "new.db"});
    EXPECT_EQ(into.out, "new.db: 1 documents read, 0 of them no feeds, 0 damaged: 1 articles\n");
    EXPECT_EQ(feedd({"replay", "--into", "new.db"}).exit_code, kIo);
    EXPECT_EQ(feedd({"replay", "--into", "x.db", "--apply"}).exit_code, kUsage);
    EXPECT_THAT(feedd({"replay", "nobody"}).err, HasSubstr("nobody"));
    EXPECT_EQ(feedd({"replay", "--since", "when"}).exit_code, kUsage);
    EXPECT_EQ(feedd({"replay", "--apply", "--db", "none.db"}).exit_code, kIo);
}

TEST_F(Upkeep, OnlyAReportIsMadeWhileTheDaemonRuns) {
    Background daemon(FEEDD_BINARY, {.arguments = {"run"}, .directory = directory_.path()});
    ASSERT_TRUE(daemon.wait_for("polling feeds=1"));
    EXPECT_EQ(feedd({"replay"}).exit_code, 0);
    EXPECT_EQ(feedd({"db", "prune", "--dry-run"}).exit_code, 0);
    for (const std::vector<std::string>& command :
         {std::vector<std::string>{"replay", "--apply"}, {"db", "prune"}}) {
        const Finished refused = feedd(command);
        EXPECT_EQ(refused.exit_code, kIo);
        EXPECT_THAT(refused.err, HasSubstr("is running on it (stop it first"));
        EXPECT_THAT(refused.out, IsEmpty());
    }
    daemon.signal(SIGTERM);
    EXPECT_EQ(daemon.wait().exit_code, 0);
}

TEST_F(Upkeep, PruneCountsAndDeletesAndShrinks) {
    execute("UPDATE articles SET first_seen_at = '2020-01-01T00:00:00Z'");
    list("retention: {articles: 30d, keep_tags: [starred]}\n");
    const Finished dry = feedd({"db", "prune", "--dry-run"});
    EXPECT_EQ(dry.exit_code, 0) << dry.err;
    EXPECT_EQ(dry.out,
              "WHAT                WOULD GO\n"
              "articles                   1\n"
              "archived documents         0\n"
              "polls                      0\n"
              "hosts                      0\n");
    EXPECT_EQ(value("SELECT count(*) FROM articles"), "1");
    const auto json =
        nlohmann::json::parse(feedd({"db", "prune", "--shrink", "--format", "json"}).out);
    EXPECT_EQ(json["articles"], 1);
    EXPECT_EQ(value("SELECT count(*) FROM articles"), "0");
    EXPECT_EQ(value("SELECT group_concat(kind) FROM changes"), "new,purged");
    EXPECT_EQ(feedd({"db", "check"}).out, "ok\n");
    EXPECT_EQ(feedd({"db", "prune", "--db", "none.db"}).exit_code, kIo);
}

TEST_F(Upkeep, StatsTellsOfTheArchiveAndOfTables) {
    const auto json = nlohmann::json::parse(feedd({"db", "stats", "--format", "json"}).out);
    EXPECT_EQ(json["documents"], 1);
    EXPECT_GT(json["archive_bytes"], 0);
    EXPECT_GT(json["received_bytes"], json["archive_bytes"]);
    EXPECT_EQ(json["oldest_document"], json["newest_document"]);
    EXPECT_GT(json["tables"]["articles"], 0);
    EXPECT_GT(json["tables"]["article_search"], 0);
    const Finished table = feedd({"db", "stats"});
    EXPECT_THAT(table.out, HasSubstr("bytes of articles"));
    EXPECT_THAT(table.out, HasSubstr("newest_article"));
}

}  // namespace
}  // namespace feedd::test
