// What a poll came to: everything that one transaction writes.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "model/archive.h"
#include "model/article.h"
#include "model/feed.h"
#include "model/host.h"
#include "model/response.h"

namespace feedd {

// When the feed is asked next, and why (schedule/next_poll).
struct Plan {
    Time at{};
    std::optional<Time> not_before;    // the latest floor that server and document set
    bool never = false;                // 410: until the list's entry is touched
    std::vector<std::string> reasons;  // "interval 1h", "Retry-After 2h": what decided it, in order
};

enum class PollResult : std::uint8_t {
    ok,            // a feed was read
    not_modified,  // 304
    unchanged,     // 200 with the body of last time
    failed,        // see error
};
[[nodiscard]] std::string_view name(PollResult result) noexcept;

struct PollOutcome {
    FeedId feed = 0;
    Time at{};
    std::chrono::milliseconds duration{0};
    PollResult result = PollResult::failed;
    PollError error = PollError::none;
    std::string error_text;  // for people, one line; "" unless failed
    int http_status = 0;
    std::uint64_t wire_bytes = 0;
    int items = 0;               // in the document
    bool recovered = false;      // the document had to be repaired
    bool truncated = false;      // it has more items than the budget allows; the rest was left out
    bool gap_suspected = false;  // no item in common with the last poll: some may be lost

    std::vector<HostVisit> visits;  // the requests that it took, by host

    std::vector<Candidate> candidates;
    std::vector<Reseen> reseen;
    std::vector<Departed> departed;
    bool partial = false;  // 226: the document has only what is new, and says nothing of the rest
    std::optional<ArchiveEntry> document;  // to be archived; nullopt: nothing, or nothing new

    // The state of the feed after this poll, whole: the store writes it with the items or not at
    // all. Of it, last_new_at is left to the store, which knows what was new.
    FeedState state;
    // Of the state as the store has it, only times, plan and rhythm are others: a good poll after a
    // good one, with the same validators and nothing new.
    bool replans_only = false;
    std::optional<FeedInfo> info;  // nullopt: nothing was said
    Plan plan;
};

// What the store made of an outcome.
struct PollReport {
    FeedId feed = 0;
    int added = 0;
    int revised = 0;
    int sighted = 0;
    // The feed would have moved to where this one is polled: it keeps its URL and rests.
    std::optional<FeedId> merged_into;
    std::optional<Error> error;  // it could not be written; nothing of it was
};

}  // namespace feedd
