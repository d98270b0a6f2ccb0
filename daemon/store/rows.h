// What commands ask the store, and the rows that they print.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "model/archive.h"
#include "model/article.h"
#include "model/feed.h"
#include "model/host.h"

namespace feedd {

struct ArticleFilter {
    std::optional<Time> since;  // by first_seen_at
    std::optional<Time> until;
    std::string feed;      // name, "" any
    std::string tag;       // of a feed that carries it, "" any
    std::string language;  // "en" matches en-GB too
    std::string author;    // part of a name, without regard to case, "" any
    std::string query;     // full text; "" lists the newest
    bool revised = false;  // only edited ones, the last edited first; since and until mean that
    bool by_date = false;  // of a search: the newest first, not the best
    bool stories = false;  // of each story only the article that comes first
    Time now{};            // of a search: how old what is found is
    std::size_t limit = 50;
};

struct ArticleRow {
    ArticleId id = 0;
    std::string title;
    std::string url;
    std::string language;
    std::vector<std::string> feeds;  // names of the feeds that carry it, the first seen first
    std::vector<std::string> authors;
    std::optional<Time> published_at;
    Time first_seen_at{};
    std::int64_t revisions = 0;      // counted only where the filter is for revised ones
    std::optional<Time> revised_at;  // the same
    std::string snippet;             // of a search: plain text, hits in [brackets]
    std::optional<std::int64_t> story_id;
    std::int64_t outlets = 0;  // feeds that carry it; with ArticleFilter::stories, its story
};

// An article whole, as it is now.
struct StoredArticle {
    ArticleId id = 0;
    std::optional<std::int64_t> story_id;
    Article article;
    std::vector<std::string> feeds;  // names of the feeds that carry it, the first seen first
    Time first_seen_at{};
    std::optional<Time> withdrawn_at;  // its feed has taken it back
};

// An entry of the change log, with the article that it speaks of as that is now.
struct ChangeRow {
    std::int64_t seq = 0;
    std::string kind;  // docs/store.md, changes
    Time at{};
    ArticleId article_id = 0;
    std::string feed;                      // the name of the one that caused it, "" none
    bool backfill = false;                 // it was old already when it came
    std::optional<StoredArticle> article;  // nullopt: it has been purged since
};

// A poll as the history has it (docs/store.md, polls).
struct PollRow {
    Time at{};
    std::string outcome;
    std::optional<std::int64_t> http_status;
    std::int64_t duration_ms = 0;
    std::int64_t bytes = 0;
    std::int64_t items = 0;
    std::int64_t added = 0;
    std::int64_t revised = 0;
    std::int64_t sighted = 0;
    bool gap_suspected = false;
    std::string error;
};

// Where an article was seen, and why the item was taken for it.
struct SightingRow {
    std::string feed;
    std::string key;
    std::string url;
    std::string reason;
    Time first_seen_at{};
    Time last_seen_at{};
    std::optional<Time> left_at;       // nullopt: the feed lists it
    std::optional<Time> withdrawn_at;  // it left from between others
};

// What an article said before.
struct RevisionRow {
    std::int64_t number = 0;
    Time seen_at{};
    Time replaced_at{};
    std::string title;
    std::string content_text;
};

// Why an article is part of its story.
struct StoryRow {
    std::int64_t id = 0;
    std::string title;
    std::int64_t articles = 0;
    std::int64_t outlets = 0;  // feeds that carry any of them
    // The article that this one was found to be like. nullopt: it came first.
    std::optional<ArticleId> other;
    double score = 0;               // the share of the shorter text that stands in both
    std::int64_t version = 0;       // of the rules that said so
    std::string other_text;         // as it is now; "" if it was purged
    std::vector<ArticleId> others;  // further articles of it, the first seen first; at most some
};

// All that the store knows of an article.
struct ArticleHistory {
    StoredArticle article;
    std::vector<SightingRow> sightings;  // the first seen first
    std::vector<RevisionRow> revisions;  // the oldest first
    std::optional<StoryRow> story;
};

// What finding all stories anew came to.
struct Restoried {
    std::int64_t articles = 0;  // that were looked at
    std::int64_t stories = 0;   // that there are now
    std::int64_t changed = 0;   // articles that are part of another story, or of none, now
};

// How far a consumer of the change log has come.
struct ConsumerRow {
    std::string name;
    std::int64_t seq = 0;  // the last one that it acknowledged
    Time acknowledged_at{};
};

struct FeedFilter {
    bool failing = false;
    std::vector<std::string> names;  // empty: all that are listed
    bool removed = false;            // those off the list, too
};

struct FeedRow {
    FeedState state;
    FeedInfo info;
    std::vector<std::string> tags;
    std::int64_t articles = 0;  // items of it that the store remembers
    std::string error_class;    // of the last poll (model/response.h), "" after a good one
    std::string next_poll_reason;
    std::string merged_into;  // name of the feed that is polled in its place, "" none
};

struct HostFilter {
    bool throttled = false;  // only hosts that have complained
};

// How a host was treated: what was really sent to it, since `first_at`.
struct HostRow {
    std::string host;
    Time first_at{};  // of the first request that is counted
    Time last_at{};
    std::int64_t requests = 0;
    std::int64_t not_modified = 0;                 // answered with 304
    std::int64_t complaints = 0;                   // answers that began or lengthened a hold
    std::int64_t breaches = 0;                     // sent while a Retry-After forbade it
    std::int64_t bytes = 0;                        // received
    std::optional<std::int64_t> least_spacing_ms;  // between two requests
    Throttle throttle;
};

// A feed that may have lost items: polls that had none in common with the poll before.
struct GapRow {
    std::string feed;
    std::int64_t polls = 0;  // good ones that are still in the history
    std::int64_t gaps = 0;
    std::optional<Time> last_gap_at;
    std::int64_t items = 0;  // the most that one of those documents had
    std::string next_poll_reason;
};

// What a checkpoint left of the WAL.
struct WalState {
    std::uint64_t bytes = 0;  // of its file, used again or not
    bool held = false;        // another program's reader still needs it
};

// A process that reads the store just now, by a transaction that needs the WAL.
struct WalReader {
    std::int64_t pid = 0;  // 0: of another container
    std::string program;
};

struct ArchiveFilter {
    std::vector<FeedId> feeds;  // empty: all
    std::optional<Time> since;
};

// Of a rebuilt article in the store.
struct Counterpart {
    std::optional<ArticleId> article;
    bool purged = false;         // one of its items is known, but its article is gone
    bool items_missing = false;  // the store does not know all of its items
};

// What pruning would delete.
struct Prunable {
    std::int64_t polls = 0;
    std::int64_t hosts = 0;
    std::int64_t documents = 0;  // of the archive; about so many, where its size is the bound
};

struct TableSize {
    std::string name;
    std::uint64_t bytes = 0;
};

struct StoreStats {
    std::int64_t feeds = 0;
    std::int64_t failing = 0;
    std::int64_t articles = 0;
    std::int64_t sightings = 0;
    std::int64_t revisions = 0;
    std::int64_t changes = 0;
    std::int64_t polls = 0;
    std::int64_t last_seq = 0;
    std::int64_t not_indexed = 0;  // articles that wait for the full-text index
    std::int64_t schema = 0;       // number of the newest migration
    std::uint64_t bytes = 0;       // of the database file
    std::uint64_t wal_bytes = 0;
    std::uint64_t free_bytes = 0;        // of the file: pages that will be used again
    std::int64_t documents = 0;          // in the archive
    std::uint64_t archive_bytes = 0;     // packed
    std::uint64_t received_bytes = 0;    // of the archive's bodies, unpacked
    std::optional<Time> oldest_article;  // by the first sighting
    std::optional<Time> newest_article;
    std::optional<Time> oldest_document;
    std::optional<Time> newest_document;
    std::vector<TableSize>
        tables;  // with their indices, the largest first; empty: SQLite cannot tell
};

}  // namespace feedd
