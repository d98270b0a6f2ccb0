// What a request looks like on the wire.
#include <gmock/gmock.h>

#include "fetching.h"
#include "support/http_server.h"

namespace feedd::test {

namespace {

using testing::HasSubstr;

HttpRequest seen(HttpServer& server, Request request, Fetching& fetching) {
    fetching.fetch(std::move(request));
    return server.requests().back();
}

std::string value_of(const HttpRequest& request, std::string_view name) {
    const std::string* value = request.header(name);
    return value == nullptr ? "(not sent)" : *value;
}

TEST(Request, AsksForFeedsAndSaysWhoAsks) {
    HttpServer server;
    Fetching fetching;
    const HttpRequest request = seen(server, Fetching::request(server.url("/a?b=c#d")), fetching);
    EXPECT_EQ(request.method, "GET");
    EXPECT_EQ(request.target, "/a?b=c");
    EXPECT_EQ(value_of(request, "User-Agent"), "feedd-test/1.0");
    EXPECT_THAT(value_of(request, "Accept"), HasSubstr("application/atom+xml"));
    EXPECT_EQ(value_of(request, "Accept-Encoding"), "gzip, deflate, br, zstd");
    for (const char* absent : {"Referer", "Cookie", "If-None-Match", "If-Modified-Since", "A-IM",
                               "Cache-Control", "Pragma", "Authorization"})
        EXPECT_EQ(request.header(absent), nullptr) << absent;
}

TEST(Request, EchoesValidatorsByteForByte) {
    const std::pair<const char*, std::string> table[] = {
        {"strong", "\"strong:1;a=b+c/d~e-gzip\""},
        {"weak", "W/\"weak-7f3a\""},
        {"unquoted", "unquoted-abc.123"},
        {"odd", "\"a b,c\\d{e}\""},
        {"empty string", "\"\""},
        {"nothing at all", ""},
        {"a semicolon at the end", "\"x\";"},
        {"a colon", "a:b"},
        {"Latin-1", "\"caf\xE9\""},
        {"long", "\"" + std::string(8000, 'x') + "\""},
    };
    HttpServer server;
    Fetching fetching;
    for (const auto& [name, etag] : table) {
        Request request = Fetching::request(server.url("/"));
        request.validators = {.etag = etag, .last_modified = "2024-05-01T10:11:12+02:00"};
        const HttpRequest got = seen(server, std::move(request), fetching);
        EXPECT_EQ(value_of(got, "If-None-Match"), etag) << name;
        EXPECT_EQ(value_of(got, "If-Modified-Since"), "2024-05-01T10:11:12+02:00") << name;
        EXPECT_EQ(value_of(got, "A-IM"), "feed") << name;
    }
}

TEST(Request, BringsEveryValidatorThatAServerSendsBackToIt) {
    HttpServer server;
    Fetching fetching;
    for (const char* etag : {"\"a b,c\\d{e}\"", "bare", "\"\"", "W/\"1\"", "\"caf\xE9\""}) {
        server.route("/", HttpResponse{.headers = {{"ETag", etag}}, .body = "x"});
        const Response response = fetching.fetch(server.url("/"));
        ASSERT_NE(response.header("etag"), nullptr);
        EXPECT_EQ(*response.header("etag"), etag);
        EXPECT_FALSE(response.conditional);
    }
}

TEST(Request, LeavesOutAValidatorThatWouldForgeALine) {
    HttpServer server;
    Fetching fetching;
    Request request = Fetching::request(server.url("/"));
    request.validators.etag = "\"a\"\r\nX-Forged: 1";
    request.access.headers = {{"X-Key", Secret("1\r\nX-Forged: 2")}, {"X-Good", Secret("yes")}};
    const HttpRequest got = seen(server, std::move(request), fetching);
    EXPECT_EQ(got.header("X-Forged"), nullptr);
    EXPECT_EQ(got.header("If-None-Match"), nullptr);
    EXPECT_EQ(value_of(got, "X-Good"), "yes");
}

TEST(Request, LetsConfiguredHeadersReplaceOurs) {
    HttpServer server;
    Fetching fetching;
    Request request = Fetching::request(server.url("/"));
    request.access.headers = {{"accept", Secret("text/xml")},
                              {"Authorization", Secret("Bearer t0ken")}};
    const HttpRequest got = seen(server, std::move(request), fetching);
    EXPECT_EQ(value_of(got, "Accept"), "text/xml");
    EXPECT_EQ(value_of(got, "Authorization"), "Bearer t0ken");
}

TEST(Request, SendsTheUserNameOfTheUrlAsBasicAuthentication) {
    HttpServer server;
    Fetching fetching;
    std::string url = server.url("/");
    url.insert(url.find("//") + 2, "user:p%40ss@");
    const Response response = fetching.fetch(url);
    EXPECT_EQ(value_of(server.requests().back(), "Authorization"), "Basic dXNlcjpwQHNz");
    EXPECT_EQ(response.url, server.url("/"));
}

TEST(Request, EncodesWhatAUrlMayNotHold) {
    HttpServer server;
    Fetching fetching;
    fetching.fetch(server.url("/a b/\xC3\xBC?q=\xC3\xBC") + " \n");
    EXPECT_EQ(server.requests().back().target, "/a%20b/%c3%bc?q=%c3%bc");
}

TEST(Request, KeepsNoCookies) {
    HttpServer server;
    Fetching fetching;
    server.route("/", HttpResponse{.headers = {{"Set-Cookie", "track=1"}}, .body = "x"});
    fetching.fetch(server.url("/"));
    fetching.fetch(server.url("/"));
    EXPECT_EQ(server.requests().back().header("Cookie"), nullptr);
}

TEST(Request, IsRefusedWhereNoWebUrlIsAsked) {
    Fetching fetching;
    for (const char* url : {"file:///etc/passwd", "ftp://127.0.0.1/", "gopher://127.0.0.1/", "x",
                            "", "http://", "http:///path", "http://[::1", "http://a b/"}) {
        const Response response = fetching.fetch(url);
        EXPECT_EQ(response.error, PollError::refused) << url << ": " << response.error_text;
        EXPECT_EQ(response.status, 0);
    }
}

}  // namespace

}  // namespace feedd::test
