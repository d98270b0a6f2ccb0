#include "dedup/backfill.h"

namespace feedd {

namespace {

// Posts lie as drafts, under the date at which they were begun, for days and weeks.
constexpr Seconds kLongestDraft = std::chrono::days{30};
// Items below the end of the last document: a queue of a day, zones that were mistaken.
constexpr Seconds kDelay = std::chrono::days{1};

}  // namespace

bool is_backfill(const std::optional<Time>& published, const FeedPast& past) {
    if (!past.has_items) return true;
    if (!published || !past.looked_at || !past.oldest || !past.newest) return false;
    const bool below = *published < *past.oldest && *published < *past.looked_at - kDelay;
    const bool archived =
        *published < *past.newest - kLongestDraft && *published < *past.looked_at - kLongestDraft;
    return below || archived;
}

}  // namespace feedd
