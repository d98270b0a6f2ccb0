// What a fetch brought: the answer, or why there is none.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "model/feed.h"

namespace feedd {

// Error classes of a poll, as the store keeps them (polls.error_class).
enum class PollError : std::uint8_t {
    none,
    dns,
    connect,
    tls,
    timeout,
    broken,        // reset, truncated, corrupt coding, not HTTP
    too_large,     // body, headers or decoded size over the limit
    redirect,      // too many, none given, or to where we do not go
    refused,       // private address or forbidden scheme
    http,          // 4xx or 5xx
    unauthorized,  // 401, 403
    gone,          // 410
    throttled,     // 429
    not_feed,      // a document, but no feed
    file,          // file: not readable
    outage,        // our own network was down
    internal,
};
[[nodiscard]] std::string_view name(PollError error) noexcept;

struct Header {
    std::string name;  // as sent
    std::string value;
};

// One request that was really sent, and what came back: of a redirect, of its target, or of a
// second try on a connection that the server had closed.
struct Hop {
    std::string url;
    int status = 0;                          // 0: no answer came
    std::uint64_t bytes = 0;                 // received
    std::optional<std::string> retry_after;  // the header, as sent
};

struct Response {
    int status = 0;     // of the last hop; 0: none came. A file: that was read has 200
    std::string url;    // where it came from, after redirects; base of relative URLs
    int redirects = 0;  // hops before the last one
    // The URL that the permanent redirects (301, 308) at the start of the chain lead to;
    // nullopt if the first hop was no permanent redirect or a temporary one followed.
    std::optional<std::string> moved_to;
    std::vector<Header> headers;  // of the last hop, in order
    std::string body;             // as received: content codings not yet undone (fetch/coding)
    std::uint64_t wire_bytes = 0;
    bool conditional = false;  // the request carried validators
    std::chrono::milliseconds duration{0};
    Time at{};                          // when the answer was complete
    PollError error = PollError::none;  // transport and policy; HTTP statuses are not errors here
    std::string error_text;
    std::vector<Hop> hops;  // in the order in which they were sent
    // We gave up by ourselves, in order not to bother a host: again at that time, and nobody's
    // fault.
    std::optional<Time> put_off_until;
    // Nothing could be reached, so it is our own network's fault (schedule/outage).
    bool outage = false;

    // The first header of that name, whatever its case.
    [[nodiscard]] const std::string* header(std::string_view wanted) const noexcept;
};

}  // namespace feedd
