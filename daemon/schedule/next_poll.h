// When to ask a feed next: a pure decision with its reasons.
#pragma once

#include "base/time.h"
#include "model/feed.h"
#include "model/outcome.h"
#include "model/response.h"
#include "schedule/best_moment.h"
#include "schedule/floors.h"

namespace feedd {

struct PollContext {
    const FeedSpec& spec;
    // After the poll: failures counted, hints and rhythm updated.
    const FeedState& state;
    PollResult result = PollResult::ok;
    PollError error = PollError::none;
    CacheHints cache;
    bool gap_suspected = false;
    std::optional<Time> put_off_until;  // the poll was given up in favour of a host
    double jitter = 0;                  // from 0 to 1, drawn by the caller
    Price price = kDefaultPrice;        // of a request, for `auto`: see schedule/price.h
};

// Never earlier than any floor, never later than max_interval allows (but for the floors, which end
// by themselves: 8 days, 60 for Retry-After). Never: `at` is ten years away, for who forgets to
// ask.
[[nodiscard]] Plan next_poll(const PollContext& poll, Time now);

// When the feed is due by what the store remembers. A last poll in the future was written under a
// wrong clock, and so was the plan made then: due now.
[[nodiscard]] Time due_at(std::optional<Time> next_poll_at, std::optional<Time> last_polled_at,
                          Time now) noexcept;
[[nodiscard]] inline Time due_at(const FeedState& state, Time now) noexcept {
    return due_at(state.next_poll_at, state.last_polled_at, now);
}

// When the feed is due after its interval was edited in the list. A feed that fails keeps its plan:
// it was made for its failures.
[[nodiscard]] Time replanned(const FeedSpec& spec, const FeedState& state, Time now,
                             Price price = kDefaultPrice);

// When the feed is due at the start, by a list that may have been edited while nothing ran: as
// planned, but no later than its interval, or max_interval, allows. Cheap, for all feeds at once.
[[nodiscard]] Time due_at_start(const FeedSpec& spec, const FeedState& state, Time now);

// The feed's rhythm; what may be supposed of it where nothing is learned.
[[nodiscard]] Rhythm rhythm_of(const FeedState& state, Time now);

}  // namespace feedd
