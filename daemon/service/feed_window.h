// What a document says beyond its items: which of those that were listed before are gone, which of
// them came back under another key, and what that makes of the rest.
#pragma once

#include <string>
#include <vector>

#include "dedup/backfill.h"
#include "dedup/item_key.h"
#include "model/document.h"
#include "model/outcome.h"

namespace feedd {

struct DocumentItems {
    const Document& document;
    const std::vector<ItemKey>& keys;         // an item each, in order
    const std::vector<std::size_t>& unknown;  // of the items: those whose keys were never seen
    bool whole = false;                       // nothing of the document is missing or mended
};

// How many of the links (canonical URLs) the window has: those of purged articles, too.
[[nodiscard]] int still_listed(const std::vector<Listed>& window,
                               const std::vector<std::string>& urls);

// Where the feed's guids turn out to be counters: the key under which each item of the document was
// listed, "" none. Empty: they are no counters. Asks for the candidates, and the items seen again.
[[nodiscard]] std::vector<std::string> keys_before_count(const PollOutcome& outcome,
                                                         const std::vector<Listed>& window,
                                                         std::size_t items);

// Fills in what the outcome's candidates re-issue, whether they are old, and what departed.
void compare_with_window(PollOutcome& outcome, const std::vector<Listed>& window,
                         const DocumentItems& items, FeedPast past);

}  // namespace feedd
