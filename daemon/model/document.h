// A document as published: what the publisher wrote, decoded but neither sanitised nor resolved
// into an article. All formats end here; normalize/ interprets it once for all of them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "model/hints.h"

namespace feedd {

// A text construct. `value` is UTF-8; for html it is markup that may be dangerous and whose
// relative URLs are to be resolved against `base`.
struct Text {
    enum class Kind : std::uint8_t { plain, html };
    Kind kind = Kind::plain;
    std::string value;
    std::string base;      // "" unknown
    std::string language;  // xml:lang in force, "" none
    // Plain, and the document says so, where formats leave it open: a reference in it is not one
    // that was escaped twice, but a text about references.
    bool said_plain = false;
    [[nodiscard]] bool empty() const noexcept { return value.empty(); }
};

struct Person {
    std::string name;
    std::string email;
    std::string url;
    [[nodiscard]] bool empty() const noexcept {
        return name.empty() && email.empty() && url.empty();
    }
    bool operator==(const Person&) const = default;
};

struct Category {
    std::string term;
    std::string scheme;
    std::string label;
    bool operator==(const Category&) const = default;
};

struct Link {
    std::string rel;   // "alternate" if none was written
    std::string href;  // resolved
    std::string type;
    std::string title;
    std::string hreflang;
    std::optional<std::uint64_t> length;
};

struct Enclosure {
    std::string url;
    std::string type;
    std::string title;
    std::optional<std::uint64_t> length;  // bytes
    std::optional<double> duration_seconds;
    bool operator==(const Enclosure&) const = default;
};

struct Generator {
    std::string name;
    std::string version;
    std::string url;
};

struct Itunes {
    std::optional<bool> block;
    std::optional<bool> is_explicit;
    std::string subtitle;
    std::string type;          // of a feed
    std::string episode_type;  // of an item, as are the next three
    std::optional<double> duration_seconds;
    std::optional<std::int64_t> season;
    std::optional<std::int64_t> episode;
};

struct Thumbnail {
    std::string url;
    std::optional<std::int64_t> width;
    std::optional<std::int64_t> height;
};

struct Credit {
    std::string name;
    std::string role;
};

struct Media {
    std::vector<Thumbnail> thumbnails;
    std::vector<Credit> credits;
    std::string rating;
    std::string player_url;
};

struct Chapter {
    double start_seconds = 0;
    std::string title;
    std::string url;
    std::string image_url;
};

struct InReplyTo {
    std::string id;
    std::string url;
    std::string type;
    std::string feed_url;
};

// GeoJSON geometry (RFC 7946), WGS 84, [longitude, latitude].
struct Geometry {
    enum class Kind : std::uint8_t { point, line, polygon };
    struct Position {
        double longitude = 0;
        double latitude = 0;
        std::optional<double> altitude = std::nullopt;  // metres
    };
    Kind kind = Kind::point;
    std::vector<Position> positions;
};

struct FeedMeta {
    std::string id;
    Text title;
    Text description;
    Text rights;
    std::string home_page_url;
    std::string feed_url;
    std::string new_feed_url;
    std::vector<std::string> hub_urls;
    std::vector<Link> links;
    std::string language;
    std::string license_url;
    std::optional<Generator> generator;
    std::string icon_url;
    std::string image_url;
    std::vector<Person> authors;
    std::vector<Person> contributors;
    std::optional<Person> publisher;
    std::vector<Category> categories;
    std::optional<Time> published;
    std::optional<Time> updated;
    std::optional<Itunes> itunes;
    FeedHints hints;
};

struct Item {
    std::string id;                       // guid, Atom id, rdf:about: as written
    std::optional<bool> id_is_permalink;  // RSS guid only
    std::string url;
    std::string original_url;  // feedburner:origLink and its like: the article behind a proxy link
    Text title;
    Text summary;
    Text content;
    std::string language;
    std::vector<Person> authors;
    std::vector<Person> contributors;
    std::optional<Person> publisher;
    std::vector<Category> categories;
    std::optional<Time> published;
    std::optional<Time> updated;
    std::optional<Time> created;
    std::optional<Time> expired;
    std::vector<Link> links;
    std::vector<Enclosure> enclosures;
    std::string image_url;
    std::string comments_url;
    std::string comments_feed_url;
    std::optional<std::int64_t> comment_count;
    std::optional<InReplyTo> in_reply_to;
    std::vector<FeedMeta> source;  // none or one: the feed that the item was taken from
    std::optional<Geometry> geo;
    std::vector<Chapter> chapters;
    std::optional<Itunes> itunes;
    std::optional<Media> media;
    Text rights;
    std::string license_url;
};

enum class Format : std::uint8_t {
    rss,
    rss090,
    rss091,
    rss092,
    rss093,
    rss094,
    rss10,
    rss20,
    atom03,
    atom10,
    cdf,
    jsonfeed10,
    jsonfeed11,
};
// "rss20", "atom10", …: the names of `feedd parse` and of the store.
[[nodiscard]] std::string_view name(Format format) noexcept;

struct Document {
    Format format = Format::rss;
    std::string encoding;    // IANA name, lower case, that the bytes were decoded from
    bool recovered = false;  // malformed, and repaired
    bool cut_short = false;  // it ends before its root element does: the rest is still to come
    bool truncated = false;  // more items than the budget allows: the rest was left out
    FeedMeta feed;
    std::vector<Item> items;  // in document order
};

}  // namespace feedd
