// Item → Article: the one interpretation for all formats. The costly work; only for what is new.
#pragma once

#include <optional>

#include "base/time.h"
#include "model/article.h"
#include "model/document.h"
#include "model/feed.h"

namespace feedd {

// `now` bounds dates: one more than a day ahead or before 1990 is not credible and left out.
[[nodiscard]] Article normalized(const Item& item, const FeedMeta& feed, Time now);

// The first credible one of when it was published, created, updated.
[[nodiscard]] std::optional<Time> publication_date(const Item& item, Time now);

[[nodiscard]] FeedInfo feed_info(const FeedMeta& feed);

}  // namespace feedd
