// Which feed carries which article, as which item: written and read.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "model/outcome.h"
#include "store/sqlite/connection.h"

namespace feedd::sqlite {

// The item of this feed with this key, if the store remembers one.
struct KnownSighting {
    std::optional<ArticleId> article;  // nullopt: the article was purged
};
[[nodiscard]] std::optional<KnownSighting> known_sighting(Connection& connection, FeedId feed,
                                                          const std::string& key);

// Those that have not left the feed.
[[nodiscard]] std::vector<Listed> listed_items(Connection& connection, FeedId feed);
// Keys of those that the feed has withdrawn.
[[nodiscard]] std::unordered_set<std::string> withdrawn_keys(Connection& connection, FeedId feed);

// Whether an item of the feed stands for the article, or has.
[[nodiscard]] bool carries(Connection& connection, FeedId feed, ArticleId article);

// A new sighting, or what has changed of a known one; it is listed again unless the outcome is
// partial. `article`: nullopt if it was purged; `reason` is kept of the first time.
void write_sighting(Connection& connection, const PollOutcome& outcome, const Candidate& candidate,
                    std::optional<ArticleId> article, std::string_view reason);
// Written only where the item's place has changed, it was away, or an hour has passed.
void renew_sighting(Connection& connection, const PollOutcome& outcome, const Reseen& item);
// The key means another article from now on: its past stays, under a key that no item can have
// (they begin with 'guid:', 'url:' or 'hash:').
void retire_sighting(Connection& connection, FeedId feed, const std::string& key);

// Lets go of keys under which the feed listed the article once, but for the first and the last few:
// links with a session in them, and guids made anew, are other keys at every poll. How many of
// them were keys of items.
int forget_old_keys(Connection& connection, FeedId feed, ArticleId article);
// Of a purged article, which is remembered under another key now. False: there was none.
bool forget_key(Connection& connection, FeedId feed, const std::string& key);

// The feed lists the item no longer.
void end_sighting(Connection& connection, FeedId feed, const std::string& key, Time at);
// Marks an item that has left as withdrawn. Returns its article if nothing else of the feed stands
// for that.
[[nodiscard]] std::optional<ArticleId> mark_withdrawn(Connection& connection, FeedId feed,
                                                      const std::string& key, Time at);
// Takes the mark from all items of the feed that stand for the article. False: there was none.
bool unmark_withdrawn(Connection& connection, FeedId feed, ArticleId article);

}  // namespace feedd::sqlite
