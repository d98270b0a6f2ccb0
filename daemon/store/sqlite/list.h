// The feed list meets the feeds that the store knows.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/time.h"
#include "model/feed.h"
#include "store/rows.h"
#include "store/sqlite/connection.h"

namespace feedd::sqlite {

// How an entry of the list was recognised.
enum class Match : std::uint8_t {
    none,     // a feed the store has never seen
    url,      // the same URL
    adopted,  // the URL that the feed had moved to, now written into the list
    name,     // the same name: its URL was edited
};

struct Matched {
    Match how = Match::none;
    std::size_t stored = 0;  // index into the stored feeds, unless none
};

// Pure. An entry per entry of `list`; each stored feed is taken at most once. A feed that is off
// the list is found by its URL only: a name is reused more easily than meant.
[[nodiscard]] std::vector<Matched> match_list(std::span<const FeedSpec> list,
                                              std::span<const FeedRow> stored);

// See StoreWriter::apply_list. To be called inside a write transaction.
[[nodiscard]] std::vector<FeedState> apply_list(Connection& connection,
                                                std::span<const FeedSpec> list, Time now);

}  // namespace feedd::sqlite
