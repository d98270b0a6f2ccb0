// What a host that says it is asked too much gets: to be left alone, and longer pauses after that.
#pragma once

#include <chrono>
#include <optional>

#include "base/time.h"
#include "model/host.h"

namespace feedd {

struct HostAnswer {
    int status = 0;
    std::optional<Seconds> retry_after;  // bounded (schedule/floors)
    Time at{};
};

// What becomes of `before` by this answer of a public host; nullopt: nothing.
//
// A 429 (RFC 6585 §4) holds the whole host: for its Retry-After, or without one for a minute, which
// doubles with every complaint. So does a 403 with Retry-After of a host that complained before:
// some send the one for the other. While a hold lasts, answers to what was under way lengthen it
// and count as no further complaint.
[[nodiscard]] std::optional<Throttle> throttled(const Throttle& before, const HostAnswer& answer);

// Complaints that still count: one is forgiven every six hours.
[[nodiscard]] int strikes_at(const Throttle& throttle, Time now);

// The least pause between two requests: none without a complaint, then 2 s, 4 s, ... 128 s.
[[nodiscard]] std::chrono::milliseconds least_pause(const Throttle& throttle, Time now);

// How much of the hold is left; nothing beyond kLongestRetryAfter, nor beyond its own length: it
// may have been written under a wrong clock.
[[nodiscard]] Seconds hold_left(const Throttle& throttle, Time now);

}  // namespace feedd
