#include "store/sqlite/evidence.h"

namespace feedd::sqlite {

namespace {

// Of several, the oldest: the same answer at every poll.
constexpr std::string_view kById = R"sql(
SELECT id, url, title, content_hash, coalesce(text_hash, '') FROM articles WHERE id = ?
)sql";
constexpr std::string_view kByUrl = R"sql(
SELECT id, url, title, content_hash, coalesce(text_hash, '') FROM articles
WHERE url_key = ? ORDER BY id LIMIT 1
)sql";
constexpr std::string_view kByText = R"sql(
SELECT id, url, title, content_hash, coalesce(text_hash, '') FROM articles
WHERE text_hash = ? ORDER BY id LIMIT 1
)sql";

// Item `key` of `feed`, in the document with these keys.
struct Place {
    FeedId feed = 0;
    const std::string& key;
    const KeySet& document;
};

bool held_by_sibling(Connection& connection, ArticleId article, const Place& place) {
    Query query =
        connection.query("SELECT key FROM sightings WHERE article_id = ? AND feed_id = ?");
    query.bind(article, place.feed);
    while (query.next()) {
        const std::string key = query.text(0);
        if (key != place.key && place.document.contains(key)) return true;
    }
    return false;
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
                             .text_hash = query.text(4)};
    }
    known->held_by_sibling = held_by_sibling(connection, known->id, place);
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
