// Listens on a loopback address and gives each connection a thread.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace feedd::test {

// From the constructor to the destructor, which shuts every connection down: whoever reads from or
// writes to it then fails, and is waited for.
class TcpServer {
  public:
    // Speaks with one client over a blocking socket, which it does not close. SIGPIPE is blocked.
    using Talk = std::function<void(int fd)>;

    // `address`: an IPv4 one. Port 0: a free one. Throws std::runtime_error if it is taken.
    TcpServer(const std::string& address, std::uint16_t port, Talk talk);
    ~TcpServer();
    TcpServer(const TcpServer&) = delete;
    TcpServer& operator=(const TcpServer&) = delete;

    [[nodiscard]] std::uint16_t port() const;
    [[nodiscard]] int connections() const;  // accepted so far

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

// A connection to a server; -1: there is none. The caller closes it.
[[nodiscard]] int connected_to(const std::string& address, std::uint16_t port);

}  // namespace feedd::test
