// One round: polls what is due, or all, and returns.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/result.h"
#include "model/config.h"
#include "service/poller.h"

namespace feedd {

struct OnceOptions {
    std::vector<std::string> feeds;  // names or URLs; empty: those that are due
    bool all = false;                // not only those that are due
};

// What a caller may watch; all on the calling thread.
struct OnceWatch {
    std::function<void(std::size_t feeds)> begun;
    std::function<void(const FinishedPoll&, const PollTotals&)> finished;
    std::function<void(const FeedSpec&, const std::string& why, const PollTotals&)> skipped;
};

struct OnceResult {
    PollTotals totals;
    bool interrupted = false;  // by SIGINT or SIGTERM
};

// Feeds that fail are no error of the round: they are in the totals and in the store.
[[nodiscard]] Result<OnceResult> run_once(Config config, const std::string& db,
                                          const OnceOptions& options, const OnceWatch& watch);

}  // namespace feedd
