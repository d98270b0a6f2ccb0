// Connections: kept, reused, lost and given up.
#include <chrono>
#include <cstddef>
#include <exception>
#include <filesystem>
#include <functional>
#include <iterator>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "fetching.h"
#include "support/http_server.h"
#include "support/patience.h"

namespace feedd::test {

namespace {

HttpResponse feed() {
    return {.body = "<rss/>"};
}

HttpResponse raw(std::string bytes, HttpResponse::After after = HttpResponse::After::close) {
    return {.body = std::move(bytes), .raw = true, .after = after};
}

// Fetches `count` times, `parallel` at a time; the good answers.
int fetch_many(Fetching& fetching, const std::string& url, int count, int parallel) {
    int started = 0;
    int done = 0;
    int good = 0;
    std::function<void()> next = [&] {
        if (started == count) return;
        ++started;
        fetching.fetcher().start(Fetching::request(url), [&](const Response& response) {
            ++done;
            good += response.error == PollError::none && response.status == 200 ? 1 : 0;
            next();
        });
    };
    for (int i = 0; i < parallel; ++i)
        next();
    fetching.run_until([&] { return done == count; });
    return good;
}

TEST(Connection, IsUsedForManyFetches) {
    HttpServer server;
    Fetching fetching;
    server.route("/", feed());
    EXPECT_EQ(fetch_many(fetching, server.url("/"), 12, 2), 12);
    EXPECT_EQ(server.hits("/"), 12);
    EXPECT_LE(server.connections(), 4);
    EXPECT_EQ(fetching.fetcher().in_flight(), 0U);
}

TEST(Connection, ThatAServerClosedUnansweredIsRetriedOnAnother) {
    HttpServer server;
    Fetching fetching;
    // Keeps the connection open, and cuts off the second request on it.
    server.route("/", [](const HttpRequest& request) {
        return request.number_on_connection == 1 ? feed() : raw("");
    });
    for (int i = 0; i < 3; ++i) {
        const Response response = fetching.fetch(server.url("/"));
        EXPECT_EQ(response.error, PollError::none) << response.error_text;
        EXPECT_EQ(response.body, "<rss/>");
    }
    EXPECT_EQ(server.connections(), 3);
    EXPECT_EQ(server.hits("/"), 5);  // one retry each for the second and the third
}

TEST(Connection, ThatAServerResetUnansweredIsRetriedOnAnother) {
    HttpServer server;
    Fetching fetching;
    server.route("/", [](const HttpRequest& request) {
        return request.number_on_connection == 1 ? feed() : raw("", HttpResponse::After::reset);
    });
    for (int i = 0; i < 3; ++i)
        EXPECT_EQ(fetching.fetch(server.url("/")).body, "<rss/>");
    EXPECT_EQ(server.hits("/"), 5);
}

TEST(Connection, ThatFailsWithinAnAnswerIsNotRetried) {
    HttpServer server;
    Fetching fetching;
    server.route("/", [](const HttpRequest& request) {
        return request.number_on_connection == 1 ? feed() : raw("HTTP/1.1 200 OK\r\n");
    });
    EXPECT_EQ(fetching.fetch(server.url("/")).error, PollError::none);
    EXPECT_EQ(fetching.fetch(server.url("/")).error, PollError::broken);
    EXPECT_EQ(server.hits("/"), 2);
}

TEST(Connection, SurvivesAnErrorAnswerAndARedirect) {
    HttpServer server;
    Fetching fetching;
    server.route("/old",
                 HttpResponse{.status = 301, .headers = {{"Location", "/new"}}, .body = "?"});
    server.route("/new", feed());
    fetching.fetch(server.url("/missing"));
    fetching.fetch(server.url("/old"));
    EXPECT_EQ(server.requests().size(), 3U);
    EXPECT_EQ(server.connections(), 1);
}

// libcurl counts the connections in use among those that it may keep.
TEST(Connection, IsKeptForTheNextFetchHoweverManyOthersAreInUse) {
    constexpr int kOthers = 120;
    HttpServer server;
    HttpServer others("127.0.0.7");
    others.route("/held", HttpResponse{.body = "<rss/>", .hold = true});
    server.route("/", feed());
    Fetching fetching;
    int done = 0;
    for (int i = 0; i < kOthers; ++i) {
        fetching.fetcher().start(Fetching::request(others.url("/held")),
                                 [&](const Response&) { ++done; });
    }
    fetching.run_until([&] { return others.hits("/held") == kOthers; });
    EXPECT_EQ(fetch_many(fetching, server.url("/"), 10, 1), 10);
    EXPECT_EQ(server.connections(), 1);
    others.release("/held");
    fetching.run_until([&] { return done == kOthers; });
}

TEST(Connection, WorksOverIpv6) {
    std::unique_ptr<HttpServer> server;
    try {
        server = std::make_unique<HttpServer>("::1");
    } catch (const std::exception&) {
        GTEST_SKIP() << "no IPv6 loopback";
    }
    Fetching fetching;
    server->route("/", feed());
    EXPECT_EQ(fetching.fetch(server->url("/")).body, "<rss/>");
}

// A listening socket whose queue is full: the kernel drops what else wants to connect, as a broken
// route does.
class BlackHole {
  public:
    BlackHole(const std::string& address, std::uint16_t port) {
        sockaddr_in at{};
        at.sin_family = AF_INET;
        at.sin_port = htons(port);
        inet_pton(AF_INET, address.c_str(), &at.sin_addr);
        const auto* there = reinterpret_cast<const sockaddr*>(&at);
        sockets_.push_back(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
        if (::bind(sockets_[0], there, sizeof at) != 0 || ::listen(sockets_[0], 0) != 0) return;
        for (int i = 0; i < 4; ++i) {
            sockets_.push_back(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
            ::connect(sockets_.back(), there, sizeof at);
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
        listens_ = true;
    }
    ~BlackHole() {
        for (const int each : sockets_)
            ::close(each);
    }
    BlackHole(const BlackHole&) = delete;
    BlackHole& operator=(const BlackHole&) = delete;
    [[nodiscard]] bool listens() const noexcept { return listens_; }

  private:
    std::vector<int> sockets_;
    bool listens_ = false;
};

// RFC 8305, "happy eyeballs": a name with an address that swallows everything is reached by its
// other one at once, not when the time to connect is over. libcurl knows localhost by itself, as
// 127.0.0.1 and ::1, in this order.
TEST(Connection, IsMadeByTheOtherFamilyWhereOneLeadsNowhere) {
    std::unique_ptr<HttpServer> server;
    std::unique_ptr<BlackHole> hole;
    try {
        // Another test may have the same port of the other family.
        for (int i = 0; i < 100 && (!hole || !hole->listens()); ++i) {
            server = std::make_unique<HttpServer>("::1");
            hole = std::make_unique<BlackHole>("127.0.0.1", server->port());
        }
    } catch (const std::exception&) {
        GTEST_SKIP() << "no IPv6 loopback";
    }
    ASSERT_TRUE(hole->listens());
    Fetching fetching;
    server->route("/", feed());
    const auto begun = std::chrono::steady_clock::now();
    const Response response =
        fetching.fetch("http://localhost:" + std::to_string(server->port()) + "/");
    EXPECT_EQ(response.body, "<rss/>") << response.error_text;
    const auto took = std::chrono::steady_clock::now() - begun;
    EXPECT_GT(took, std::chrono::milliseconds(100)) << "the first one swallowed nothing";
    EXPECT_LT(took, std::chrono::seconds(3));
}

TEST(Fetcher, AbandonsWhatIsInFlightWhenItIsClosed) {
    HttpServer server;
    server.route("/held", HttpResponse{.body = "<rss/>", .hold = true});
    bool answered = false;
    {
        Fetching fetching;
        for (int i = 0; i < 5; ++i) {
            fetching.fetcher().start(Fetching::request(server.url("/held")),
                                     [&](const Response&) { answered = true; });
        }
        fetching.run_until([&] { return server.hits("/held") == 5; });
        fetching.fetcher().start(Fetching::request("nonsense"),
                                 [&](const Response&) { answered = true; });
        fetching.fetcher().close();
        fetching.fetcher().close();
        EXPECT_EQ(fetching.fetcher().in_flight(), 0U);
    }
    EXPECT_FALSE(answered);
}

TEST(Fetcher, CanBeClosedByTheAnswerToAFetch) {
    HttpServer server;
    server.route("/", feed());
    Fetching fetching;
    int answers = 0;
    for (const char* path : {"/", "/", "/missing"}) {
        fetching.fetcher().start(Fetching::request(server.url(path)), [&](const Response&) {
            ++answers;
            fetching.fetcher().close();
        });
    }
    fetching.run_until([&] { return answers > 0; });
    uv_run(fetching.loop(), UV_RUN_DEFAULT);
    EXPECT_EQ(answers, 1);
}

std::ptrdiff_t threads() {
    return std::distance(std::filesystem::directory_iterator("/proc/self/task"), {});
}

TEST(Fetcher, IsClosedWhileANameIsBeingResolved) {
    const std::ptrdiff_t before = threads();
    {
        Fetching fetching;
        for (const char letter : {'a', 'b', 'c'}) {
            // A label that is too long: a thread resolves it, but no server is asked.
            const std::string nobody(64, letter);
            fetching.fetcher().start(Fetching::request("http://" + nobody + ".invalid/"),
                                     [](const Response&) {});
        }
        uv_run(fetching.loop(), UV_RUN_NOWAIT);
    }
    // They end by themselves; what they hold when the program ends would count as lost.
    EXPECT_TRUE(comes_true([&] { return threads() <= before; }));
}

TEST(Fetcher, RunsManyFetchesSideBySide) {
    HttpServer server;
    Fetching fetching;
    server.route("/held", HttpResponse{.body = "<rss/>", .hold = true});
    int done = 0;
    for (int i = 0; i < 100; ++i) {
        fetching.fetcher().start(Fetching::request(server.url("/held")),
                                 [&](const Response& each) { done += each.status == 200 ? 1 : 0; });
    }
    fetching.run_until([&] { return server.hits("/held") == 100; });
    EXPECT_EQ(done, 0);
    server.release("/held");
    fetching.run_until([&] { return done == 100; });
    EXPECT_EQ(server.connections(), 100);
}

}  // namespace

}  // namespace feedd::test
