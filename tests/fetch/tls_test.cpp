// Real handshakes: whom we trust, as whom we come, and what a connection is used for.
#include <gmock/gmock.h>
#include <openssl/ssl.h>

#include "fetching.h"
#include "support/http2_server.h"
#include "support/temp_dir.h"
#include "support/tls_server.h"

namespace feedd::test {

namespace {

using testing::AllOf;
using testing::Each;
using testing::Field;
using testing::HasSubstr;

class Tls : public testing::Test {
  protected:
    Tls() { server_.route("/", HttpResponse{.body = "<rss/>"}); }

    // Trusting the test's authority.
    Request trusting(const std::string& url) {
        Request request = Fetching::request(url);
        request.access.ca_file = ca_file_;
        return request;
    }

    // As the client `name`.
    Request coming_as(const std::string& name, const std::string& url) {
        const Identity identity = authority_.issue({.common_name = name, .names = {}});
        Request request = trusting(url);
        request.access.client_certificate = directory_.write(name + ".crt", identity.certificate);
        request.access.client_key = directory_.write(name + ".key", identity.key);
        return request;
    }

    TlsSettings good() { return {.identity = authority_.issue()}; }

    Authority authority_;
    TempDir directory_;
    std::string ca_file_ = directory_.write("ca.pem", authority_.certificate());
    HttpServer server_;
    Fetching fetching_;
};

TEST_F(Tls, ReachesAServerOfTheAuthorityOfTheList) {
    const TlsFront front(server_, good());
    for (const char* host : {"127.0.0.1", "localhost"}) {
        const Response response = fetching_.fetch(trusting(front.url("/", host)));
        EXPECT_EQ(response.error, PollError::none) << response.error_text;
        EXPECT_EQ(response.body, "<rss/>");
    }
}

TEST_F(Tls, RefusesWhoeverItCannotTrustAndSaysWhy) {
    struct Row {
        const char* name;
        Identity identity;
        bool with_ca_file;
        const char* text;
    };
    const Authority stranger("Stranger");
    const Row table[] = {
        {"an authority that nobody named", authority_.issue(), false,
         "unable to get local issuer certificate"},
        {"another authority than the one that was named", stranger.issue(), true,
         "unable to get local issuer certificate"},
        {"itself", self_signed(), true, "self-signed certificate"},
        {"expired", authority_.issue({.from_day = -10, .to_day = -1}), true,
         "certificate has expired"},
        {"of tomorrow", authority_.issue({.from_day = 1, .to_day = 2}), true,
         "certificate is not yet valid"},
        {"for another name",
         authority_.issue({.common_name = "else.example", .names = {"DNS:else.example"}}), true,
         "no alternative certificate subject name matches target host name '127.0.0.1'"},
    };
    for (const Row& row : table) {
        const TlsFront front(server_, {.identity = row.identity});
        const Response response = fetching_.fetch(
            row.with_ca_file ? trusting(front.url()) : Fetching::request(front.url()));
        EXPECT_EQ(response.error, PollError::tls) << row.name;
        EXPECT_THAT(response.error_text, HasSubstr(row.text)) << row.name;
        EXPECT_EQ(response.status, 0) << row.name;
    }
    EXPECT_EQ(server_.requests().size(), 0U);
}

TEST_F(Tls, RefusesWhatIsOlderThanVersion12) {
    TlsSettings settings = good();
    settings.highest_version = TLS1_1_VERSION;
    const TlsFront old(server_, settings);
    const Response response = fetching_.fetch(trusting(old.url()));
    EXPECT_EQ(response.error, PollError::tls) << response.error_text;
    settings.highest_version = TLS1_2_VERSION;
    const TlsFront fine(server_, settings);
    EXPECT_EQ(fetching_.fetch(trusting(fine.url())).body, "<rss/>");
}

TEST_F(Tls, ShowsItsCertificateWhereItIsAskedFor) {
    TlsSettings settings = good();
    settings.client_authority = authority_.certificate();
    const TlsFront front(server_, settings);
    const Response response = fetching_.fetch(coming_as("reader", front.url()));
    EXPECT_EQ(response.body, "<rss/>") << response.error_text;
    EXPECT_THAT(front.clients(), testing::ElementsAre(Field(&TlsClient::name, "reader")));
}

TEST_F(Tls, ShowsItsCertificateToNoOtherOrigin) {
    TlsSettings settings = good();
    settings.client_authority = authority_.certificate();
    const TlsFront away(server_, settings);
    server_.route("/out", HttpResponse{.status = 302, .headers = {{"Location", away.url("/")}}});
    const TlsFront home(server_, settings);
    const Response response = fetching_.fetch(coming_as("reader", home.url("/out")));
    EXPECT_EQ(response.body, "<rss/>") << response.error_text;
    EXPECT_THAT(home.clients(), testing::ElementsAre(Field(&TlsClient::name, "reader")));
    EXPECT_THAT(away.clients(), testing::ElementsAre(Field(&TlsClient::name, "")));
}

// A connection that was made with somebody's certificate is not for others.
TEST_F(Tls, SharesNoConnectionBetweenTwoClients) {
    TlsSettings settings = good();
    settings.client_authority = authority_.certificate();
    const TlsFront front(server_, settings);
    fetching_.fetch(coming_as("one", front.url()));
    fetching_.fetch(coming_as("two", front.url()));
    fetching_.fetch(trusting(front.url()));
    EXPECT_THAT(front.clients(),
                testing::ElementsAre(Field(&TlsClient::name, "one"), Field(&TlsClient::name, "two"),
                                     Field(&TlsClient::name, "")));
}

TEST_F(Tls, UsesAConnectionForManyFetches) {
    const TlsFront front(server_, good());
    for (int i = 0; i < 5; ++i)
        EXPECT_EQ(fetching_.fetch(trusting(front.url())).status, 200);
    EXPECT_EQ(server_.hits("/"), 5);
    EXPECT_EQ(front.connections(), 1);
}

TEST_F(Tls, SpeaksHttp2WhereItIsOffered) {
    const Http2Server server({.identity = authority_.issue()}, "<rss/>");
    for (int i = 0; i < 3; ++i) {
        const Response response = fetching_.fetch(trusting(server.url()));
        EXPECT_EQ(response.body, "<rss/>") << response.error_text;
        EXPECT_EQ(response.status, 200);
    }
    EXPECT_EQ(server.requests(), 3);
    EXPECT_THAT(server.clients(), testing::ElementsAre(Field(&TlsClient::protocol, "h2")));
}

TEST_F(Tls, AsksOverOneHttp2ConnectionSideBySide) {
    constexpr int kTogether = 3;
    const Http2Server server({.identity = authority_.issue()}, "<rss/>", kTogether);
    int good = 0;
    for (int i = 0; i < kTogether; ++i) {
        fetching_.fetcher().start(trusting(server.url()), [&](const Response& response) {
            EXPECT_EQ(response.body, "<rss/>") << response.error_text;
            ++good;
        });
    }
    fetching_.run_until([&] { return good == kTogether; });
    EXPECT_EQ(server.connections(), 1);
}

// Each waits for the first connection of its server to find out that it cannot share it.
TEST_F(Tls, AsksManyHttp1ServersSideBySide) {
    constexpr int kFronts = 8;
    constexpr int kEach = 4;
    server_.route("/held", HttpResponse{.body = "<rss/>", .hold = true});
    std::vector<std::unique_ptr<TlsFront>> fronts;
    int done = 0;
    for (int i = 0; i < kFronts; ++i)
        fronts.push_back(std::make_unique<TlsFront>(server_, good()));
    for (int i = 0; i < kEach; ++i) {
        for (const auto& front : fronts) {
            fetching_.fetcher().start(trusting(front->url("/held")), [&](const Response& response) {
                done += response.status == 200 ? 1 : 0;
            });
        }
    }
    fetching_.run_until([&] { return server_.hits("/held") == kFronts * kEach; });
    server_.release("/held");
    fetching_.run_until([&] { return done == kFronts * kEach; });
}

}  // namespace

}  // namespace feedd::test
