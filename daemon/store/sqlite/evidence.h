// What the store knows about a candidate.
#pragma once

#include <string_view>
#include <unordered_set>

#include "model/outcome.h"
#include "model/verdict.h"
#include "store/sqlite/connection.h"
#include "store/sqlite/sightings.h"

namespace feedd::sqlite {

// What all items of the document say that an outcome came from. Views into the outcome.
struct Siblings {
    std::unordered_set<std::string_view> keys;
    std::unordered_set<std::string_view> repeated_texts;  // long_text_hash of several
};
[[nodiscard]] Siblings siblings_in(const PollOutcome& outcome);

[[nodiscard]] Evidence evidence_for(Connection& connection, const Candidate& candidate,
                                    const std::optional<KnownSighting>& sighting,
                                    const PollOutcome& outcome, const Siblings& document);

// Whether the article's words are the feed's: of the feeds on the list that carry it, the one that
// brought it, else the one that has carried it longest.
[[nodiscard]] bool owns(Connection& connection, FeedId feed, ArticleId article);

}  // namespace feedd::sqlite
