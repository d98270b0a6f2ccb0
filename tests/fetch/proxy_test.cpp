// Proxies are used where the list names one, and only there.
#include <cstdlib>

#include <gmock/gmock.h>

#include "fetching.h"
#include "support/proxy_server.h"
#include "support/temp_dir.h"
#include "support/tls_server.h"

namespace feedd::test {

namespace {

using testing::HasSubstr;

Request by(const std::string& proxy, const std::string& url) {
    Request request = Fetching::request(url);
    request.access.proxy = Proxy{.url = proxy};
    return request;
}

// A proxy that is asked for whole URLs is a server with such routes.
class HttpProxy : public testing::Test {
  protected:
    HttpProxy() {
        proxy_.route("http://feeds.invalid/a", HttpResponse{.body = "<rss/>"});
        url_ = proxy_.url("");
    }
    HttpServer proxy_;
    std::string url_;
};

TEST_F(HttpProxy, OfTheListIsUsed) {
    Fetching fetching;
    EXPECT_EQ(fetching.fetch(by(url_, "http://feeds.invalid/a")).body, "<rss/>");
}

TEST_F(HttpProxy, MayBeOnAPrivateNetwork) {
    Fetching fetching{AddressGuard()};
    const Response response = fetching.fetch(by(url_, "http://feeds.invalid/a"));
    EXPECT_EQ(response.body, "<rss/>") << response.error_text;
}

TEST_F(HttpProxy, IsNotAskedForAPrivateAddressHoweverItIsWritten) {
    Fetching fetching{AddressGuard()};
    for (const std::string host :
         {"169.254.169.254", "127.0.0.1", "127.0.0.1.", "127.1", "0x7f000001", "2130706433",
          "[::1]", "[fd00:ec2::254]", "[::ffff:10.0.0.1]", "[64:ff9b::a00:1]", "localhost",
          "LOCALHOST.", "a.localhost"}) {
        const Response response = fetching.fetch(by(url_, "http://" + host + "/"));
        EXPECT_EQ(response.error, PollError::refused) << host << ": " << response.error_text;
    }
    EXPECT_EQ(proxy_.connections(), 0);
}

TEST_F(HttpProxy, IsNotAskedForAPrivateAddressThatARedirectLeadsTo) {
    proxy_.route("http://feeds.invalid/out",
                 HttpResponse{.status = 302, .headers = {{"Location", "http://10.0.0.1/"}}});
    Fetching fetching{AddressGuard()};
    const Response response = fetching.fetch(by(url_, "http://feeds.invalid/out"));
    EXPECT_EQ(response.error, PollError::refused);
    EXPECT_EQ(proxy_.requests().size(), 1U);
}

TEST_F(HttpProxy, IsGivenItsCredentialsAndTheOriginIsNot) {
    Fetching fetching;
    Request request = by(url_, "http://feeds.invalid/a");
    request.access.proxy->user = Secret("me");
    request.access.proxy->password = Secret("p:w");
    fetching.fetch(std::move(request));
    const HttpRequest asked = proxy_.requests().at(0);
    ASSERT_NE(asked.header("Proxy-Authorization"), nullptr);
    EXPECT_EQ(*asked.header("Proxy-Authorization"), "Basic bWU6cDp3");
    EXPECT_EQ(asked.header("Authorization"), nullptr);
}

TEST_F(HttpProxy, OfTheEnvironmentIsIgnored) {
    HttpServer server;
    server.route("/", HttpResponse{.body = "<rss>direct</rss>"});
    for (const char* name : {"http_proxy", "all_proxy", "ALL_PROXY"})
        ::setenv(name, url_.c_str(), 1);
    Fetching fetching;
    EXPECT_EQ(fetching.fetch(server.url("/")).body, "<rss>direct</rss>");
    ::setenv("no_proxy", "feeds.invalid", 1);
    EXPECT_EQ(fetching.fetch(by(url_, "http://feeds.invalid/a")).body, "<rss/>");
    for (const char* name : {"http_proxy", "all_proxy", "ALL_PROXY", "no_proxy"})
        ::unsetenv(name);
}

TEST_F(HttpProxy, ThatCannotBeReachedIsNoReasonToTryHttps) {
    std::string closed;
    {
        const HttpServer gone;
        closed = gone.url("");
    }
    Fetching fetching;
    const Response response = fetching.fetch(by(closed, "http://feeds.invalid/a"));
    EXPECT_EQ(response.error, PollError::connect);
    EXPECT_THAT(response.error_text, testing::Not(HasSubstr("https")));
}

TEST(SocksProxy, LooksNamesUpAndIsGivenItsCredentials) {
    HttpServer server;
    server.route("/a", HttpResponse{.body = "<rss/>"});
    const ProxyServer proxy(server.port());
    Fetching fetching;
    Request request = by(proxy.url("socks5h"), "http://feeds.invalid/a");
    EXPECT_EQ(fetching.fetch(request).body, "<rss/>");
    request.access.proxy->user = Secret("me");
    request.access.proxy->password = Secret("p:w");
    EXPECT_EQ(fetching.fetch(request).body, "<rss/>");
    ASSERT_EQ(proxy.asked().size(), 2U) << "a connection was shared by two users of the proxy";
    EXPECT_EQ(proxy.asked()[0].target, "feeds.invalid:80");
    EXPECT_EQ(proxy.asked()[0].credentials, "");
    EXPECT_EQ(proxy.asked()[1].credentials, "me:p:w");
}

TEST(ConnectProxy, SeesNeitherHeadersNorAnswersOfATlsFeed) {
    const Authority authority;
    const TempDir directory;
    HttpServer server;
    server.route("/a", HttpResponse{.body = "<rss/>"});
    const TlsFront front(server, {.identity = authority.issue({.names = {"DNS:feeds.invalid"}})});
    const ProxyServer proxy(front.port());
    Fetching fetching;
    Request request = by(proxy.url("http"), "https://feeds.invalid/a");
    request.access.ca_file = directory.write("ca.pem", authority.certificate());
    request.access.headers = {{"X-Api-Key", Secret("k3y")}};
    const Response response = fetching.fetch(request);
    EXPECT_EQ(response.body, "<rss/>") << response.error_text;
    EXPECT_EQ(proxy.asked().at(0).target, "feeds.invalid:443");
    EXPECT_EQ(proxy.asked().at(0).credentials, "");
    EXPECT_EQ(*server.requests().at(0).header("X-Api-Key"), "k3y");
    EXPECT_EQ(server.requests().at(0).header("Proxy-Authorization"), nullptr);
}

}  // namespace

}  // namespace feedd::test
