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

// How new an article is: by the poll that brought it, then by its date, then by its place in the
// document, whose first items are the newest.
struct Recency {
    Time first_seen{};
    Time published{};
    ArticleId article = 0;

    [[nodiscard]] bool older_than(const Recency& other) const noexcept {
        if (first_seen != other.first_seen) return first_seen < other.first_seen;
        if (published != other.published) return published < other.published;
        return article > other.article;
    }
};

// A pass goes through the articles by age, then feed by feed. What it learns about feeds on its way
// holds until its end.
struct RetentionPlace {
    enum class Stage : std::uint8_t { begin, by_age, by_count, done };
    Stage stage = Stage::begin;
    Time at{};              // by age: of the last article looked at
    ArticleId article = 0;  // the last article looked at
    FeedId feed = 0;  // by count: the feed that is looked at; its articles up to `article` are done
    std::unordered_set<FeedId> kept;  // by their tags
    // What a feed's count lets stay; nullopt: all, it has not so many.
    struct Threshold {
        Recency oldest;      // that stays
        ArticleId last = 0;  // of the poll that brought it: what follows stays, too
    };
    std::unordered_map<FeedId, std::optional<Threshold>> thresholds;
};

// Of a slice of the pass.
struct RetentionSlice {
    std::vector<ArticleId> outdated;  // all feeds that carry them let go of them
    int looked_at = 0;
};

}  // namespace feedd
