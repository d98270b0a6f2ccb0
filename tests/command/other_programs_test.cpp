// The store in the hands of other programs, which know nothing of feedd.
#include <algorithm>
#include <filesystem>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "support/feed_maker.h"
#include "support/process.h"
#include "support/temp_dir.h"

namespace feedd::test {
namespace {

using testing::HasSubstr;

class OtherPrograms : public testing::Test {
  protected:
    OtherPrograms() {
        directory_.write("feeds.yaml", "feeds:\n  - url: file:news.xml\n    name: news\n");
        directory_.write("news.xml", made_feed(MadeFormat::rss20, "News", "http://news.example/",
                                               {{.guid = "1",
                                                 .link = "http://news.example/1",
                                                 .title = "The Café opens",
                                                 .text = "It opens today",
                                                 .byline = "Ann Lee",
                                                 .date = "2025-04-01T01:02:03Z",
                                                 .enclosure = "http://news.example/1.mp3"}}));
        const Finished once = run_program(
            FEEDD_BINARY, {.arguments = {"once", "--all"}, .directory = directory_.path()});
        if (once.exit_code != 0) throw std::runtime_error(once.err);
    }
    std::string run(const char* program, std::vector<std::string> arguments) {
        const Finished done = run_program(
            program, {.arguments = std::move(arguments), .directory = directory_.path()});
        EXPECT_EQ(done.exit_code, 0) << done.err;
        return done.out;
    }
    nlohmann::json utils(std::vector<std::string> arguments) {
        return nlohmann::json::parse(run("/usr/bin/sqlite-utils", std::move(arguments)));
    }
    TempDir directory_;
};

TEST_F(OtherPrograms, SqliteUtilsReadsTablesViewsAndSchema) {
    if (!std::filesystem::exists("/usr/bin/sqlite-utils")) GTEST_SKIP() << "no sqlite-utils";
    const auto tables = utils({"tables", "feedd.db", "--counts"});
    const nlohmann::json articles{{"table", "articles"}, {"count", 1}};
    EXPECT_NE(std::find(tables.begin(), tables.end(), articles), tables.end()) << tables;
    for (const auto& table : tables) {
        const std::string name = table.at("table");
        EXPECT_TRUE(utils({"rows", "feedd.db", name, "--limit", "2"}).is_array()) << name;
    }
    for (const auto& view : utils({"views", "feedd.db"})) {
        const std::string name = view.at("view");
        EXPECT_TRUE(utils({"rows", "feedd.db", name, "--limit", "2"}).is_array()) << name;
    }
    EXPECT_EQ(utils({"rows", "feedd.db", "articles"}).at(0).at("title"), "The Café opens");
    EXPECT_THAT(run("/usr/bin/sqlite-utils", {"schema", "feedd.db", "articles"}),
                HasSubstr("CREATE TABLE articles"));
}

TEST_F(OtherPrograms, SqliteUtilsFindsTheFullTextIndexOfArticles) {
    if (!std::filesystem::exists("/usr/bin/sqlite-utils")) GTEST_SKIP() << "no sqlite-utils";
    const auto found = utils({"search", "feedd.db", "articles", "cafe"});
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found.at(0).at("title"), "The Café opens");
    EXPECT_EQ(utils({"search", "feedd.db", "articles", "tomorrow"}).size(), 0U);
}

TEST_F(OtherPrograms, TheShellOfSqliteReadsEverything) {
    const std::string tables =
        run("/usr/bin/sqlite3", {"-readonly", "feedd.db",
                                 "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')"});
    std::istringstream names(tables);
    for (std::string name; std::getline(names, name);)
        run("/usr/bin/sqlite3",
            {"-readonly", "feedd.db", "SELECT * FROM \"" + name + "\" LIMIT 2"});
    EXPECT_THAT(run("/usr/bin/sqlite3", {"-readonly", "feedd.db", "PRAGMA integrity_check"}),
                HasSubstr("ok"));
}

// As pandas.read_sql does, which stands on this module.
TEST_F(OtherPrograms, PythonReadsArticlesWithoutAnything) {
    EXPECT_EQ(run("/usr/bin/python3",
                  {"-c",
                   "import sqlite3; "
                   "rows = sqlite3.connect('file:feedd.db?mode=ro', uri=True).execute("
                   "'SELECT title, first_seen_at FROM articles').fetchall(); print(rows[0][0])"}),
              "The Café opens\n");
}

}  // namespace
}  // namespace feedd::test
