// A real HTTP/1.1 server on a loopback address, for tests: answers well or badly, as told.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "support/http_message.h"

namespace feedd::test {

// Runs on a thread of its own from the constructor to the destructor, which ends every connection.
// All members may be called from any thread; handlers run on the server's thread.
class HttpServer {
  public:
    using Handler = std::function<HttpResponse(const HttpRequest&)>;

    // `address` is any loopback address (127.0.0.0/8, or ::1). Port 0: a free one.
    explicit HttpServer(const std::string& address = "127.0.0.1", std::uint16_t port = 0);
    ~HttpServer();
    HttpServer(const HttpServer&) = delete;
    HttpServer& operator=(const HttpServer&) = delete;

    // What `path` answers from now on; a path that has no route answers 404.
    void route(const std::string& path, Handler handler);
    void route(const std::string& path, HttpResponse response);

    // Sends what is held back for `path`, now and in future.
    void release(const std::string& path);

    [[nodiscard]] std::uint16_t port() const;
    [[nodiscard]] std::string url(std::string_view path = "/") const;

    // Every request so far, in order of arrival.
    [[nodiscard]] std::vector<HttpRequest> requests() const;
    [[nodiscard]] std::vector<HttpRequest> requests(std::string_view path) const;
    [[nodiscard]] int hits(std::string_view path) const;
    [[nodiscard]] int connections() const;  // accepted so far
    [[nodiscard]] int open_connections() const;

    // Waits until `path` was asked `count` times; false: not within `patience`.
    bool wait_for_hits(std::string_view path, int count,
                       std::chrono::milliseconds patience = std::chrono::seconds(10)) const;

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace feedd::test
