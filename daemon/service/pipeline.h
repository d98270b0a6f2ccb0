// The stages in their order: decode, parse, screen, normalise, plan. Run by a worker.
#pragma once

#include "service/poll.h"
#include "store/store.h"

namespace feedd {

// Every exit of a poll is an outcome with a plan; nothing throws but bugs and exhausted memory.
// `reader` is the worker's own.
[[nodiscard]] PollOutcome outcome_of(Poll poll, StoreReader& reader);

// The outcome of a poll that our own fault ended; the feed is tried again later.
[[nodiscard]] PollOutcome internal_failure(Poll poll, StoreReader& reader, std::string what);

}  // namespace feedd
