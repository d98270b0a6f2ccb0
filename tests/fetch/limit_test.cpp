// Servers that hang, flood, break off or speak something else.
#include <algorithm>

#include <gmock/gmock.h>

#include "fetching.h"
#include "support/http_server.h"

namespace feedd::test {

namespace {

using std::chrono::milliseconds;
using testing::HasSubstr;

HttpResponse raw(std::string bytes, HttpResponse::After after = HttpResponse::After::close) {
    return {.body = std::move(bytes), .raw = true, .after = after};
}

Request hurried(const std::string& url) {
    Request request = Fetching::request(url);
    request.timeout = Seconds(1);
    return request;
}

TEST(Deadline, EndsAFetchHoweverTheServerDrags) {
    struct Row {
        const char* name;
        HttpResponse answer;
        const char* text;
    };
    const Row table[] = {
        {"never answers", raw("", HttpResponse::After::hang), "waiting for the answer"},
        {"stops in the head", raw("HTTP/1.1 200 OK\r\nA: b\r\n", HttpResponse::After::hang),
         "waiting for the answer"},
        {"drips the head",
         HttpResponse{.body = "HTTP/1.1 200 OK\r\nX: ",
                      .raw = true,
                      .endless = "x",
                      .drip = milliseconds(20)},
         "waiting for the answer"},
        {"stops in the body",
         raw("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n<rss", HttpResponse::After::hang),
         "receiving the answer"},
        {"drips the body",
         HttpResponse{
             .headers = {{"Content-Length", "999999"}}, .endless = "x", .drip = milliseconds(2)},
         "receiving the answer"},
    };
    HttpServer server;
    Fetching fetching;
    std::vector<Response> responses;
    // All at once: the deadlines run side by side.
    std::size_t done = 0;
    responses.resize(std::size(table));
    for (std::size_t i = 0; i < std::size(table); ++i) {
        std::string path = table[i].name;
        std::replace(path.begin(), path.end(), ' ', '-');
        server.route("/" + path, table[i].answer);
        fetching.fetcher().start(hurried(server.url("/" + path)), [&, i](Response response) {
            responses[i] = std::move(response);
            ++done;
        });
    }
    EXPECT_EQ(fetching.fetcher().in_flight(), std::size(table));
    fetching.run_until([&] { return done == std::size(table); });
    EXPECT_EQ(fetching.fetcher().in_flight(), 0U);
    for (std::size_t i = 0; i < std::size(table); ++i) {
        EXPECT_EQ(responses[i].error, PollError::timeout) << table[i].name;
        EXPECT_THAT(responses[i].error_text, HasSubstr(table[i].text)) << table[i].name;
        EXPECT_GE(responses[i].duration, milliseconds(990)) << table[i].name;
        EXPECT_LT(responses[i].duration, milliseconds(5000)) << table[i].name;
        EXPECT_TRUE(responses[i].body.empty()) << table[i].name;
    }
}

TEST(Deadline, HoldsForAllHopsTogether) {
    HttpServer server;
    Fetching fetching;
    server.route("/a", HttpResponse{.status = 302,
                                    .headers = {{"Location", "/a"}},
                                    .body = std::string(15, 'x'),
                                    .drip = milliseconds(5)});
    const Response response = fetching.fetch(hurried(server.url("/a")));
    EXPECT_EQ(response.error, PollError::timeout) << response.error_text;
    EXPECT_LT(response.duration, milliseconds(5000));
}

// The deadline of a fetch may be an hour; nobody waits for so long without hearing anything.
TEST(Stall, EndsAFetchLongBeforeItsDeadline) {
    const std::pair<const char*, HttpResponse> table[] = {
        {"/no-first-byte", raw("", HttpResponse::After::hang)},
        {"/drip",
         HttpResponse{
             .headers = {{"Content-Length", "999999"}}, .endless = "x", .drip = milliseconds(500)}},
    };
    HttpServer server;
    Fetching fetching;
    std::vector<Response> responses;
    for (const auto& [path, answer] : table) {
        server.route(path, answer);
        Request request = Fetching::request(server.url(path));
        request.timeout = Seconds(60);
        request.stall = Seconds(1);
        fetching.fetcher().start(std::move(request), [&](Response response) {
            responses.push_back(std::move(response));
        });
    }
    fetching.run_until([&] { return responses.size() == std::size(table); });
    for (const Response& response : responses) {
        EXPECT_EQ(response.error, PollError::timeout) << response.error_text;
        EXPECT_LT(response.duration, milliseconds(10'000)) << response.error_text;
    }
}

TEST(Limit, CutsABodyThatIsTooLarge) {
    HttpServer server;
    Fetching fetching;
    server.route("/endless", HttpResponse{.endless = "<item/>"});
    server.route("/announced", HttpResponse{.body = std::string(5000, 'x')});
    server.route("/chunked", HttpResponse{.body = std::string(5000, 'x'), .chunked = true});
    server.route("/fits", HttpResponse{.body = std::string(4096, 'x')});
    for (const char* path : {"/endless", "/announced", "/chunked"}) {
        Request request = Fetching::request(server.url(path));
        request.max_body = 4096;
        const Response response = fetching.fetch(std::move(request));
        EXPECT_EQ(response.error, PollError::too_large) << path;
        EXPECT_EQ(response.error_text, "body of more than 4096 bytes") << path;
        EXPECT_LT(response.wire_bytes, 1U << 20U) << path;
        EXPECT_TRUE(response.body.empty()) << path;
    }
    Request request = Fetching::request(server.url("/fits"));
    request.max_body = 4096;
    EXPECT_EQ(fetching.fetch(std::move(request)).error, PollError::none);
}

TEST(Limit, CutsHeadersThatAreTooLarge) {
    HttpServer server;
    Fetching fetching;
    HttpResponse endless = raw("HTTP/1.1 200 OK\r\n");
    endless.endless = "X-Filler: 0123456789012345678901234567890123456789\r\n";
    server.route("/endless", endless);
    server.route("/huge",
                 HttpResponse{.headers = {{"X", std::string(10U << 20U, 'x')}}, .body = "<rss/>"});
    HttpResponse interim = raw("");
    interim.endless = "HTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\n\r\n";
    server.route("/interim", interim);
    for (const char* path : {"/endless", "/huge", "/interim"}) {
        const Response response = fetching.fetch(server.url(path));
        EXPECT_EQ(response.error, PollError::too_large) << path << ": " << response.error_text;
        EXPECT_LT(response.wire_bytes, 1U << 20U) << path;
    }
    server.route("/large", HttpResponse{.headers = {{"X", std::string(60'000, 'x')},
                                                    {"Y", std::string(60'000, 'y')}},
                                        .body = "<rss/>"});
    EXPECT_EQ(fetching.fetch(server.url("/large")).error, PollError::none);
}

TEST(Broken, IsEveryAnswerThatIsNotWhole) {
    const HttpResponse::After reset = HttpResponse::After::reset;
    const std::pair<const char*, HttpResponse> table[] = {
        {"closed-at-once", raw("")},
        {"reset-at-once", raw("", reset)},
        {"closed-in-head", raw("HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n")},
        {"short-of-length", raw("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n<rss>")},
        {"reset-in-body", raw("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n<rss>", reset)},
        {"no-last-chunk",
         raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<rss>\r\n")},
        {"cut-in-chunk", raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n50\r\n<rss>")},
        {"bad-chunk", raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n<rss>")},
        {"http-0.9", raw("<rss></rss>")},
        {"ssh", raw("SSH-2.0-OpenSSH_9.2\r\n")},
    };
    HttpServer server;
    Fetching fetching;
    for (const auto& [name, answer] : table) {
        const std::string path = std::string("/") + name;
        server.route(path, answer);
        const Response response = fetching.fetch(server.url(path));
        EXPECT_EQ(response.error, PollError::broken) << name << ": " << response.error_text;
        EXPECT_FALSE(response.error_text.empty()) << name;
        EXPECT_EQ(response.error_text.find("select/poll"), std::string::npos) << name;
        EXPECT_TRUE(response.body.empty()) << name;
        EXPECT_EQ(server.hits(path), 1) << name << " was retried";
    }
}

TEST(Broken, IsNotAnErrorStatusWhoseBodyBreaksOff) {
    HttpServer server;
    Fetching fetching;
    server.route("/",
                 raw("HTTP/1.1 429 Slow down\r\nRetry-After: 7200\r\nContent-Length: 99\r\n\r\n"));
    const Response response = fetching.fetch(server.url("/"));
    EXPECT_EQ(response.error, PollError::none);
    EXPECT_EQ(response.status, 429);
    ASSERT_NE(response.header("retry-after"), nullptr);

    HttpResponse endless{.status = 404, .endless = "not here "};
    server.route("/404", endless);
    const Response missing = fetching.fetch(server.url("/404"));
    EXPECT_EQ(missing.status, 404);
    EXPECT_EQ(missing.error, PollError::none);
    EXPECT_LE(missing.body.size(), 65536U);
}

TEST(Connect, SaysWhyItFailed) {
    Fetching fetching;
    std::string closed;
    {
        const HttpServer gone;
        closed = gone.url("/");
    }
    const Response refused = fetching.fetch(closed);
    EXPECT_EQ(refused.error, PollError::connect);
    EXPECT_THAT(refused.error_text, HasSubstr("127.0.0.1"));
    HttpServer plain;
    plain.route("/", raw("no TLS here"));
    std::string url = plain.url("/");
    const Response tls = fetching.fetch(url.replace(0, 4, "https"));
    EXPECT_EQ(tls.error, PollError::tls) << tls.error_text;
    const std::string nobody(64, 'x');  // a label that is too long: no server is asked for it
    const Response dns = fetching.fetch("http://user:s3cret@" + nobody + ".invalid/");
    EXPECT_EQ(dns.error, PollError::dns);
    EXPECT_THAT(dns.error_text, testing::Not(HasSubstr("s3cret")));
    EXPECT_EQ(dns.url, "http://" + nobody + ".invalid/");
}

}  // namespace

}  // namespace feedd::test
