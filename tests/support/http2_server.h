// HTTP/2 over TLS, as little of it as a test needs.
#pragma once

#include <atomic>
#include <string>

#include "support/tls_server.h"

namespace feedd::test {

// Answers every request with the same body and 200, once `together` of them are waiting on one
// connection: a client that asks for fewer at a time waits for ever. It does not read what exactly
// is asked (that takes RFC 7541's decoding).
class Http2Server : public TlsServer {
  public:
    Http2Server(TlsSettings settings, const std::string& body, int together = 1);

    [[nodiscard]] int requests() const { return *requests_; }

  private:
    Http2Server(const TlsSettings& settings, const std::string& body, int together,
                std::shared_ptr<std::atomic<int>> requests);

    std::shared_ptr<std::atomic<int>> requests_;
};

}  // namespace feedd::test
