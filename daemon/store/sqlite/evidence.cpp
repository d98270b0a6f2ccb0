#include "store/sqlite/evidence.h"

namespace feedd::sqlite {

namespace {

// Of several, the newest: an address that is given to a new document every week means the latest.
constexpr std::string_view kById = R"sql(
SELECT id, url, title, content_hash, coalesce(text_hash, ''), published_at FROM articles
WHERE id = ?
)sql";
constexpr std::string_view kByUrl = R"sql(
SELECT id, url, title, content_hash, coalesce(text_hash, ''), published_at FROM articles
WHERE url_key = ? ORDER BY id DESC LIMIT 1
)sql";
constexpr std::string_view kByText = R"sql(
SELECT id, url, title, content_hash, coalesce(text_hash, ''), published_at FROM articles
WHERE text_hash = ? ORDER BY id DESC LIMIT 1
)sql";

// The feeds on the list that carry an article, the one whose words stand first: it was the first to
// bring the article, or whoever was is off the list or lost it to a reused guid.
constexpr std::string_view kCarriers = R"sql(
SELECT s.feed_id, s.key
FROM sightings AS s
JOIN feeds AS f ON f.id = s.feed_id
JOIN articles AS a ON a.id = s.article_id
WHERE s.article_id = ? AND f.status <> 'removed'
ORDER BY s.feed_id = a.first_feed_id DESC, s.first_seen_at, s.feed_id
)sql";

// Item `key` of `feed`, in the document with these keys.
struct Place {
    FeedId feed = 0;
    const std::string& key;
    const KeySet& document;
};

// Fills in what depends on the feed that is polled.
void place_in(Connection& connection, KnownArticle& known, const Place& place) {
    Query query = connection.query(kCarriers);
    query.bind(known.id);
    known.from_this_feed = true;  // unless a feed on the list comes first
    for (bool first = true; query.next(); first = false) {
        const FeedId feed = query.integer(0);
        if (first) known.from_this_feed = feed == place.feed;
        if (feed != place.feed) continue;
        const std::string key = query.text(1);
        if (key != place.key && place.document.contains(key)) known.held_by_sibling = true;
    }
}

template <typename Value>
std::optional<KnownArticle> known_article(Connection& connection, std::string_view sql,
                                          const Value& value, const Place& place) {
    std::optional<KnownArticle> known;
    {
        Query query = connection.query(sql);
        if (!query.bind(value).next()) return std::nullopt;
        known = KnownArticle{.id = query.integer(0),
                             .url = query.text(1),
                             .title = query.text(2),
                             .content_hash = query.text(3),
                             .text_hash = query.text(4),
                             .published_at = query.time(5)};
    }
    place_in(connection, *known, place);
    return known;
}

}  // namespace

KeySet keys_of(const PollOutcome& outcome) {
    KeySet keys;
    keys.reserve(outcome.candidates.size() + outcome.reseen.size());
    for (const Candidate& candidate : outcome.candidates)
        keys.insert(candidate.key);
    for (const Reseen& item : outcome.reseen)
        keys.insert(item.key);
    return keys;
}

std::optional<KnownSighting> known_sighting(Connection& connection, FeedId feed,
                                            const std::string& key) {
    Query query =
        connection.query("SELECT article_id FROM sightings WHERE feed_id = ? AND key = ?");
    if (!query.bind(feed, key).next()) return std::nullopt;
    return KnownSighting{.article = query.optional_integer(0)};
}

Evidence evidence_for(Connection& connection, const Candidate& candidate,
                      const std::optional<KnownSighting>& sighting, FeedId feed,
                      const KeySet& document) {
    const Place place{.feed = feed, .key = candidate.key, .document = document};
    const Article& article = candidate.article;
    Evidence evidence;
    if (sighting && sighting->article) {
        evidence.by_key = known_article(connection, kById, *sighting->article, place);
    }
    if (candidate.url_identifies && !article.url_key.empty()) {
        evidence.by_url = known_article(connection, kByUrl, article.url_key, place);
    }
    if (!article.text_hash.empty()) {
        evidence.by_text = known_article(connection, kByText, article.text_hash, place);
    }
    return evidence;
}

}  // namespace feedd::sqlite
