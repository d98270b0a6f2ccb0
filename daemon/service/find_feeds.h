// What is behind an address that a person gives: a feed, or a page that has some.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "model/config.h"
#include "model/feed.h"

namespace feedd {

struct Question {
    FeedSpec spec;             // how to ask, and whom
    std::string or_else;       // asked where nobody answers at spec.url; "" nothing
    bool follow_links = true;  // false: a page is no answer
};

struct KnownFeed {
    std::string url;    // to be listed: where permanent redirects lead, else as asked
    std::string at;     // where it was found in the end, after all redirects
    std::string title;  // in one line; "" it has none, or was not asked
    std::string what;   // "RSS, 15 items"; "" it was not asked
};

struct Answer {
    // At least one. Several where a page names them, in its order: the likeliest first.
    std::vector<KnownFeed> feeds;
    bool from_page = false;
};

// An answer per question, in their order. A page has the feeds that it links to, else those of
// well-known paths of its site; each has been fetched and is one, but for those behind the first
// kMostChecked, which nobody reads. Errors say in one line what was there instead.
inline constexpr std::size_t kMostChecked = 10;
[[nodiscard]] std::vector<Result<Answer>> find_feeds(std::span<const Question> questions,
                                                     const FetchConfig& fetch);

}  // namespace feedd
