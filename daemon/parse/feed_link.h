// How a link of an HTML page tells that a feed is behind it.
#pragma once

#include <cstdint>
#include <string_view>

namespace feedd {

enum class MediaKind : std::uint8_t {
    feed,   // of feeds: application/rss+xml, text/xml
    vague,  // of feeds and of other things: application/json, none at all
    other,  // of no feed: text/html
};

// Of the `type` of a link: case and parameters ("; charset=utf-8") do not count.
[[nodiscard]] MediaKind media_kind(std::string_view type);

// Whether an address, which may be relative, is of the kinds that feeds have: /feed/, /rss.xml,
// ?feed=rss2, feeds.feedburner.com/name. References are resolved, nothing is asked.
[[nodiscard]] bool looks_like_feed(std::string_view url);

// Whether the words of a title name a feed: "RSS", "Atom-Feed", "News (JSON Feed)".
[[nodiscard]] bool names_feed(std::string_view title);

// Whether it is a feed of what readers say, not of the articles: "Post Comments Feed",
// /comments/feed/.
[[nodiscard]] bool is_of_comments(std::string_view title, std::string_view url);

}  // namespace feedd
