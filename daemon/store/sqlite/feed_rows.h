// Feeds as rows: the one place that knows their columns.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "model/feed.h"
#include "model/outcome.h"
#include "store/rows.h"
#include "store/sqlite/connection.h"

namespace feedd::sqlite {

// Every feed the store has ever known, ordered by name; with the columns of FeedRow.
[[nodiscard]] std::vector<FeedRow> all_feeds(Connection& connection);
// Every feed, in any order, with its state, tags and error_class alone: at a start, 100,000 of them
// are read. `expected`: about so many.
[[nodiscard]] std::vector<FeedRow> feeds_to_list(Connection& connection, std::size_t expected);

// The refusal of a filter that names a feed that is none of them.
[[nodiscard]] Error unknown_feed(const std::string& name);

// What the store must know of a feed to write the outcome of a poll.
struct Listing {
    std::string listed_url;
    std::string url;
    bool removed = false;
};
[[nodiscard]] std::optional<Listing> listing(Connection& connection, FeedId feed);

// Writes the state of the feed after a poll: all but what the list rules (name, listed_url, tags),
// what it is merged into, and what the store itself counts; and adds the poll to the sums of the
// feed's polls: write_poll follows.
void write_state(Connection& connection, const PollOutcome& outcome);
void write_info(Connection& connection, FeedId feed, const FeedInfo& info);
// `items`: sightings that were added; last_new_at moves only when an article was.
void count_items(Connection& connection, const PollOutcome& outcome, int items, bool any_added);
void write_poll(Connection& connection, const PollOutcome& outcome, const PollReport& report);

}  // namespace feedd::sqlite
