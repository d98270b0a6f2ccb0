// When to ask a feed next: a pure decision with its reasons.
#pragma once

#include <chrono>

#include "base/time.h"
#include "model/feed.h"
#include "model/outcome.h"
#include "model/response.h"

namespace feedd {

// What HTTP asks for, read from the headers of an answer; caps on the absurd already applied.
struct CacheHints {
    std::optional<Seconds> fresh_for;    // Cache-Control max-age less Age, else Expires less Date
    std::optional<Seconds> retry_after;  // RFC 9110 §10.2.3, seconds or date
};
[[nodiscard]] CacheHints cache_hints(const Response& response, Time now);

struct PollContext {
    const FeedSpec& spec;
    const FeedState& state;  // after the poll: failures counted, hints and period updated
    PollResult result = PollResult::ok;
    PollError error = PollError::none;
    CacheHints cache;
    bool gap_suspected = false;
    double jitter = 0;  // from 0 to 1, drawn by the caller
};

// Never earlier than any floor, never later than max_interval allows (but for Retry-After).
[[nodiscard]] Plan next_poll(const PollContext& poll, Time now);

// The feed's period from the dates of a document's items, blended with what was known before.
[[nodiscard]] std::optional<Seconds> learned_period(std::optional<Seconds> before,
                                                    const std::vector<Time>& published, Time now);

}  // namespace feedd
