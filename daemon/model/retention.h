// Which articles are kept, and how far a pass over all of them has come.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/time.h"
#include "model/article.h"
#include "model/feed.h"

namespace feedd {

struct RetentionRules {
    std::unordered_map<FeedId, Retention> feeds;
    Retention others;                    // of feeds that are not among them
    std::vector<std::string> keep_tags;  // feeds with one of these let go of nothing

    [[nodiscard]] const Retention& of(FeedId feed) const {
        const auto found = feeds.find(feed);
        return found == feeds.end() ? others : found->second;
    }
    // The shortest age that any feed has; nullopt: all are kept for ever, but for their number.
    [[nodiscard]] std::optional<Seconds> shortest_age() const;
    [[nodiscard]] bool any_count() const;
};

// A pass goes through the articles by age, then feed by feed. What it learns about feeds on its way
// holds until its end.
struct RetentionPlace {
    enum class Stage : std::uint8_t { begin, by_age, by_count, done };
    Stage stage = Stage::begin;
    Time at{};              // by age: of the last article looked at
    ArticleId article = 0;  // the last article looked at
    FeedId feed = 0;  // by count: the feed that is looked at; its articles up to `article` are done
    std::unordered_set<FeedId> kept;                   // by their tags
    std::unordered_map<FeedId, ArticleId> thresholds;  // older articles are beyond the feed's count
};

// Of a slice of the pass.
struct RetentionSlice {
    std::vector<ArticleId> outdated;  // all feeds that carry them let go of them
    int looked_at = 0;
};

}  // namespace feedd
