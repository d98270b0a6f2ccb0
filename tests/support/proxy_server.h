// A proxy on a loopback address: SOCKS 5 and HTTP CONNECT.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "support/tcp_server.h"

namespace feedd::test {

struct ProxyAsked {
    std::string target;       // "host:port", as the client wrote it
    std::string credentials;  // "user:password" (SOCKS 5), Proxy-Authorization (CONNECT); "" none
};

// Whatever host it is asked for, it connects to `port` of 127.0.0.1. SOCKS 5 clients that offer to
// are asked for user name and password.
class ProxyServer {
  public:
    explicit ProxyServer(std::uint16_t port);

    // "socks5h" → "socks5h://127.0.0.1:12345"
    [[nodiscard]] std::string url(const std::string& scheme) const;
    [[nodiscard]] std::vector<ProxyAsked> asked() const;
    [[nodiscard]] int connections() const { return server_.connections(); }

  private:
    void talk(int client);
    void note(ProxyAsked asked);

    std::uint16_t behind_;
    mutable std::mutex mutex_;
    std::vector<ProxyAsked> asked_;
    TcpServer server_;  // the last: its threads use the others
};

}  // namespace feedd::test
