// What the store knows about a candidate.
#pragma once

#include <string_view>
#include <unordered_set>

#include "model/outcome.h"
#include "model/verdict.h"
#include "store/sqlite/connection.h"

namespace feedd::sqlite {

// The keys of all items of the document that an outcome came from. Views into the outcome.
using KeySet = std::unordered_set<std::string_view>;
[[nodiscard]] KeySet keys_of(const PollOutcome& outcome);

// The item of this feed with this key, if the store remembers one.
struct KnownSighting {
    std::optional<ArticleId> article;  // nullopt: the article was purged
};
[[nodiscard]] std::optional<KnownSighting> known_sighting(Connection& connection, FeedId feed,
                                                          const std::string& key);

[[nodiscard]] Evidence evidence_for(Connection& connection, const Candidate& candidate,
                                    const std::optional<KnownSighting>& sighting, FeedId feed,
                                    const KeySet& document);

}  // namespace feedd::sqlite
