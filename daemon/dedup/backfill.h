// Whether an item that is new to us was old already when it came.
#pragma once

#include <optional>

#include "base/time.h"

namespace feedd {

// What was known of the feed before the document came.
struct FeedPast {
    bool has_items = false;         // any document brought any
    std::optional<Time> looked_at;  // the last good poll before this one
    std::optional<Time> oldest;     // dates of what the last document listed
    std::optional<Time> newest;
};

// True for all that a feed's first document brings; later on for an archive that enters the feed
// (it was saved anew, or the feed shows more of it): items from long before the last poll that were
// not there then. Undated items are never taken for old.
[[nodiscard]] bool is_backfill(const std::optional<Time>& published, const FeedPast& past);

}  // namespace feedd
