// feedd add, import and export, as a user runs them.
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/http_server.h"
#include "support/process.h"
#include "support/temp_dir.h"

namespace feedd::test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

constexpr int kUsage = 64;
constexpr int kNoFeed = 65;
constexpr int kNoAnswer = 69;
constexpr int kIo = 74;
constexpr int kConfig = 78;

constexpr std::string_view kHead = "fetch: {allow_private_addresses: true}\nfeeds:\n";

std::string rss(const std::string& title) {
    return "<rss version='2.0'><channel><title>" + title +
           "</title><item><guid>1</guid><title>x</title></item></channel></rss>";
}

HttpResponse html(const std::string& head, const std::string& title = "Blog") {
    return {.headers = {{"Content-Type", "text/html"}},
            .body = "<!doctype html><html><head><title>" + title + "</title>" + head +
                    "</head><body>Hello</body></html>"};
}

HttpResponse moved(int status, const std::string& to) {
    return {.status = status, .headers = {{"Location", to}}};
}

class Command : public ::testing::Test {
  protected:
    Finished run(std::vector<std::string> arguments, const std::string& input = {},
                 std::map<std::string, std::string> environment = {}) {
        return run_program(FEEDD_BINARY, {.arguments = std::move(arguments),
                                          .directory = directory_.path(),
                                          .environment = std::move(environment),
                                          .input = input});
    }
    void list(const std::string& entries = {}) {
        directory_.write("feeds.yaml", std::string(kHead) + entries);
    }
    // What was put behind the head of the list.
    std::string entries() const {
        const std::string text = read_file(directory_.path("feeds.yaml"));
        return text.starts_with(kHead) ? text.substr(kHead.size()) : text;
    }
    TempDir directory_;
};

class Add : public Command {
  protected:
    Finished add(std::vector<std::string> arguments) {
        arguments.insert(arguments.begin(), "add");
        return run(std::move(arguments));
    }
    HttpServer server_;
};

TEST_F(Add, TakesAFeed) {
    list();
    server_.route("/rss", HttpResponse{.body = rss("News")});
    const Finished done =
        add({server_.url("/rss"), "--name", "n", "--tag", "a", "--tag", "b", "--interval", "2h"});
    EXPECT_EQ(done.exit_code, 0) << done.err;
    EXPECT_EQ(done.out, "n: added, " + server_.url("/rss") + " (News; RSS, 1 item)\n");
    EXPECT_EQ(entries(), "  - url: " + server_.url("/rss") +
                             "\n    name: \"n\"\n    tags: [a, b]\n    interval: 2h\n");
}

TEST_F(Add, FollowsPagesToTheirFeed) {
    list();
    server_.route("/blog/", html("<base href='/x/'><link rel=alternate type=application/rss+xml "
                                 "title=RSS href=rss>"));
    server_.route("/x/rss", HttpResponse{.body = rss("News")});
    const Finished done = add({server_.url("/blog/")});
    EXPECT_EQ(done.exit_code, 0) << done.err;
    EXPECT_EQ(entries(), "  - " + server_.url("/x/rss") + "\n");
}

TEST_F(Add, LooksAtTheUsualPlaces) {
    list();
    server_.route("/blog", html(""));
    server_.route("/feed", html("<link rel=alternate type=application/rss+xml href=/other>"));
    server_.route("/atom.xml", HttpResponse{.body = rss("News")});
    const Finished done = add({server_.url("/blog")});
    EXPECT_EQ(done.exit_code, 0) << done.err;
    EXPECT_EQ(entries(), "  - " + server_.url("/atom.xml") + "\n");
    EXPECT_EQ(server_.hits("/rss.xml"), 1);
    EXPECT_EQ(server_.hits("/feed.xml"), 0);
}

class AddOfSeveral : public Add {
  protected:
    void SetUp() override {
        list();
        server_.route("/", html("<link rel=alternate type=application/rss+xml href=/1>"
                                "<link rel=alternate type=application/rss+xml href=/gone>"
                                "<link rel=alternate type=application/atom+xml href=/2>"));
        server_.route("/1", HttpResponse{.body = rss("One")});
        server_.route("/2", HttpResponse{.body = rss("Two \x1B[31m")});
    }
};

