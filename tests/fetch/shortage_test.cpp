// No socket is to be had, of one kind or at all: our own fault, and perhaps soon over.
#include <atomic>
#include <cerrno>
#include <memory>

#include <gmock/gmock.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "fetching.h"
#include "support/http_server.h"

namespace feedd::test {

namespace {

std::atomic<int> refused_family{AF_UNSPEC};  // AF_UNSPEC: none
std::atomic<int> refusals{0};

}  // namespace

}  // namespace feedd::test

// The C library's own, for the whole of this program.
extern "C" int socket(int family, int type, int protocol) noexcept {
    using namespace feedd::test;
    const bool stream = (type & SOCK_STREAM) == SOCK_STREAM;
    if (stream && family != AF_UNSPEC && family == refused_family) {
        ++refusals;
        errno = EMFILE;
        return -1;
    }
    return static_cast<int>(::syscall(SYS_socket, family, type, protocol));
}

namespace feedd::test {

namespace {

class Shortage : public testing::Test {
  protected:
    ~Shortage() override { refused_family = AF_UNSPEC; }

    Response fetch_without(int family, HttpServer& server, const std::string& host) {
        server.route("/", HttpResponse{.body = "<rss/>"});
        refusals = 0;
        refused_family = family;
        return fetching_.fetch("http://" + host + ":" + std::to_string(server.port()) + "/");
    }

    Fetching fetching_;
};

TEST_F(Shortage, ThatIsOverAtTheNextAddressCostsNothing) {
    std::unique_ptr<HttpServer> server;
    try {
        server = std::make_unique<HttpServer>("::1");
    } catch (const std::exception&) {
        GTEST_SKIP() << "no IPv6 loopback";
    }
    // libcurl itself knows the two addresses of localhost (RFC 6761); it tries both.
    const Response response = fetch_without(AF_INET, *server, "localhost");
    EXPECT_EQ(response.error, PollError::none) << response.error_text;
    EXPECT_EQ(response.body, "<rss/>");
    EXPECT_GT(refusals, 0);
}

TEST_F(Shortage, IsNotBlamedOnTheServer) {
    HttpServer server;
    const Response response = fetch_without(AF_INET, server, "127.0.0.1");
    EXPECT_EQ(response.error, PollError::internal);
    EXPECT_EQ(response.error_text, "no socket: Too many open files");
    EXPECT_GT(refusals, 0);
}

}  // namespace

}  // namespace feedd::test
