// The recipes of docs/store.md for consumers of the change log, run as they stand there.
#include <csignal>
#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/feed_maker.h"
#include "support/patience.h"
#include "support/process.h"
#include "support/temp_dir.h"

namespace feedd::test {
namespace {

// The one block of that language below "Following the change log".
std::string recipe(const std::string& language) {
    const std::string text = read_file(FEEDD_SOURCE_DIR "/docs/store.md");
    const std::size_t section = text.find("## Following the change log");
    const std::size_t end = text.find("\n## ", section + 3);
    const std::string open = "\n```" + language + "\n";
    const std::size_t at = text.find(open, section);
    if (at == std::string::npos || at > end) return {};
    const std::size_t begin = at + open.size();
    return text.substr(begin, text.find("\n```", begin) + 1 - begin);
}

class Recipe : public testing::Test {
  protected:
    Recipe() { directory_.write("feeds.yaml", "feeds:\n  - url: file:news.xml\n    name: news\n"); }

    void publish(int count, const std::string& text) {
        std::vector<MadeItem> items;
        for (int i = 1; i <= count; ++i) {
            const std::string id = std::to_string(i);
            items.push_back({.guid = id,
                             .link = "http://news.example/" + id,
                             .title = text + " " + id,
                             .text = text + " " + id,
                             .byline = "Ann Lee",
                             .date = "2025-04-01T01:02:03Z",
                             .enclosure = "http://news.example/" + id + ".mp3"});
        }
        directory_.write("news.xml",
                         made_feed(MadeFormat::rss20, "News", "http://news.example/", items));
        const Finished once = run_program(
            FEEDD_BINARY, {.arguments = {"once", "--all"}, .directory = directory_.path()});
        ASSERT_EQ(once.exit_code, 0) << once.err;
    }
    [[nodiscard]] Background started(const std::string& program,
                                     std::vector<std::string> arguments) const {
        return {program, {.arguments = std::move(arguments), .directory = directory_.path()}};
    }
    TempDir directory_;
};

TEST_F(Recipe, InPythonKeepsACopyOverItsOwnEnd) {
    const std::string script = directory_.write("consumer.py", recipe("python"));
    const auto titles = [&] {
        const Finished rows = run_program(
            "/usr/bin/sqlite3", {.arguments = {"mine.db", "SELECT title FROM titles ORDER BY id"},
                                 .directory = directory_.path()});
        return rows.out;
    };
    publish(2, "First");
    {
        Background consumer = started("/usr/bin/python3", {script});
        EXPECT_TRUE(comes_true([&] { return titles() == "First 1\nFirst 2\n"; })) << titles();
        publish(2, "Second");  // revised, while it follows
        EXPECT_TRUE(comes_true([&] { return titles() == "Second 1\nSecond 2\n"; })) << titles();
        consumer.signal(SIGKILL);
        (void)consumer.wait();
    }
    publish(3, "Third");
    const Background again = started("/usr/bin/python3", {script});
    EXPECT_TRUE(comes_true([&] { return titles() == "Third 1\nThird 2\nThird 3\n"; })) << titles();
}

TEST_F(Recipe, InTheShellKeepsEachChangeAsAFile) {
    const std::string script = directory_.write("consumer.sh", recipe("sh"));
    const auto files = [&] {
        std::size_t count = 0;
        std::error_code error;
        for (const auto& file :
             std::filesystem::directory_iterator(directory_.path("inbox"), error))
            count += file.path().extension() == ".json" ? 1 : 0;
        return count;
    };
    const auto behind = [&] {
        return run_program(FEEDD_BINARY, {.arguments = {"tail", "--consumers", "--format", "json"},
                                          .directory = directory_.path()})
            .out;
    };
    publish(2, "First");
    const std::string programs = std::filesystem::path(FEEDD_BINARY).parent_path().string();
    Background consumer =
        started("/bin/sh", {"-c", "PATH=$1:$PATH; . \"$2\"", "sh", programs, script});
    EXPECT_TRUE(comes_true([&] { return files() == 2; })) << files();
    publish(3, "First");
    EXPECT_TRUE(comes_true([&] { return files() == 3; })) << files();
    EXPECT_THAT(read_file(directory_.path("inbox/3.json")),
                testing::HasSubstr("\"title\":\"First 3\""));
    EXPECT_TRUE(comes_true([&] { return behind().find('3') != std::string::npos; })) << behind();
    consumer.signal(SIGTERM);
    (void)consumer.wait();
}

}  // namespace
}  // namespace feedd::test