TEST_F(AddOfSeveral, ListsThemToChooseFrom) {
    const Finished done = add({server_.url("/")});
    EXPECT_EQ(done.exit_code, kUsage);
    EXPECT_EQ(done.err, "feedd: " + server_.url("/") +
                            ": there are 2 feeds, and none was added:\n  " + server_.url("/1") +
                            "  (One; RSS, 1 item)\n  " + server_.url("/2") +
                            "  (Two [31m; RSS, 1 item)\n"
                            "Add the one that you want by its URL; --first adds the first, --all "
                            "all.\n");
    EXPECT_THAT(entries(), IsEmpty());
}

TEST_F(AddOfSeveral, TakesTheFirst) {
    EXPECT_EQ(add({server_.url("/"), "--first"}).exit_code, 0);
    EXPECT_EQ(entries(), "  - " + server_.url("/1") + "\n");
    const Finished again = add({server_.url("/")});
    EXPECT_EQ(again.exit_code, 0);
    EXPECT_THAT(again.out, HasSubstr("on the list already"));
}

TEST_F(AddOfSeveral, TakesAll) {
    EXPECT_EQ(add({server_.url("/"), "--all"}).exit_code, 0);
    EXPECT_EQ(entries(), "  - " + server_.url("/1") + "\n  - " + server_.url("/2") + "\n");
}

TEST_F(Add, TakesTheUrlOfAPermanentRedirectOnly) {
    list();
    server_.route("/old", moved(301, "/new"));
    server_.route("/today", moved(302, "/new2"));
    server_.route("/new", HttpResponse{.body = rss("News")});
    server_.route("/new2", HttpResponse{.body = rss("News")});
    EXPECT_EQ(add({server_.url("/old"), server_.url("/today")}).exit_code, 0);
    EXPECT_EQ(entries(), "  - " + server_.url("/new") + "\n  - " + server_.url("/today") + "\n");
}

TEST_F(Add, SaysWhatIsThereAlready) {
    list("  - " + server_.url("/rss") + "\n");
    server_.route("/old", moved(301, "/rss"));
    server_.route("/rss", HttpResponse{.body = rss("News")});
    const Finished same = add({server_.url("/rss/") + "?utm_source=x"});
    EXPECT_EQ(same.exit_code, 0);
    EXPECT_THAT(same.out, HasSubstr("on the list already"));
    EXPECT_THAT(same.out, HasSubstr("(feeds.yaml:3)"));
    EXPECT_EQ(server_.requests().size(), 0U);
    EXPECT_THAT(add({server_.url("/old")}).out, HasSubstr("on the list already"));
    EXPECT_EQ(entries(), "  - " + server_.url("/rss") + "\n");
}

TEST_F(Add, TakesTheGoodOnesOfMany) {
    list();
    server_.route("/a", HttpResponse{.body = rss("A")});
    server_.route("/b", HttpResponse{.body = rss("B")});
    const Finished done =
        add({server_.url("/a"), server_.url("/404"), server_.url("/b"), "nohost:"});
    EXPECT_EQ(done.exit_code, kUsage);
    EXPECT_EQ(entries(), "  - " + server_.url("/a") + "\n  - " + server_.url("/b") + "\n");
    EXPECT_THAT(done.err, HasSubstr("feedd: " + server_.url("/404") + ": HTTP 404 Not Found\n"));
}

