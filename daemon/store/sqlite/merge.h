// Feeds that turn out to be one: a permanent redirect of the one leads to the URL of the other.
#pragma once

#include <optional>
#include <string>

#include "model/outcome.h"
#include "store/sqlite/connection.h"

namespace feedd::sqlite {

// The listed feed that is polled at `url` already, and is asked as `feed` is: with other headers
// it may be shown another document. nullopt: none.
[[nodiscard]] std::optional<FeedId> poller_of(Connection& connection, FeedId feed,
                                              const std::string& url);

// The feed goes on at its old URL, when it is polled again.
void stay_at(Connection& connection, FeedId feed, const std::string& url);

// From now on `into` is polled for both, and for all that were merged into `feed` before.
void merge(Connection& connection, FeedId feed, FeedId into);

// What was merged into `feed` is polled for itself again.
void release_merged(Connection& connection, FeedId feed);
// The same for all feeds that are polled no more: off the list, or gone.
int release_merged_into_unpolled(Connection& connection);

}  // namespace feedd::sqlite
