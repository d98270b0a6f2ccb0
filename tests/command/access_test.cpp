// Secrets, certificates and moves, through the real program: what reaches the wire, what the store.
#include <optional>
#include <stdexcept>

#include <SQLiteCpp/SQLiteCpp.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "support/feed_maker.h"
#include "support/http_server.h"
#include "support/process.h"
#include "support/temp_dir.h"
#include "support/tls_server.h"

namespace feedd::test {
namespace {

using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kFetch = "fetch: {allow_private_addresses: [127.0.0.0/8]}\n";

class AccessByCommand : public ::testing::Test {
  protected:
    AccessByCommand() {
        server_.route("/feed", HttpResponse{.body = made_feed(
                                                MadeFormat::rss20, "News", "http://news.example/",
                                                {{.guid = "a",
                                                  .link = "http://news.example/a",
                                                  .title = "A",
                                                  .text = "The text.",
                                                  .byline = "Ann Lee",
                                                  .date = "2025-04-01T01:02:03Z",
                                                  .enclosure = "http://e.example/"}})});
        directory_.write("ca.pem", authority_.certificate());
    }

    Finished feedd(std::vector<std::string> arguments) {
        return run_program(
            FEEDD_BINARY,
            {.arguments = std::move(arguments),
             .directory = directory_.path(),
             .environment = {{"CREDENTIALS_DIRECTORY", directory_.path("credentials")}}});
    }
    std::string value(const std::string& sql) {
        SQLite::Database db(directory_.path("feedd.db"), SQLite::OPEN_READONLY);
        return db.execAndGet(sql).getString();
    }

