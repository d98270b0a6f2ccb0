#include <gtest/gtest.h>

#include "fetching.h"
#include "support/http_server.h"

namespace feedd::test {

namespace {

HttpResponse moved(int status, const std::string& to) {
    return {.status = status, .headers = {{"Location", to}}, .body = "moved"};
}

HttpResponse feed() {
    return {.headers = {{"Content-Type", "application/rss+xml"}}, .body = "<rss/>"};
}

TEST(Redirect, IsFollowedToTheEndOfAChain) {
    struct Row {
        const char* name;
        std::vector<int> hops;
        bool moves;
    };
    const Row table[] = {
        {"301", {301}, true},
        {"308", {308}, true},
        {"302", {302}, false},
        {"303", {303}, false},
        {"307", {307}, false},
        {"three permanent ones", {301, 308, 301}, true},
        {"permanent, then temporary", {301, 302}, false},
        {"temporary, then permanent", {302, 301}, false},
        {"ten", {301, 301, 301, 301, 301, 301, 301, 301, 301, 301}, true},
    };
    HttpServer server;
    Fetching fetching;
    server.route("/end", feed());
    for (const Row& row : table) {
        for (std::size_t i = 0; i < row.hops.size(); ++i) {
            const bool last = i + 1 == row.hops.size();
            server.route("/hop" + std::to_string(i),
                         moved(row.hops[i], last ? "/end" : "/hop" + std::to_string(i + 1)));
        }
        const Response response = fetching.fetch(server.url("/hop0"));
        EXPECT_EQ(response.error, PollError::none) << row.name << ": " << response.error_text;
        EXPECT_EQ(response.status, 200) << row.name;
        EXPECT_EQ(response.url, server.url("/end")) << row.name;
        EXPECT_EQ(response.body, "<rss/>") << row.name;
        ASSERT_EQ(response.headers.size(), 2U) << row.name;
        ASSERT_EQ(response.moved_to.has_value(), row.moves) << row.name;
        EXPECT_EQ(response.moved_to.value_or(server.url("/end")), server.url("/end")) << row.name;
    }
}

TEST(Redirect, ResolvesARelativeLocation) {
    HttpServer server;
    Fetching fetching;
    server.route("/target/relative", feed());
    const std::string port = std::to_string(server.port());
    for (const std::string& location :
         {std::string("../target/relative"), std::string("/target/relative"),
          "//127.0.0.1:" + port + "/target/relative", server.url("/target/relative#x"),
          std::string(" /target/relative ")}) {
        server.route("/dir/redirect", moved(302, location));
        const Response response = fetching.fetch(server.url("/dir/redirect"));
        EXPECT_EQ(response.url, server.url("/target/relative")) << location;
        EXPECT_EQ(response.status, 200) << location;
    }
}

TEST(Redirect, EndsAnEndlessLoop) {
    HttpServer server;
    Fetching fetching;
    server.route("/a", moved(302, "/b"));
    server.route("/b", moved(301, "/a"));
    const Response response = fetching.fetch(server.url("/a"));
    EXPECT_EQ(response.error, PollError::redirect);
    EXPECT_EQ(response.error_text, "more than 10 redirects");
    EXPECT_EQ(server.requests().size(), 11U);
    EXPECT_FALSE(response.moved_to);
}

TEST(Redirect, GoesNowhereButTheWeb) {
    HttpServer server;
    Fetching fetching;
    for (const char* location :
         {"file:///etc/passwd", "gopher://127.0.0.1:70/_GET", "ftp://127.0.0.1/", "javascript:x",
          "dict://127.0.0.1:1/", "http://", "mailto:a@b"}) {
        server.route("/", moved(302, location));
        const Response response = fetching.fetch(server.url("/"));
        EXPECT_EQ(response.error, PollError::redirect) << location;
        EXPECT_EQ(response.status, 302) << location;
        EXPECT_TRUE(response.body.empty());
    }
}

TEST(Redirect, WithoutALocationIsAnError) {
    HttpServer server;
    Fetching fetching;
    for (const int status : {301, 302, 303, 307, 308}) {
        server.route("/", HttpResponse{.status = status, .body = "?"});
        EXPECT_EQ(fetching.fetch(server.url("/")).error, PollError::redirect) << status;
    }
    server.route("/", moved(302, "  "));
    EXPECT_EQ(fetching.fetch(server.url("/")).error, PollError::redirect);
}

TEST(Redirect, LeavesConfiguredHeadersAndCredentialsAtTheirOrigin) {
    HttpServer home;
    HttpServer away("127.0.0.8");
    HttpServer same_host_other_port;
    Fetching fetching;
    home.route("/out", moved(302, away.url("/back")));
    away.route("/back", moved(302, home.url("/side")));
    home.route("/side", moved(302, same_host_other_port.url("/end")));
    Request request = Fetching::request(home.url("/out"));
    request.url.insert(request.url.find("//") + 2, "user:pass@");
    request.access.headers = {{"X-Api-Key", Secret("k3y")}};
    request.validators = {.etag = "\"e\"", .last_modified = "then"};
    fetching.fetch(std::move(request));

    for (const HttpRequest& at_home : home.requests()) {
        EXPECT_NE(at_home.header("X-Api-Key"), nullptr) << at_home.path;
        EXPECT_NE(at_home.header("Authorization"), nullptr) << at_home.path;
    }
    for (const HttpServer* other : {&away, &same_host_other_port}) {
        ASSERT_EQ(other->requests().size(), 1U);
        const HttpRequest there = other->requests().front();
        EXPECT_EQ(there.header("X-Api-Key"), nullptr);
        EXPECT_EQ(there.header("Authorization"), nullptr);
        EXPECT_EQ(there.header("Cookie"), nullptr);
        EXPECT_EQ(there.header("Referer"), nullptr);
        // They are those of the representation at the end of the chain.
        EXPECT_NE(there.header("If-None-Match"), nullptr);
        EXPECT_NE(there.header("If-Modified-Since"), nullptr);
    }
}

TEST(Redirect, IgnoresAUserNameThatTheServerChose) {
    HttpServer server;
    Fetching fetching;
    const std::string port = std::to_string(server.port());
    server.route("/", moved(301, "http://evil:pw@127.0.0.1:" + port + "/end"));
    server.route("/end", feed());
    const Response response = fetching.fetch(server.url("/"));
    EXPECT_EQ(server.requests().back().header("Authorization"), nullptr);
    EXPECT_EQ(response.moved_to, server.url("/end"));
}

TEST(Redirect, KeepsTheUserNameOfTheListWhenAFeedMovesWithinItsOrigin) {
    HttpServer server;
    Fetching fetching;
    server.route("/old", moved(301, "/new"));
    server.route("/new", feed());
    const std::string port = std::to_string(server.port());
    const Response response = fetching.fetch("http://user:pw@127.0.0.1:" + port + "/old");
    EXPECT_EQ(response.url, server.url("/new"));
    EXPECT_EQ(response.moved_to, "http://user:pw@127.0.0.1:" + port + "/new");
}

TEST(Redirect, IsFollowedAlthoughItsBodyNeverEnds) {
    HttpServer server;
    Fetching fetching;
    HttpResponse endless = moved(302, "/end");
    endless.endless = "0123456789";
    server.route("/", endless);
    server.route("/end", feed());
    EXPECT_EQ(fetching.fetch(server.url("/")).body, "<rss/>");
}

}  // namespace

}  // namespace feedd::test
