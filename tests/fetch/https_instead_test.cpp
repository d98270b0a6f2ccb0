#include "fetch/https_instead.h"

#include <cerrno>
#include <optional>

#include <gmock/gmock.h>
#include <unistd.h>

#include "fetching.h"
#include "support/http_server.h"
#include "support/temp_dir.h"
#include "support/tls_server.h"

namespace feedd::test {

namespace {

using testing::HasSubstr;
using testing::Not;

constexpr Unconnected kRefused{CURLE_COULDNT_CONNECT, Phase::connecting, ECONNREFUSED};

TEST(HttpsInstead, IsTheSameUrlByHttps) {
    const std::pair<const char*, const char*> table[] = {
        {"http://a.org", "https://a.org/"},
        {"http://a.org/f?x=http://b:80/", "https://a.org/f?x=http://b:80/"},
        {"http://a.org:80/f", "https://a.org/f"},
        {"http://[2001:200::80]/f", "https://[2001:200::80]/f"},
        {"http://[2001:200::1]:80/f", "https://[2001:200::1]/f"},
        {"HTTP://A.org/f", "https://a.org/f"},
        {"http://a.org:8080/f", nullptr},
        {"http://a.org:443/f", nullptr},
        {"https://a.org/f", nullptr},
        {"https://a.org:80/f", nullptr},
    };
    for (const auto& [asked, expected] : table) {
        const auto target = target_of(asked);
        ASSERT_TRUE(target) << asked;
        const auto instead = https_instead(*target, kRefused);
        ASSERT_EQ(instead.has_value(), expected != nullptr) << asked;
        if (instead) {
            EXPECT_EQ(instead->url, expected);
            EXPECT_TRUE(instead->origin.ends_with(":443")) << instead->origin;
        }
    }
}

TEST(HttpsInstead, IsForPortsWhereNobodyAnswers) {
    struct Row {
        const char* name;
        Unconnected how;
        bool instead;
    };
    const Row table[] = {
        {"refused", kRefused, true},
        {"rejected by a firewall", {CURLE_COULDNT_CONNECT, Phase::connecting, EHOSTUNREACH}, true},
        {"given up by the kernel", {CURLE_COULDNT_CONNECT, Phase::connecting, ETIMEDOUT}, true},
        {"no answer to the SYN", {CURLE_OPERATION_TIMEDOUT, Phase::connecting, 0}, true},
        {"no network of our own", {CURLE_COULDNT_CONNECT, Phase::connecting, ENETUNREACH}, false},
        {"no such name", {CURLE_COULDNT_RESOLVE_HOST, Phase::resolving, 0}, false},
        {"a slow resolver", {CURLE_OPERATION_TIMEDOUT, Phase::resolving, 0}, false},
        {"a slow answer", {CURLE_OPERATION_TIMEDOUT, Phase::waiting, 0}, false},
        {"a broken answer", {CURLE_GOT_NOTHING, Phase::waiting, ECONNREFUSED}, false},
        {"an answer", {CURLE_OK, Phase::receiving, 0}, false},
    };
    const Target target = *target_of("http://a.org/f");
    for (const Row& row : table)
        EXPECT_EQ(https_instead(target, row.how).has_value(), row.instead) << row.name;
}

// On the wire, at an address of its own, where nothing listens at port 80.
class HttpsOnly : public testing::Test {
  protected:
    HttpsOnly() {
        server_.route("/feed", HttpResponse{.body = "<rss/>"});
        try {
            front_.emplace(server_,
                           TlsSettings{.identity = authority_.issue({.names = {"IP:" + address_}}),
                                       .address = address_,
                                       .port = 443});
        } catch (const std::runtime_error&) {
            // not for us to bind
        }
    }
    void SetUp() override {
        if (!front_) GTEST_SKIP() << "port 443 of " << address_ << " cannot be bound";
    }

    Request listed(const std::string& path) {
        Request request = Fetching::request("http://" + address_ + path);
        request.access.ca_file = directory_.write("ca.pem", authority_.certificate());
        return request;
    }
    [[nodiscard]] std::string https(const std::string& path) const {
        return "https://" + address_ + path;
    }

    // Others may run the same test at the same time.
    const std::string address_ = "127.80." + std::to_string(::getpid() / 200 % 200 + 1) + "." +
                                 std::to_string(::getpid() % 200 + 1);
    Authority authority_;
    TempDir directory_;
    HttpServer server_;
    std::optional<TlsFront> front_;
    Fetching fetching_;
};

TEST_F(HttpsOnly, AnswersAFeedThatIsListedAsHttp) {
    const Response response = fetching_.fetch(listed("/feed"));
    EXPECT_EQ(response.error, PollError::none) << response.error_text;
    EXPECT_EQ(response.body, "<rss/>");
    EXPECT_EQ(response.url, https("/feed"));
    EXPECT_EQ(response.moved_to, https("/feed"));
    EXPECT_EQ(response.redirects, 0);
    EXPECT_EQ(front_->connections(), 1);
}

TEST_F(HttpsOnly, LeadsOnByItsRedirects) {
    server_.route("/old", HttpResponse{.status = 301, .headers = {{"Location", "/feed"}}});
    EXPECT_EQ(fetching_.fetch(listed("/old")).moved_to, https("/feed"));
    server_.route("/old", HttpResponse{.status = 302, .headers = {{"Location", "/feed"}}});
    const Response response = fetching_.fetch(listed("/old"));
    EXPECT_EQ(response.body, "<rss/>");
    EXPECT_FALSE(response.moved_to);
}

TEST_F(HttpsOnly, DoesNotSpeakForTheListedUrlWhenItHasNoFeed) {
    for (const int status : {404, 410, 500}) {
        server_.route("/none", HttpResponse{.status = status, .body = "no"});
        const Response response = fetching_.fetch(listed("/none"));
        EXPECT_EQ(response.error, PollError::connect) << status;
        EXPECT_EQ(response.status, 0) << status;
        EXPECT_THAT(response.error_text, HasSubstr("port 80"));
        EXPECT_THAT(response.error_text, HasSubstr("; https: HTTP " + std::to_string(status)));
        EXPECT_FALSE(response.moved_to);
    }
}

TEST_F(HttpsOnly, IsNotBelievedWithoutAGoodCertificate) {
    Request request = listed("/feed");
    request.access.ca_file.clear();
    const Response response = fetching_.fetch(std::move(request));
    EXPECT_EQ(response.error, PollError::connect);
    EXPECT_THAT(response.error_text, HasSubstr("; https: SSL certificate problem"));
    EXPECT_EQ(server_.requests().size(), 0U);
}

TEST_F(HttpsOnly, IsNotTriedWithCredentials) {
    Request request = listed("/feed");
    request.access.headers = {{"Authorization", Secret("Bearer t0ken")}};
    const Response response = fetching_.fetch(std::move(request));
    EXPECT_EQ(response.error, PollError::connect);
    EXPECT_THAT(response.error_text, Not(HasSubstr("https")));
    EXPECT_EQ(front_->connections(), 0);
}

}  // namespace

}  // namespace feedd::test
