// What is remembered of a host (schedule/host_key) beyond its feeds.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "base/time.h"

namespace feedd {

// How often a host had to say that it is asked too much, and how long it is left alone for that.
struct Throttle {
    int strikes = 0;                // complaints that are not forgiven yet (schedule/throttle)
    std::optional<Time> struck_at;  // the last complaint
    std::optional<Time> held_from;
    std::optional<Time> held_until;
    std::string reason;  // of the hold, for people
    bool operator==(const Throttle&) const = default;
};

// One request that was sent to a host, and its answer: redirects on the way are visits, too.
struct HostVisit {
    std::string host;
    Time at{};  // when it was sent
    // Since the request before, to the same host; nullopt: none since the start.
    std::optional<std::chrono::milliseconds> spacing;
    bool breach = false;      // sent while a Retry-After forbade it
    int status = 0;           // 0: no answer came
    std::uint64_t bytes = 0;  // received
    // What the host is left alone for from now on; nullopt: no change.
    std::optional<Throttle> throttle;
};

}  // namespace feedd
