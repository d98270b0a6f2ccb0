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
