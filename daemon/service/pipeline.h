// The stages in their order: decode, parse, screen, normalise, plan. Run by a worker, but for
// answers that leave nothing but the plan to make.
#pragma once

#include "service/poll.h"
#include "store/store.h"

namespace feedd {

// Every exit of a poll is an outcome with a plan; nothing throws but bugs and exhausted memory.
// `reader` is the worker's own.
[[nodiscard]] PollOutcome outcome_of(Poll poll, StoreReader& reader);

// A 304, a failure to get an answer, a refusal without a page: all but `file:`, which is read
// later.
[[nodiscard]] bool brings_nothing_to_read(const Response& response);
// Takes the poll's visits; if something is thrown, nothing.
[[nodiscard]] PollOutcome outcome_without_reading(Poll& poll);

// The outcome of a poll that our own fault ended; the feed is tried again later.
[[nodiscard]] PollOutcome internal_failure(Poll poll, std::string what);

}  // namespace feedd
