// HTTP through libcurl's multi interface on a libuv loop. For the loop's thread only.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "fetch/address_guard.h"
#include "fetch/request.h"
#include "fetch/traffic.h"
#include "model/response.h"

struct uv_loop_s;

namespace feedd {

// Conditional GET, redirects followed here (http and https only, at most 10; what tells who we are
// stays on the original origin), one deadline for all hops, sizes counted as bytes arrive,
// addresses checked after DNS resolution. No cookies kept, no Referer. A kept-alive connection that
// the server had closed is retried once; an http URL whose port 80 does not answer is asked by
// https once; nothing else is.
//
// A proxy is used where the request names one; the variables of the environment (http_proxy and
// its like) are not looked at. Where the proxy itself is does not concern the guard, which judges
// addresses that are written in URLs, and the name localhost. All other names are looked up by the
// proxy, and what they resolve to is for it to judge.
class Fetcher {
  public:
    // Called exactly once per start(), on the loop's thread, never from within start().
    using Done = std::function<void(Response)>;

    Fetcher(uv_loop_s* loop, AddressGuard guard, Traffic traffic = {});
    ~Fetcher();  // abandons what is in flight; its Done is not called
    Fetcher(const Fetcher&) = delete;
    Fetcher& operator=(const Fetcher&) = delete;

    void start(Request request, Done done);
    // Where the feed that Traffic::turn made wait was redirected to; "" if it does not wait.
    [[nodiscard]] std::string next_url(FeedId feed) const;
    // Follows the redirect of the feed that Traffic::turn made wait.
    void resume(FeedId feed);
    // Gives it up instead: its Response has put_off_until. Not from within start() or Done.
    void put_off(FeedId feed, std::string why, Time until);
    void guard(AddressGuard guard);  // for transfers from now on
    [[nodiscard]] std::size_t in_flight() const noexcept;
    // Closes its handles on the loop, abandons transfers; call before the loop's last turn.
    void close();

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace feedd
