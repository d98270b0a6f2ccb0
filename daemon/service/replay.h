// Reads the documents of the archive again, as if they came now, and tells what would be otherwise.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/result.h"
#include "dedup/rebuild.h"
#include "model/archive.h"
#include "model/rebuilt.h"
#include "store/store.h"

namespace feedd {

struct ReplayRequest {
    std::vector<std::string> feeds;  // names, also of feeds off the list; empty: all
    std::optional<Time> since;       // documents received at or after
};

struct ReplayedArticle {
    enum class Kind : std::uint8_t { added, revised, found };
    Kind kind = Kind::revised;
    ArticleId id = 0;  // 0: it is not in the store yet
    std::string feed;
    std::string title;
    std::vector<FieldChange> fields;  // of `revised`
};

// An item that was read from a document, and is not found in it any more.
struct LostItem {
    ArticleId id = 0;
    std::string feed;
    std::string key;
};

struct ReplayTotals {
    std::int64_t documents = 0;
    std::int64_t unreadable = 0;  // of them, no feeds
    std::int64_t damaged = 0;     // of them, could not be unpacked
    std::int64_t articles = 0;    // that they made
    std::int64_t added = 0;
    std::int64_t revised = 0;
    std::int64_t found = 0;  // articles that the store knows, by an item that it does not
    std::int64_t unchanged = 0;
    std::int64_t newer = 0;   // left alone: the store has seen them later than the archive
    std::int64_t others = 0;  // left alone: their words are those of a feed that was not replayed
    std::int64_t purged = 0;  // left alone: retention deleted them
    std::int64_t lost = 0;
};

struct ReplayWatch {
    std::function<void(const ReplayedArticle&)> article;  // of each that is not as it was
    std::function<void(const LostItem&)> lost;
};

// What was made of the archive in a store of its own.
struct Rebuilt {
    std::unordered_map<FeedId, FeedId> feeds;       // there → in the store
    std::unordered_map<FeedId, std::string> names;  // by their ids in the store
    std::unordered_map<std::uint64_t, Time> items;  // when each was last in a document
    std::unordered_map<FeedId, std::unordered_set<std::int64_t>> times;  // of documents
    ReplayTotals totals;

    // Of an item in a feed, by its id in the store.
    [[nodiscard]] static std::uint64_t item(FeedId feed, std::string_view key);
};

// Reads the documents of `store` into a new store at `path`, in the order in which they were
// received and by the very way that polls take. Error io: `path` exists or cannot be written.
[[nodiscard]] Result<Rebuilt> rebuild(StoreReader& store, const std::string& path,
                                      const ReplayRequest& request);

// Compares what was made with the store. With `writer`, makes the store the same.
[[nodiscard]] Result<ReplayTotals> compare(StoreReader& store, StoreReader& made,
                                           const Rebuilt& rebuilt, const ReplayWatch& watch,
                                           StoreWriter* writer, Time now);

}  // namespace feedd
