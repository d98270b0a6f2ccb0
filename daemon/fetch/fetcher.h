// HTTP through libcurl's multi interface on a libuv loop. For the loop's thread only.
#pragma once

#include <functional>
#include <memory>

#include "fetch/address_guard.h"
#include "fetch/request.h"
#include "model/response.h"

struct uv_loop_s;

namespace feedd {

// Conditional GET, redirects followed here (http and https only, at most 10; configured headers
// stay on the original origin), one deadline for all hops, sizes counted as bytes arrive, addresses
// checked after DNS resolution. No cookies kept, no Referer. A kept-alive connection that the
// server had closed is retried once; nothing else is.
//
// The proxy variables of the environment (http_proxy, https_proxy, no_proxy) are honoured, as curl
// documents them. The guard then judges the address of the proxy, which must be allowed like any
// other, and addresses written in URLs; what a name resolves to is for the proxy to judge.
class Fetcher {
  public:
    // Called exactly once per start(), on the loop's thread, never from within start().
    using Done = std::function<void(Response)>;

    Fetcher(uv_loop_s* loop, AddressGuard guard);
    ~Fetcher();  // abandons what is in flight; its Done is not called
    Fetcher(const Fetcher&) = delete;
    Fetcher& operator=(const Fetcher&) = delete;

    void start(Request request, Done done);
    void guard(AddressGuard guard);  // for transfers from now on
    [[nodiscard]] std::size_t in_flight() const noexcept;
    // Closes its handles on the loop, abandons transfers; call before the loop's last turn.
    void close();

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace feedd