TEST_F(Add, NamesWhatIsThereInsteadOfAFeed) {
    list();
    server_.route("/wall", html("", "Just a moment..."));
    server_.route("/login", html("<input type=password>", "Log in"));
    server_.route("/pdf", HttpResponse{.body = "%PDF-1.7"});
    server_.route("/none", html(""));
    server_.route("/broken", html("<link rel=alternate type=application/rss+xml href=/404>"));
    const auto said = [&](const std::string& path, int code) {
        const Finished done = add({server_.url(path)});
        EXPECT_EQ(done.exit_code, code) << done.err;
        EXPECT_THAT(done.err, StartsWith("feedd: " + server_.url(path) + ": "));
        EXPECT_EQ(std::count(done.err.begin(), done.err.end(), '\n'), 1) << done.err;
        return done.err;
    };
    EXPECT_THAT(said("/wall", kNoFeed), HasSubstr("a bot wall of Cloudflare"));
    EXPECT_THAT(said("/login", kNoFeed), HasSubstr("a login page"));
    EXPECT_THAT(said("/pdf", kNoFeed), HasSubstr("a PDF file"));
    EXPECT_THAT(said("/none", kNoFeed), HasSubstr("there is none at /feed, /rss.xml"));
    EXPECT_THAT(said("/broken", kNoFeed), HasSubstr("/404, which is none: HTTP 404"));
    EXPECT_THAT(said("/404", kNoAnswer), HasSubstr("HTTP 404 Not Found"));
    EXPECT_THAT(entries(), IsEmpty());
    EXPECT_EQ(server_.hits("/rss.xml"), 2);  // of the last two pages: walls are not tried again
}

TEST_F(Add, AsksNoPrivateAddressUnlessTheListAllowsIt) {
    const Finished done = add({server_.url("/rss")});
    EXPECT_EQ(done.exit_code, kNoAnswer);
    EXPECT_THAT(done.err, HasSubstr("private address"));
    EXPECT_FALSE(std::filesystem::exists(directory_.path("feeds.yaml")));
    EXPECT_EQ(server_.requests().size(), 0U);
}

TEST_F(Add, TakesAUrlUnaskedAndMakesAList) {
    const Finished done = add({"--no-fetch", "example.org/feed", "https://b.org/${TOKEN}"});
    EXPECT_EQ(done.exit_code, 0) << done.err;
    EXPECT_EQ(read_file(directory_.path("feeds.yaml")),
              "feeds:\n  - https://example.org/feed\n  - https://b.org/${TOKEN}\n");
    EXPECT_THAT(done.err, HasSubstr("feeds.yaml: a new list\n"));
}

TEST_F(Add, DoesNotLetPagesAskForSecrets) {
    list();
    server_.route("/", html("<link rel=alternate type=application/rss+xml href='/f?x=${HOME}'>"));
    server_.route("/f", HttpResponse{.body = rss("News")});
    const Finished done = add({server_.url("/")});
    EXPECT_EQ(done.exit_code, 0) << done.err;
    EXPECT_THAT(entries(), Not(HasSubstr("?x=${HOME}")));
    EXPECT_EQ(run({"check"}, {}, {{"HOME", "/s3cret"}}).exit_code, 0);
    EXPECT_THAT(run({"export"}, {}, {{"HOME", "/s3cret"}}).out, Not(HasSubstr("s3cret")));
}

TEST_F(Add, ShowsNoPassword) {
    list();
    server_.route("/rss", [](const HttpRequest& request) {
        const bool known = request.header("Authorization") != nullptr;
        return known ? HttpResponse{.body = rss("News")} : HttpResponse{.status = 401};
    });
    std::string url = server_.url("/rss");
    url.insert(7, "me:s3cret@");
    const Finished done = add({url});
    EXPECT_EQ(done.exit_code, 0) << done.err;
    EXPECT_THAT(done.out + done.err, Not(HasSubstr("s3cret")));
    EXPECT_EQ(entries(), "  - " + url + "\n");
}

