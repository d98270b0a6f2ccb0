// The real program on the command line: good input, and every kind of bad one.
#include <csignal>
#include <filesystem>

#include <SQLiteCpp/SQLiteCpp.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/feed_maker.h"
#include "support/http_server.h"
#include "support/process.h"
#include "support/temp_dir.h"

namespace feedd::test {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr int kUsage = 64;
constexpr int kIo = 74;
constexpr int kConfig = 78;

std::vector<MadeItem> two_items() {
    return {{.guid = "a",
             .link = "http://news.example/a",
             .title = "Höhenflug",
             .text = "The first text.",
             .byline = "By Ann Lee and Bob Ray",
             .date = "2025-04-01T01:02:03Z",
             .enclosure = "http://news.example/a.mp3"},
            {.guid = "b",
             .link = "http://news.example/b",
             .title = "Second",
             .text = "The other text.",
             .byline = "Ann Lee",
             .date = "2025-04-02T01:02:03Z",
             .enclosure = "http://news.example/b.mp3"}};
}

class Cli : public ::testing::Test {
  protected:
    Finished feedd(std::vector<std::string> arguments) {
        return run_program(FEEDD_BINARY,
                           {.arguments = std::move(arguments), .directory = directory_.path()});
    }
    void list(const std::string& text) { directory_.write("feeds.yaml", text); }
    void list_of_one_file() {
        directory_.write("news.xml",
                         made_feed(MadeFormat::rss20, "News", "http://news.example/", two_items()));
        list("feeds:\n  - url: file:news.xml\n    name: news\n");
    }

