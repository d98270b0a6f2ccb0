// What is made of good and unusual answers.
#include <gtest/gtest.h>

#include "fetch/classify.h"
#include "fetch/coding.h"
#include "fetch/headers.h"
#include "fetching.h"
#include "support/http_server.h"

namespace feedd::test {

namespace {

Request conditional(const std::string& url) {
    Request request = Fetching::request(url);
    request.validators.etag = "\"1\"";
    return request;
}

TEST(Answer, CarriesStatusHeadersAndBody) {
    HttpServer server;
    Fetching fetching;
    server.route("/", HttpResponse{.headers = {{"Content-Type", " application/rss+xml \t"},
                                               {"X-Empty", ""},
                                               {"X-Twice", "a"},
                                               {"X-Twice", "b"}},
                                   .body = "<rss/>"});
    const Time before = now_utc();
    const Response response = fetching.fetch(server.url("/"));
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.error, PollError::none);
    EXPECT_EQ(response.error_text, "");
    EXPECT_EQ(*response.header("content-type"), "application/rss+xml");
    EXPECT_EQ(*response.header("X-Empty"), "");
    EXPECT_EQ(*response.header("x-twice"), "a");
    EXPECT_EQ(response.headers.size(), 5U);
    EXPECT_EQ(response.body, "<rss/>");
    EXPECT_GT(response.wire_bytes, 6U);
    EXPECT_GE(response.at, before - Seconds(1));
    EXPECT_FALSE(response.moved_to);
}

TEST(Answer, OfAConditionalRequestMayBe304Or226) {
    HttpServer server;
    Fetching fetching;
    server.route("/304", HttpResponse{.status = 304, .headers = {{"ETag", "\"1\""}}});
    server.route("/226",
                 HttpResponse{.status = 226, .headers = {{"IM", "feed"}}, .body = "<rss/>"});
    const Response unchanged = fetching.fetch(conditional(server.url("/304")));
    EXPECT_EQ(unchanged.status, 304);
    EXPECT_TRUE(unchanged.conditional);
    EXPECT_EQ(unchanged.error, PollError::none);
    EXPECT_EQ(unchanged.body, "");
    const Response delta = fetching.fetch(conditional(server.url("/226")));
    EXPECT_EQ(delta.status, 226);
    EXPECT_EQ(delta.body, "<rss/>");
    EXPECT_EQ(delta.error, PollError::none);
}

TEST(Answer, MayBePrecededByInterimOnes) {
    HttpServer server;
    Fetching fetching;
    server.route("/", HttpResponse{.body = "HTTP/1.1 103 Early Hints\r\nETag: \"hint\"\r\n\r\n"
                                           "HTTP/1.1 200 OK\r\nETag: \"real\"\r\n"
                                           "Content-Length: 6\r\n\r\n<rss/>",
                                   .raw = true});
    const Response response = fetching.fetch(server.url("/"));
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.headers.size(), 2U);
    EXPECT_EQ(*response.header("ETag"), "\"real\"");
}

TEST(Answer, MayHaveTrailersWhichAreNoHeaders) {
    HttpServer server;
    Fetching fetching;
    server.route("/", HttpResponse{.body = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                                           "6\r\n<rss/>\r\n0\r\nETag: \"late\"\r\n\r\n",
                                   .raw = true});
    const Response response = fetching.fetch(server.url("/"));
    EXPECT_EQ(response.body, "<rss/>");
    EXPECT_EQ(response.header("ETag"), nullptr);
}

TEST(Answer, MayEndWithTheConnection) {
    HttpServer server;
    Fetching fetching;
    server.route("/", HttpResponse{.body = "HTTP/1.0 200 OK\r\n\r\n<rss/>",
                                   .raw = true,
                                   .after = HttpResponse::After::close});
    EXPECT_EQ(fetching.fetch(server.url("/")).body, "<rss/>");
}