TEST_F(Add, RefusesWhatCannotBe) {
    list("  - {url: https://a.org/, name: a}\n");
    EXPECT_THAT(add({"https://b.org/", "--name", "a"}).err, HasSubstr("the name of another feed"));
    EXPECT_THAT(add({"https://b.org/", "https://c.org/", "--name", "b"}).err,
                HasSubstr("one name for several feeds"));
    EXPECT_THAT(add({"https://b.org/", "--interval", "5"}).err, HasSubstr("--interval"));
    EXPECT_THAT(add({"/srv/feed.xml"}).err, HasSubstr("a file is file:///srv/feed.xml"));
    EXPECT_THAT(add({"https://b.org/${UNSET_X}"}).err, HasSubstr("'UNSET_X' is not set"));
    EXPECT_EQ(entries(), "  - {url: https://a.org/, name: a}\n");
}

TEST_F(Add, PrintsTheEntryWhereItCannotBeWritten) {
    directory_.write("feeds.yaml", "feeds: ~\n");
    const Finished done = add({"--no-fetch", "https://a.org/", "--name", "a"});
    EXPECT_EQ(done.exit_code, kConfig);
    EXPECT_THAT(done.err, HasSubstr("Nothing was written. To be put below 'feeds:' by hand:\n"
                                    "  - url: https://a.org/\n    name: a\n"));
    EXPECT_EQ(read_file(directory_.path("feeds.yaml")), "feeds: ~\n");
}

class ImportExport : public Command {};

TEST_F(ImportExport, PutsTheFeedsOfAFileOnTheList) {
    list("  - url: https://known.org/feed\n    name: known\n");
    directory_.write("subs.opml", R"(<opml><body><outline text="Tech, etc">
<outline text="A" xmlUrl="https://a.org/rss" category="/x/z"/><outline text="A" xmlUrl="feed://b.org/rss"/>
<outline text="Known" xmlUrl="http://www.known.org/feed/"/></outline>
<outline text="c.org" xmlUrl="feed:https://c.org/"/><outline text="bad" xmlUrl="/rss.xml"/>
<outline text="Again" xmlUrl="https://A.org/rss#x"/><outline text="host" xmlUrl="d.org/rss"/>
<outline text="trap" xmlUrl="https://e.org/${HOME}"/></body></opml>)");
    const Finished done = run({"import", "subs.opml"});
    EXPECT_EQ(done.exit_code, kNoFeed);
    EXPECT_EQ(entries(),
              "  - url: https://known.org/feed\n    name: known\n"
              "  - url: https://a.org/rss\n    name: A\n    tags: [Tech etc, x, z]\n"
              "  - url: http://b.org/rss\n    name: A 2\n    tags: [Tech etc]\n"
              "  - url: https://c.org/\n"
              "  - url: https://e.org/$${HOME}\n    name: trap\n");
    EXPECT_THAT(done.out, HasSubstr("A 2: added, http://b.org/rss\n"));
    EXPECT_THAT(done.out, HasSubstr("Known: on the list already"));
    EXPECT_THAT(done.out, HasSubstr("Again: twice in the file, https://A.org/rss#x"));
    EXPECT_THAT(done.err, HasSubstr("subs.opml: bad: '/rss.xml' is no URL that can be polled"));
    EXPECT_THAT(done.err, HasSubstr("did you mean 'https://d.org/rss'?"));
    EXPECT_THAT(done.err, HasSubstr("subs.opml: 4 added, 1 on the list already, 1 twice in the "
                                    "file, 2 left out\n"));
}

TEST_F(ImportExport, WritesNothingInADryRun) {
    const Finished done =
        run({"import", "--dry-run", "-"},
            "<opml><body><outline text='A' xmlUrl='https://a.org/'/></body></opml>");
    EXPECT_EQ(done.exit_code, 0);
    EXPECT_EQ(done.out, "  - url: https://a.org/\n    name: A\n");
    EXPECT_THAT(done.err, HasSubstr("1 would be added"));
    EXPECT_FALSE(std::filesystem::exists(directory_.path("feeds.yaml")));
}

TEST_F(ImportExport, RefusesWhatIsNoOpml) {
    EXPECT_EQ(run({"import", "gone.opml"}).exit_code, kIo);
    const Finished done = run({"import", "-"}, "<html><body>x</body></html>");
    EXPECT_EQ(done.exit_code, kNoFeed);
    EXPECT_EQ(done.err, "feedd: standard input: not an OPML file: this is an HTML page\n");
}

