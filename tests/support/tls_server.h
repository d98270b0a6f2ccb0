// TLS on a loopback address, for tests.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "support/certificates.h"
#include "support/http_server.h"

struct ssl_st;

namespace feedd::test {

struct TlsSettings {
    Identity identity;
    std::string client_authority{};  // PEM: clients are asked for a certificate of it; "" not
    std::string protocol{};          // of ALPN, chosen where the client offers it; "" none
    int highest_version = 0;         // as OpenSSL counts, TLS1_1_VERSION say; 0 whatever it can
    std::string address = "127.0.0.1";
    std::uint16_t port = 0;  // 0: a free one
};

// A finished handshake.
struct TlsClient {
    std::string name;      // common name of the client's certificate, "" none was sent
    std::string protocol;  // by ALPN, "" none
};

// A thread for each connection, as TcpServer.
class TlsServer {
  public:
    // With one client, after the handshake, over blocking calls.
    using Conversation = std::function<void(ssl_st* connection)>;

    TlsServer(const TlsSettings& settings, Conversation conversation);
    ~TlsServer();
    TlsServer(const TlsServer&) = delete;
    TlsServer& operator=(const TlsServer&) = delete;

    [[nodiscard]] std::uint16_t port() const;
    [[nodiscard]] std::string url(std::string_view path = "/",
                                  std::string_view host = "127.0.0.1") const;
    [[nodiscard]] std::vector<TlsClient> clients() const;  // in the order of their handshakes
    [[nodiscard]] int connections() const;  // accepted so far, with or without a handshake

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

// https before a server that speaks http: what it decrypts it passes on, and back.
class TlsFront : public TlsServer {
  public:
    TlsFront(const HttpServer& behind, const TlsSettings& settings);
};

}  // namespace feedd::test
