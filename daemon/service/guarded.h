// What a poll came to, whatever happens: a bug of ours costs one poll, not the daemon.
#pragma once

#include <string>

#include "service/poll.h"
#include "store/store.h"

namespace feedd {

// On a worker's thread, with its reader. A `file:` is read here.
[[nodiscard]] PollOutcome guarded_outcome(Poll poll, StoreReader& reader);

// On any thread, of an answer that brings nothing to read.
[[nodiscard]] PollOutcome guarded_outcome(Poll poll);

// Of a poll that comes to nothing by our own fault, perhaps before it has an answer.
[[nodiscard]] PollOutcome failed_by_us(Poll poll, std::string what);

}  // namespace feedd