    Authority authority_;
    TempDir directory_;
    HttpServer server_;
};

TEST_F(AccessByCommand, ToldASecretTellsItToTheServerAlone) {
    directory_.write("credentials/token", "s3cret-t0ken\n");
    directory_.write("credentials/proxy", "s3cret-pr0xy\n");
    directory_.write("feeds.yaml", std::string(kFetch) +
                                       "feeds:\n  - url: " + server_.url("/feed") +
                                       "\n    name: news\n"
                                       "    auth: {token: \"${credential:token}\"}\n"
                                       "  - url: http://feeds.invalid/\n    name: far\n"
                                       "    proxy: \"http://me:${credential:proxy}@127.0.0.1:" +
                                       std::to_string(server_.port()) + "\"\n");
    const Finished once = feedd({"once", "--log-level", "debug"});
    EXPECT_THAT(once.err, HasSubstr("2 feeds polled, 1 failed: 1 new"));
    const HttpRequest asked = server_.requests("/feed").at(0);
    ASSERT_NE(asked.header("Authorization"), nullptr);
    EXPECT_EQ(*asked.header("Authorization"), "Bearer s3cret-t0ken");
    const auto proxied = server_.requests("http://feeds.invalid/");
    ASSERT_EQ(proxied.size(), 1U);
    EXPECT_NE(proxied[0].header("Proxy-Authorization"), nullptr);

    const Finished shown = feedd({"feeds", "--format", "json"});
    const Finished checked = feedd({"check", "--format", "json"});
    EXPECT_EQ(shown.exit_code, 0) << shown.err;
    const std::string everything = once.out + once.err + shown.out + shown.err + checked.out +
                                   checked.err + read_file(directory_.path("feedd.db")) +
                                   read_file(directory_.path("feedd.db-wal"));
    EXPECT_THAT(everything, HasSubstr("feeds.invalid"));
    for (const char* secret : {"s3cret", "czNjcmV0", "bWU6czNjcmV0"})
        EXPECT_THAT(everything, Not(HasSubstr(secret)));
}

// Whatever becomes of the polls: what the list keeps secret, and what a server puts into a
// redirect, is in no output, no log, no file of metrics and not in the store.
TEST_F(AccessByCommand, KeepsSecretsWhateverBecomesOfThePolls) {
    const std::string here = "127.0.0.1:" + std::to_string(server_.port());
    const std::string nobody = "127.0.0.1:" + std::to_string(HttpServer().port());
    server_.route("/locked", HttpResponse{.status = 401});
    server_.route("/broken", HttpResponse{.status = 500, .body = "s3cret-echo"});
    server_.route("/page", HttpResponse{.body = "<html><title>Sign in</title></html>"});
    server_.route("/target", HttpResponse{.body = made_feed(MadeFormat::rss20, "There",
                                                            "http://there.example/", {})});
    server_.route("/slow", HttpResponse{.status = 429, .headers = {{"Retry-After", "60"}}});
    const auto leads = [&](const std::string& path, int status, const std::string& to) {
        server_.route(path, HttpResponse{.status = status, .headers = {{"Location", to}}});
    };
    leads("/moved", 301, "http://you:s3cret-there@" + here + "/target");
    leads("/lost", 302, "ftp://you:s3cret-there@" + here + "/");
    leads("/astray", 302, "http://you:s3cret-there@[nowhere/");
    leads("/loop", 302, "http://you:s3cret-there@" + here + "/loop");
    std::string list = std::string(kFetch) +
                       "archive: {max_age: 10d}\nmetrics: feedd.prom\n"
                       "defaults: {archive: true, interval: 1s, min_interval: 1s, max_interval: "
                       "1s, timeout: 2s}\nfeeds:\n";
    int number = 0;
    const auto feed = [&](const std::string& url, const std::string& more = "") {
        list += "  - url: \"" + url + "\"\n    name: feed" + std::to_string(++number) + "\n";
        if (!more.empty()) list += "    " + more + "\n";
    };
    for (const char* path : {"/feed", "/locked", "/page", "/moved", "/lost", "/astray", "/loop"})
        feed("http://me:s3cret-url@" + here + path);
    feed("http://me:s3cret-url@" + nobody + "/feed");
    feed("http://me:s3cret-url@feeds.invalid/");
    feed("https://me:s3cret-url@" + here + "/feed");  // no TLS there
    feed("http://" + here + "/broken", "headers: {X-Key: s3cret-header}");
    feed("http://" + here + "/slow", "auth: {token: s3cret-token}");
    feed("http://" + here + "/feed?by=user", "auth: {user: me, password: s3cret-password}");
    feed("http://proxied.invalid/a", "proxy: \"http://me:s3cret-proxy@" + nobody + "\"");
    feed("http://proxied.invalid/b", "proxy: \"socks5://me:s3cret-proxy@" + here + "\"");
    feed("https://proxied.invalid/c", "proxy: \"http://me:s3cret-proxy@" + here + "\"");
    directory_.write("feeds.yaml", list);

    std::string everything;
    const auto keep = [&](const Finished& finished) { everything += finished.out + finished.err; };
    {
        Background daemon(FEEDD_BINARY, {.arguments = {"--log-level", "trace", "run"},
                                         .directory = directory_.path()});
        ASSERT_TRUE(server_.wait_for_hits("/moved", 3));
        EXPECT_TRUE(daemon.wait_for("feed moved feed=feed4"));
        daemon.signal(SIGTERM);
        keep(daemon.wait());
    }
    for (int i = 0; i < 2; ++i)
        keep(feedd({"once", "--all", "--log-level", "trace"}));
    keep(feedd({"check"}));
    for (const char* format : {"table", "json"}) {
        keep(feedd({"feeds", "--format", format}));
        keep(feedd({"feeds", "--hosts", "--format", format}));
        keep(feedd({"feeds", "--gaps", "--format", format}));
        keep(feedd({"articles", "--format", format}));
    }
    for (int i = 1; i <= number; ++i) {
        keep(feedd({"explain", "feed" + std::to_string(i)}));
        keep(feedd({"explain", "feed" + std::to_string(i), "--format", "json"}));
    }
    keep(feedd({"export"}));
    keep(feedd({"db", "stats"}));
    EXPECT_THAT(everything, HasSubstr("Unauthorized"));
    EXPECT_THAT(everything, HasSubstr("not http or https"));
    everything += read_file(directory_.path("feedd.prom"));
    EXPECT_THAT(everything, HasSubstr("feedd_polls_total"));
    for (const char* file : {"feedd.db", "feedd.db-wal"})
        everything += read_file(directory_.path(file));
    // "me:s3cret" and "s3cret" in Base64, at each of its three places.
    for (const char* secret : {"s3cret", "bWU6czNjcmV0", "czNjcmV0", "MzY3JldC", "zM2NyZXQt"})
        EXPECT_THAT(everything, Not(HasSubstr(secret)));
    // It was sent, all the same.
    EXPECT_NE(server_.requests("/feed").at(0).header("Authorization"), nullptr);
    EXPECT_NE(server_.requests("/broken").at(0).header("X-Key"), nullptr);
}

// A token in a query is part of the address, which is in the store; the log has no use for it.
TEST_F(AccessByCommand, KeepsAUrlThatIsASecretOutOfTheLog) {
    directory_.write("credentials/key", "s3cret-key\n");
    const std::string query = "?key=s3cret-key";
    server_.route("/moved", HttpResponse{.status = 301,
                                         .headers = {{"Location", server_.url("/feed" + query)}}});
    server_.route("/page", HttpResponse{.body = "<html><title>Sign in</title></html>"});
    server_.route("/astray", HttpResponse{.status = 302,
                                          .headers = {{"Location", server_.url("/page" + query)}}});
    std::string list = std::string(kFetch) + "defaults: {interval: 1s}\nfeeds:\n";
    for (const std::string name : {"moved", "page", "astray"})
        list += "  - {name: " + name + ", url: \"" + server_.url("/" + name) +
                "?key=${credential:key}\"}\n";
    directory_.write("feeds.yaml", list);
    std::string log;
    for (int i = 0; i < 3; ++i) {
        const Finished once = feedd({"once", "--all", "--log-level", "trace"});
        log += once.out + once.err;
    }
    EXPECT_THAT(log, HasSubstr("feed moved feed=moved"));
    EXPECT_THAT(log, HasSubstr("feed fails feed=astray"));
    EXPECT_THAT(log, Not(HasSubstr("s3cret")));
    EXPECT_THAT(value("SELECT group_concat(last_error) FROM feeds"), Not(HasSubstr("s3cret")));
}

TEST_F(AccessByCommand, SaysWhyAServerIsNotTrusted) {
    const TlsFront front(server_, {.identity = authority_.issue({.from_day = -9, .to_day = -2})});
    directory_.write("feeds.yaml", std::string(kFetch) + "feeds:\n  - {url: \"" +
                                       front.url("/feed") + "\", ca_file: ca.pem}\n");
    feedd({"once"});
    EXPECT_EQ(value("SELECT error_class FROM feeds"), "tls");
    EXPECT_EQ(value("SELECT last_error FROM feeds"),
              "SSL certificate problem: certificate has expired");
}

TEST_F(AccessByCommand, ShowsAClientCertificate) {
    const Identity reader = authority_.issue({.common_name = "reader", .names = {}});
    directory_.write("reader.pem", reader.certificate + reader.key);
    const TlsFront front(
        server_, {.identity = authority_.issue(), .client_authority = authority_.certificate()});
    directory_.write("feeds.yaml", std::string(kFetch) + "feeds:\n  - {url: \"" +
                                       front.url("/feed") +
                                       "\", ca_file: ca.pem, client_certificate: reader.pem}\n");
    EXPECT_THAT(feedd({"once"}).err, HasSubstr("0 failed: 1 new"));
    EXPECT_THAT(front.clients(), ElementsAre(Field(&TlsClient::name, "reader")));
}

// Port 80 is closed there, and https works: the feed moves after three good polls.
TEST_F(AccessByCommand, AdoptsHttpsWherePort80IsClosed) {
    const std::string address = "127.81." + std::to_string(::getpid() / 200 % 200 + 1) + "." +
                                std::to_string(::getpid() % 200 + 1);
    std::optional<TlsFront> front;
    try {
        front.emplace(server_,
                      TlsSettings{.identity = authority_.issue({.names = {"IP:" + address}}),
                                  .address = address,
                                  .port = 443});
    } catch (const std::runtime_error&) {
        GTEST_SKIP() << "port 443 of " << address << " cannot be bound";
    }
    directory_.write("feeds.yaml", std::string(kFetch) + "feeds:\n  - {url: \"http://" + address +
                                       "/feed\", ca_file: ca.pem}\n");
    for (int poll = 1; poll <= 3; ++poll) {
        EXPECT_THAT(feedd({"once", "--all"}).err, HasSubstr("0 failed"));
        const std::string scheme = poll < 3 ? "http" : "https";
        EXPECT_EQ(value("SELECT url FROM feeds"), scheme + "://" + address + "/feed") << poll;
    }
    EXPECT_EQ(value("SELECT listed_url FROM feeds"), "http://" + address + "/feed");
    EXPECT_THAT(feedd({"once", "--all"}).err, HasSubstr("0 failed"));
}

}  // namespace
}  // namespace feedd::test
