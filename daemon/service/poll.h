// One poll on its way through the threads: what goes in, and what comes back.
#pragma once

#include <memory>
#include <vector>

#include "model/feed.h"
#include "model/host.h"
#include "model/outcome.h"
#include "model/response.h"
#include "schedule/best_moment.h"

namespace feedd {

struct Poll {
    std::shared_ptr<const FeedSpec> spec;
    FeedState state;
    Response response;
    std::vector<HostVisit> visits;
    double jitter = 0;            // 0 to 1
    Price price = kDefaultPrice;  // of a request
    bool stories = false;         // are looked for: articles need fingerprints
};

struct FinishedPoll {
    PollOutcome outcome;  // its candidates are gone: the store has them
    PollReport report;
};

}  // namespace feedd
