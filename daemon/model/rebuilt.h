// An article with all that tells where it comes from: what 'feedd replay' compares and writes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/article.h"
#include "model/feed.h"

namespace feedd {

// Of an item in a feed, as the store has it.
struct Carried {
    FeedId feed = 0;
    std::string key;
    std::string guid;
    std::string url;
    std::string reason;
    std::uint64_t item_hash = 0;
    int position = 0;
    Time first_seen_at{};
    Time last_seen_at{};
    // As Listed (model/article.h) has them.
    std::optional<Time> published_at;
    std::optional<std::uint64_t> title_hash;
    std::optional<std::uint64_t> words_hash;
    std::optional<Time> left_at;       // nullopt: the feed lists it
    std::optional<ArticleId> article;  // nullopt: it was purged
};

struct WholeArticle {
    ArticleId id = 0;
    Article article;
    bool url_identifies = true;
    FeedId owner = 0;  // the feed whose words stand
    Time first_seen_at{};
    Time words_at{};               // of the poll that brought its present words
    std::vector<Carried> carried;  // the first seen first
};

// What one article shall become. Its times and keys are those of the past, its feeds the store's.
struct Rewrite {
    std::optional<ArticleId> article;  // nullopt: a new one
    WholeArticle rebuilt;
    bool revises = false;  // its title, text or HTML changes: what it said is kept
    bool changes = false;  // anything of it does; else only items are added
};

}  // namespace feedd
