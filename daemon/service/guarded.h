// What a poll came to, whatever happens: a bug of ours costs one poll, not the daemon.
#pragma once

#include "service/poll.h"
#include "store/store.h"

namespace feedd {

// On a worker's thread, with its reader. A `file:` is read here.
[[nodiscard]] PollOutcome guarded_outcome(Poll poll, StoreReader& reader);

// On any thread, of an answer that brings nothing to read.
[[nodiscard]] PollOutcome guarded_outcome(Poll poll);

}  // namespace feedd