    TempDir directory_;
};

TEST_F(Cli, EveryCommandExplainsItself) {
    for (const char* command : {"run", "once", "check", "parse", "feeds", "articles", "search",
                                "explain", "tail", "replay", "db"}) {
        const Finished help = feedd({command, "--help"});
        EXPECT_EQ(help.exit_code, 0) << command;
        EXPECT_THAT(help.out, HasSubstr("Usage:")) << command;
        EXPECT_THAT(help.err, IsEmpty()) << command;
    }
}

TEST_F(Cli, OncePollsAndArticlesAndSearchShowWhatItBrought) {
    list_of_one_file();
    const Finished once = feedd({"once"});
    EXPECT_EQ(once.exit_code, 0) << once.err;
    EXPECT_EQ(once.err, "1 feed polled, 0 failed: 2 new, 0 revised, 0 seen elsewhere\n");
    const Finished table = feedd({"articles"});
    EXPECT_EQ(table.exit_code, 0) << table.err;
    EXPECT_EQ(table.out,
              "ID  DATE (UTC)        FEED  TITLE\n"
              " 2  2025-04-02 01:02  news  Second\n"
              " 1  2025-04-01 01:02  news  Höhenflug\n");
    const Finished found = feedd({"search", "hohenflug", "--format", "jsonl"});
    EXPECT_THAT(found.out, HasSubstr("\"url\":\"http://news.example/a\""));
    EXPECT_THAT(found.out, HasSubstr("\"authors\":[\"Ann Lee\",\"Bob Ray\"]"));
    EXPECT_EQ(feedd({"search", "\"stray quote"}).exit_code, 0);
    const Finished csv = feedd({"articles", "--format", "csv", "--limit", "1"});
    EXPECT_THAT(csv.out, HasSubstr("2,2025-04-02T01:02:03Z,"));
    const auto columns = [&](std::vector<std::string> arguments) {
        arguments.insert(arguments.end(), {"--format", "csv"});
        const std::string out = feedd(arguments).out;
        return out.substr(0, out.find('\r'));
    };
    const std::string always = "id,published_at,first_seen_at,title,url,language,feeds,authors";
    EXPECT_EQ(columns({"articles"}), always);
    EXPECT_EQ(columns({"articles", "--stories"}), always + ",story_id,outlets");
    EXPECT_EQ(columns({"articles", "--revised"}), always + ",revised_at,revisions");
    EXPECT_EQ(columns({"search", "text"}), always + ",snippet");
    const Finished no_time = feedd({"articles", "--since", "last week"});
    EXPECT_EQ(no_time.exit_code, 64);
    for (const char* form : {"3 days ago", "24h", "2 weeks", "yesterday", "day of the week",
                             "2025-04,", "2025-04-08T01:02:03Z"}) {
        EXPECT_THAT(no_time.err, HasSubstr(form));
    }
    const Finished feeds = feedd({"feeds"});
    EXPECT_THAT(feeds.out, HasSubstr("news  active      2"));
}

TEST_F(Cli, AFeedThatFailsIsALineAndNoFailure) {
    list("feeds:\n  - url: file:missing.xml\n    name: missing\n");
    const Finished once = feedd({"once"});
    EXPECT_EQ(once.exit_code, 0);
    EXPECT_THAT(once.err, HasSubstr("missing: "));
    EXPECT_THAT(once.err, HasSubstr("No such file"));
    EXPECT_THAT(feedd({"feeds", "--failing"}).out, HasSubstr("missing"));
}

// Each ends with one clear line and its exit code, and touches nothing.
struct Bad {
    const char* name;
    const char* list;
    int exit_code;
    const char* says;
};

// What ctest shows of a case.
void PrintTo(const Bad& bad, std::ostream* out) {
    *out << bad.name;
}

class BadList : public Cli, public ::testing::WithParamInterface<Bad> {};

TEST_P(BadList, IsRefusedWithOneClearLine) {
    list(GetParam().list);
    for (const char* command : {"once", "run"}) {
        const Finished done = feedd({command, "--config", "feeds.yaml", "--db", "new.db"});
        EXPECT_EQ(done.exit_code, GetParam().exit_code) << done.err;
        EXPECT_THAT(done.err, HasSubstr(GetParam().says));
        EXPECT_EQ(std::count(done.err.begin(), done.err.end(), '\n'), 1) << done.err;
        EXPECT_FALSE(std::filesystem::exists(directory_.path("new.db")));
    }
}

INSTANTIATE_TEST_SUITE_P(
    Cli, BadList,
    ::testing::Values(
        Bad{"broken_yaml", "feeds:\n  - url: [unclosed\n", kConfig, "feeds.yaml:"},
        Bad{"duplicate_name",
            "feeds:\n  - {url: 'http://a.example/', name: x}\n  - {url: 'http://b.example/', name: "
            "x}\n",
            kConfig, "feeds.yaml:3:"},
        Bad{"unknown_key", "feeds:\n  - url: http://a.example/\n    intervall: 5m\n", kConfig,
            "did you mean 'interval'?"}),
    [](const auto& test) { return test.param.name; });

TEST_F(Cli, AnUnreadableListIsNamed) {
    const Finished done = feedd({"once", "--config", "nowhere.yaml", "--db", "new.db"});
    EXPECT_EQ(done.exit_code, kConfig) << done.err;
    EXPECT_THAT(done.err, HasSubstr("nowhere.yaml"));
    EXPECT_EQ(std::count(done.err.begin(), done.err.end(), '\n'), 1) << done.err;
    EXPECT_FALSE(std::filesystem::exists(directory_.path("new.db")));
}

TEST_F(Cli, AStoreThatCannotBeWrittenIsNamed) {
    list_of_one_file();
    const Finished done = feedd({"once", "--db", "no/such/directory/feedd.db"});
    EXPECT_EQ(done.exit_code, kIo) << done.err;
    EXPECT_THAT(done.err, HasSubstr("no/such/directory/feedd.db"));
    EXPECT_EQ(std::count(done.err.begin(), done.err.end(), '\n'), 1) << done.err;
}

TEST_F(Cli, AStoreThatIsNoSqliteIsLeftUntouched) {
    list_of_one_file();
    const std::string text(5000, 'x');
    directory_.write("notes.txt", text);
    const Finished done = feedd({"once", "--db", "notes.txt"});
    EXPECT_EQ(done.exit_code, kIo) << done.err;
    EXPECT_THAT(done.err, HasSubstr("notes.txt"));
    EXPECT_EQ(std::count(done.err.begin(), done.err.end(), '\n'), 1) << done.err;
    EXPECT_EQ(read_file(directory_.path("notes.txt")), text);
}

TEST_F(Cli, WrongUsageIsExplained) {
    EXPECT_EQ(feedd({}).exit_code, kUsage);
    EXPECT_EQ(feedd({"frobnicate"}).exit_code, kUsage);
    EXPECT_EQ(feedd({"once", "--nonsense"}).exit_code, kUsage);
    EXPECT_EQ(feedd({"articles", "--since", "yesteryear"}).exit_code, kUsage);
    list_of_one_file();
    const Finished unknown = feedd({"once", "nobody"});
    EXPECT_EQ(unknown.exit_code, kUsage);
    EXPECT_THAT(unknown.err, HasSubstr("nobody"));
}

// What is said on a wrong command line, exit code and all.
struct Wrong {
    const char* name;
    std::vector<std::string> arguments;
    int exit_code;
    const char* says;
};

void PrintTo(const Wrong& wrong, std::ostream* out) {
    *out << wrong.name;
}

class WrongCommandLine : public Cli, public ::testing::WithParamInterface<Wrong> {};

TEST_P(WrongCommandLine, NamesTheMistakeAndWhereHelpIs) {
    const Finished done = feedd(GetParam().arguments);
    EXPECT_EQ(done.exit_code, GetParam().exit_code);
    EXPECT_THAT(done.err, HasSubstr(GetParam().says));
    EXPECT_THAT(done.out, IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(
    Cli, WrongCommandLine,
    ::testing::Values(
        Wrong{"misspelt_command",
              {"onec"},
              kUsage,
              "feedd: 'onec' is no command (did you mean once?)\nTry 'feedd --help'.\n"},
        Wrong{"misspelt_command_with_options",
              {"--log-level", "debug", "artickles", "--limit", "3"},
              kUsage,
              "feedd: 'artickles' is no command (did you mean articles?)\n"},
        Wrong{"unlike_any_command", {"frobnicate"}, kUsage, "feedd: 'frobnicate' is no command\n"},
        Wrong{"misspelt_subcommand",
              {"db", "stast"},
              kUsage,
              "feedd: 'stast' is no command (did you mean stats?)\nTry 'feedd db --help'.\n"},
        Wrong{"option_of_a_command", {"once", "--nonsense"}, kUsage, "Try 'feedd once --help'.\n"},
        Wrong{"parse_after_options",
              {"--log-level", "debug", "parse", "--foo"},
              2,
              "Try 'feedd parse --help'."},
        Wrong{"level_after_the_command", {"articles", "--log-level", "loud"}, kUsage, "loud"},
        Wrong{"format",
              {"articles", "--format", "xml"},
              kUsage,
              "'xml' is none of table, json, jsonl, csv\n"},
        Wrong{"missing_document", {"parse", "nope.xml"}, 2, "No such file or directory"}),
    [](const auto& test) { return test.param.name; });

TEST_F(Cli, LogLevelMayStandAfterTheCommand) {
    list_of_one_file();
    EXPECT_THAT(feedd({"once", "--log-level", "debug"}).err, HasSubstr("poll feed=news"));
}

TEST_F(Cli, OnceTakesAUrlAsTheListWritesIt) {
    list_of_one_file();
    for (const char* word : {"news", "file:news.xml", "file:./news.xml"}) {
        const Finished once = feedd({"once", word});
        EXPECT_EQ(once.exit_code, 0) << word;
        EXPECT_THAT(once.err, HasSubstr("1 feed polled, 0 failed")) << word;
    }
}

TEST_F(Cli, AReaderNeedsNoSecretsButAListWithoutErrors) {
    list_of_one_file();
    ASSERT_EQ(feedd({"once", "--db", "listed.db"}).exit_code, 0);
    list("store: listed.db\nfeeds:\n  - url: file:news.xml\n    headers: {A: \"${TOKEN}\"}\n");
    EXPECT_THAT(feedd({"articles"}).out, HasSubstr("Second"));
    list("store: listed.db\nfeedz: []\n");
    for (const std::vector<std::string>& command : std::vector<std::vector<std::string>>{
             {"articles"}, {"feeds"}, {"search", "x"}, {"db", "stats"}, {"db", "migrate"}}) {
        const Finished done = feedd(command);
        EXPECT_EQ(done.exit_code, kConfig) << command.front();
        EXPECT_THAT(done.err, HasSubstr("did you mean 'feeds'?")) << command.front();
    }
    const Finished missing = feedd({"db", "migrate", "--config", "nowhere.yaml"});
    EXPECT_EQ(missing.exit_code, kConfig);
    EXPECT_THAT(missing.err, HasSubstr("nowhere.yaml"));
    EXPECT_FALSE(std::filesystem::exists(directory_.path("feedd.db")));
    EXPECT_THAT(feedd({"articles", "--db", "listed.db"}).out, HasSubstr("Second"));
}

TEST_F(Cli, OutputThatCannotBeWrittenIsNoSuccess) {
    list_of_one_file();
    ASSERT_EQ(feedd({"once"}).exit_code, 0);
    for (const char* command :
         {"articles", "feeds --format json", "check", "parse news.xml", "db stats", "--help"}) {
        const std::string line = std::string(FEEDD_BINARY) + " " + command + " >/dev/full";
        const Finished done =
            run_program("/bin/sh", {.arguments = {"-c", line}, .directory = directory_.path()});
        EXPECT_EQ(done.exit_code, kIo) << command;
        EXPECT_THAT(done.err, HasSubstr("standard output cannot be written: No space left"))
            << command;
    }
}

// ---- the daemon

class DaemonProcess : public Cli {
  protected:
    DaemonProcess() {
        for (const char* path : {"/a", "/b"}) {
            server_.route(path,
                          HttpResponse{.headers = {{"ETag", "\"1\""}},
                                       .body = made_feed(MadeFormat::rss20, path,
                                                         "http://news.example/", two_items())});
        }
        write_list("/a");
    }
    void write_list(const std::string& path) {
        list("fetch: {allow_private_addresses: true}\nfeeds:\n  - url: " + server_.url(path) +
             "\n    interval: 1h\n");
    }
    Invocation invocation() {
        return {.arguments = {"--log-level", "debug", "run", "--db", "feedd.db"},
                .directory = directory_.path()};
    }

    HttpServer server_;
};

TEST_F(DaemonProcess, PollsUntilItIsToldToStop) {
    Background daemon(FEEDD_BINARY, invocation());
    ASSERT_TRUE(daemon.wait_for("poll feed="));
    daemon.signal(SIGTERM);
    const Finished done = daemon.wait();
    EXPECT_EQ(done.exit_code, 0) << done.err;
    EXPECT_THAT(done.err, HasSubstr("new=2"));
    SQLite::Database store(directory_.path("feedd.db"));
    EXPECT_EQ(store.execAndGet("SELECT count(*) FROM articles").getInt(), 2);
    EXPECT_EQ(server_.hits("/a"), 1);
}

TEST_F(DaemonProcess, TakesAChangedListOverWhenItIsSavedAndOnSighup) {
    Background daemon(FEEDD_BINARY, invocation());
    ASSERT_TRUE(server_.wait_for_hits("/a", 1));
    write_list("/b");  // saving is enough
    ASSERT_TRUE(server_.wait_for_hits("/b", 1));
    list("feeds: [unclosed\n");
    daemon.signal(SIGHUP);
    ASSERT_TRUE(daemon.wait_for("the running one stays"));
    write_list("/a");
    daemon.signal(SIGHUP);
    ASSERT_TRUE(daemon.wait_for("list taken over"));
    daemon.signal(SIGTERM);
    EXPECT_EQ(daemon.wait().exit_code, 0);
}

TEST_F(DaemonProcess, StopsAtOnceThoughAServerHangs) {
    server_.route("/a", HttpResponse{.hold = true});
    Background daemon(FEEDD_BINARY, invocation());
    ASSERT_TRUE(server_.wait_for_hits("/a", 1));
    const auto start = std::chrono::steady_clock::now();
    daemon.signal(SIGTERM);
    EXPECT_EQ(daemon.wait().exit_code, 0);
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5));
}

TEST_F(DaemonProcess, ASecondOneOnTheSameStoreIsRefused) {
    Background daemon(FEEDD_BINARY, invocation());
    ASSERT_TRUE(daemon.wait_for("polling"));
    const Finished second = feedd({"once", "--db", "feedd.db"});
    EXPECT_EQ(second.exit_code, kIo);
    EXPECT_THAT(second.err, HasSubstr(std::to_string(daemon.pid())));
    EXPECT_EQ(feedd({"articles", "--db", "feedd.db"}).exit_code, 0);
}

}  // namespace
}  // namespace feedd::test