TEST_F(ImportExport, SaysThatAFileIsCutShort) {
    const Finished done =
        run({"import", "-"}, "<opml><body><outline text='A' xmlUrl='https://a.org/'/><outline te");
    EXPECT_EQ(done.exit_code, 0);
    EXPECT_THAT(done.err, HasSubstr("standard input: 1 added"));
    EXPECT_THAT(done.err, HasSubstr("standard input: warning: it is damaged"));
}

TEST_F(ImportExport, KeepsSecretsAtHome) {
    list(
        "  - {url: 'https://me:s3cret@a.org/', name: a}\n"
        "  - {url: 'https://${USER_X}:${PW}@b.org/', name: b}\n"
        "  - {url: 'https://c.org/${TOKEN}', name: c}\n"
        "  - {url: 'https://d.org/', name: d, headers: {X: s3cret}, auth: {token: s3cret}}\n"
        "  - {url: 'https://e.org/?Token=tok3n', name: e}\n");
    for (const auto& environment : std::vector<std::map<std::string, std::string>>{
             {}, {{"USER_X", "s3cret"}, {"PW", "s3cret"}, {"TOKEN", "s3cret"}}}) {
        const Finished done = run({"export"}, {}, environment);
        EXPECT_EQ(done.exit_code, 0) << done.err;
        EXPECT_THAT(done.out + done.err, AllOf(Not(HasSubstr("s3cret")), Not(HasSubstr("${"))));
        EXPECT_THAT(done.out, HasSubstr("xmlUrl=\"https://a.org/\""));
        EXPECT_THAT(done.out, HasSubstr("xmlUrl=\"https://b.org/\""));
        EXPECT_THAT(done.out, Not(HasSubstr("c.org")));
        EXPECT_THAT(done.err, HasSubstr("'c' is left out: its URL has a secret filled in"));
        EXPECT_THAT(done.err, HasSubstr("warning: 'Token' of the URL of 'e' may be a secret"));
    }
}

TEST_F(ImportExport, BringsTheSameListBack) {
    const std::string feeds =
        "feeds:\n"
        "  - https://a.org/feed\n"
        "  - http://a.org/feed\n"  // another one to the list
        "  - {url: \"https://b.org/?x=1&y=$${z}\", name: 'B & <b> \"é\"', tags: [news, 'two "
        "words', /s]}\n"
        "  - {url: https://c.org/rss.xml, tags: [news, a/b]}\n"
        "  - {url: https://d.org/, name: a.org, tags: x}\n"
        "  - {url: 'file:///srv/a%20b.xml'}\n";
    directory_.write("feeds.yaml", feeds);
    ASSERT_EQ(run({"check"}).exit_code, 0);
    ASSERT_EQ(run({"export", "--output", "out.opml"}).exit_code, 0);
    const Finished imported = run({"import", "out.opml", "--config", "again.yaml"});
    EXPECT_EQ(imported.exit_code, 0) << imported.err;
    const auto body = [&](const std::string& config) {
        const std::string out = run({"export", "--config", config}).out;
        return out.substr(out.find("<body>"));
    };
    EXPECT_THAT(body("feeds.yaml"), HasSubstr("category=\"news,two words\""));
    EXPECT_EQ(body("again.yaml"), body("feeds.yaml"));
    EXPECT_EQ(run({"import", "out.opml"}).exit_code, 0);
    EXPECT_EQ(read_file(directory_.path("feeds.yaml")), feeds);
}

TEST_F(ImportExport, ExportsTheFeedsOfATag) {
    list("  - {url: https://a.org/, tags: [x]}\n  - {url: https://b.org/, tags: [y]}\n");
    const Finished done = run({"export", "--tag", "y"});
    EXPECT_THAT(done.out, AllOf(HasSubstr("b.org"), Not(HasSubstr("a.org"))));
}

}  // namespace
}  // namespace feedd::test