TEST(Answer, IsHandedOverAsItWasCoded) {
    HttpServer server;
    Fetching fetching;
    const std::string coded("\x1F\x8B\x08\x00\x00\x00\x00\x00\x02\xFFxyz", 13);
    server.route("/", HttpResponse{.headers = {{"Content-Encoding", "gzip"}}, .body = coded});
    Response response = fetching.fetch(server.url("/"));
    EXPECT_EQ(response.error, PollError::none);
    EXPECT_EQ(response.body, coded);
    EXPECT_FALSE(decoded_body(std::move(response), 1000));
}

TEST(Answer, OfAnErrorStatusIsNoErrorOfTheTransfer) {
    HttpServer server;
    Fetching fetching;
    for (const int status : {300, 401, 403, 404, 410, 429, 500, 503}) {
        server.route("/", HttpResponse{.status = status, .body = "sorry"});
        const Response response = fetching.fetch(server.url("/"));
        EXPECT_EQ(response.status, status);
        EXPECT_EQ(response.error, PollError::none) << status;
        EXPECT_EQ(response.body, "sorry") << status;
    }
}

TEST(HeaderCollector, UnfoldsLinesAndForgetsInterimAnswers) {
    HeaderCollector head;
    for (const char* line :
         {"HTTP/1.1 103 Early Hints\r\n", "Link: </a>\r\n", "\r\n", "HTTP/2 200 \r\n", "X: one\r\n",
          "  two \r\n", "no colon\r\n", "Y:z\n", "\r\n", "Trailer: x\r\n", "\r\n"})
        head.line(line);
    EXPECT_TRUE(head.complete());
    EXPECT_EQ(head.status(), 200);
    EXPECT_EQ(head.find("link"), nullptr);
    EXPECT_EQ(head.find("trailer"), nullptr);
    const std::vector<Header> headers = head.take();
    ASSERT_EQ(headers.size(), 2U);
    EXPECT_EQ(headers[0].value, "one two");
    EXPECT_EQ(headers[1].value, "z");
}

TEST(Classify, NamesTheCauseInOneLine) {
    struct Row {
        CURLcode code;
        Phase phase;
        PollError error;
    };
    const Row table[] = {
        {CURLE_OK, Phase::receiving, PollError::none},
        {CURLE_COULDNT_RESOLVE_HOST, Phase::resolving, PollError::dns},
        {CURLE_COULDNT_CONNECT, Phase::connecting, PollError::connect},
        {CURLE_SSL_CONNECT_ERROR, Phase::connecting, PollError::tls},
        {CURLE_PEER_FAILED_VERIFICATION, Phase::connecting, PollError::tls},
        {CURLE_OPERATION_TIMEDOUT, Phase::resolving, PollError::timeout},
        {CURLE_GOT_NOTHING, Phase::waiting, PollError::broken},
        {CURLE_PARTIAL_FILE, Phase::receiving, PollError::broken},
        {CURLE_HTTP2_STREAM, Phase::receiving, PollError::broken},
        {CURLE_UNSUPPORTED_PROTOCOL, Phase::waiting, PollError::broken},
        {CURLE_UNSUPPORTED_PROTOCOL, Phase::resolving, PollError::refused},
        {CURLE_OUT_OF_MEMORY, Phase::waiting, PollError::too_large},
        {CURLE_OUT_OF_MEMORY, Phase::receiving, PollError::internal},
        {CURLE_FAILED_INIT, Phase::resolving, PollError::internal},
    };
    for (const Row& row : table) {
        const Failure failure =
            classify({row.code, "detail\r\n\x1b[31m of libcurl\xFF", row.phase, {}});
        EXPECT_EQ(failure.error, row.error) << curl_easy_strerror(row.code);
        EXPECT_EQ(failure.text.empty(), row.error == PollError::none);
        EXPECT_EQ(failure.text.find_first_of("\r\n\x1b\xFF"), std::string::npos) << failure.text;
    }
    EXPECT_EQ(classify({CURLE_RECV_ERROR, "", Phase::receiving, {}}).text,
              curl_easy_strerror(CURLE_RECV_ERROR));
}

}  // namespace

}  // namespace feedd::test
