#include "store/sqlite/sightings.h"

namespace feedd::sqlite {

namespace {

// How much older than now a last_seen_at may be before it alone is worth a write: a document that
// is parsed every few minutes and stays the same costs its feed's row, not all its items' rows.
constexpr Seconds kSightingGrain{3600};

constexpr std::string_view kUpsert = R"sql(
INSERT INTO sightings (feed_id, key, article_id, item_hash, position, first_seen_at, last_seen_at,
    guid, url, reason, published_at, title_hash, words_hash, left_at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
ON CONFLICT (feed_id, key) DO UPDATE SET
    item_hash = excluded.item_hash, position = excluded.position,
    last_seen_at = excluded.last_seen_at, guid = excluded.guid, url = excluded.url,
    published_at = excluded.published_at, title_hash = excluded.title_hash,
    words_hash = excluded.words_hash, withdrawn_at = NULL,
    left_at = iif(excluded.left_at IS NULL, NULL, sightings.left_at)
)sql";

// ?6: the document tells all that the feed lists.
constexpr std::string_view kRenew = R"sql(
UPDATE sightings SET last_seen_at = ?1, position = ?2, withdrawn_at = NULL,
    left_at = iif(?6, NULL, left_at)
WHERE feed_id = ?3 AND key = ?4
    AND (position <> ?2 OR last_seen_at < ?5 OR withdrawn_at IS NOT NULL
        OR (?6 AND left_at IS NOT NULL))
)sql";

// By name: by the primary key all that the feed ever brought would be read.
constexpr std::string_view kListed = R"sql(
SELECT key, guid, url, position, first_seen_at, published_at, title_hash, words_hash
FROM sightings INDEXED BY sightings_listed WHERE feed_id = ? AND left_at IS NULL
)sql";

// Servers that answer by turns may each have keys of their own.
constexpr int kOldKeys = 8;

// The first one tells since when the feed carries the article.
constexpr std::string_view kForgetOldKeys = R"sql(
DELETE FROM sightings
WHERE feed_id = ?1 AND key IN (
    SELECT key FROM sightings INDEXED BY sightings_article
    WHERE article_id = ?2 AND feed_id = ?1 AND left_at IS NOT NULL
        AND key <> (
            SELECT key FROM sightings INDEXED BY sightings_article
            WHERE article_id = ?2 AND feed_id = ?1 ORDER BY first_seen_at, key LIMIT 1)
    ORDER BY left_at DESC, key LIMIT -1 OFFSET ?3
)
RETURNING key
)sql";

}  // namespace

std::optional<KnownSighting> known_sighting(Connection& connection, FeedId feed,
                                            const std::string& key) {
    Query query =
        connection.query("SELECT article_id FROM sightings WHERE feed_id = ? AND key = ?");
    if (!query.bind(feed, key).next()) return std::nullopt;
    return KnownSighting{.article = query.optional_integer(0)};
}

std::vector<Listed> listed_items(Connection& connection, FeedId feed) {
    Query query = connection.query(kListed);
    query.bind(feed);
    std::vector<Listed> items;
    while (query.next()) {
        items.push_back({.key = query.text(0),
                         .guid = query.text(1),
                         .link = query.text(2),
                         .position = static_cast<int>(query.integer(3)),
                         .first_seen_at = query.time(4).value_or(Time{}),
                         .published_at = query.time(5),
                         .title_hash = query.optional_hash(6),
                         .words_hash = query.optional_hash(7)});
    }
    return items;
}

std::unordered_set<std::string> withdrawn_keys(Connection& connection, FeedId feed) {
    Query query = connection.query(R"sql(
SELECT key FROM sightings INDEXED BY sightings_withdrawn
WHERE feed_id = ? AND withdrawn_at IS NOT NULL
)sql");
    query.bind(feed);
    std::unordered_set<std::string> keys;
    while (query.next())
        keys.insert(query.text(0));
    return keys;
}

bool carries(Connection& connection, FeedId feed, ArticleId article) {
    return connection.query("SELECT 1 FROM sightings WHERE feed_id = ? AND article_id = ? LIMIT 1")
        .bind(feed, article)
        .next();
}

void write_sighting(Connection& connection, const PollOutcome& outcome, const Candidate& candidate,
                    std::optional<ArticleId> article, std::string_view reason) {
    std::optional<Time> left;  // the next document may be partial, too: it would never leave
    if (outcome.partial) left = outcome.at;
    connection.query(kUpsert)
        .bind(outcome.feed, candidate.key, article, static_cast<std::int64_t>(candidate.item_hash),
              candidate.position, outcome.at, candidate.guid, candidate.article.link, reason,
              candidate.article.published_at, candidate.title_hash, candidate.words_hash, left)
        .run();
}

void renew_sighting(Connection& connection, const PollOutcome& outcome, const Reseen& item) {
    connection.query(kRenew)
        .bind(outcome.at, item.position, outcome.feed, item.key, outcome.at - kSightingGrain,
              outcome.partial ? 0 : 1)
        .run();
}

void retire_sighting(Connection& connection, FeedId feed, const std::string& key) {
    connection
        .query(R"sql(
UPDATE OR REPLACE sightings SET
    key = 'was:' || article_id || ':' || key, left_at = coalesce(left_at, last_seen_at)
WHERE feed_id = ? AND key = ?
)sql")
        .bind(feed, key)
        .run();
}

int forget_old_keys(Connection& connection, FeedId feed, ArticleId article) {
    Query query = connection.query(kForgetOldKeys);
    query.bind(feed, article, kOldKeys);
    int items = 0;
    while (query.next()) {
        if (!query.text(0).starts_with("was:")) ++items;
    }
    return items;
}

bool forget_key(Connection& connection, FeedId feed, const std::string& key) {
    return connection.query("DELETE FROM sightings WHERE feed_id = ? AND key = ?")
               .bind(feed, key)
               .run() > 0;
}

void end_sighting(Connection& connection, FeedId feed, const std::string& key, Time at) {
    connection
        .query(R"sql(
UPDATE sightings SET left_at = ? WHERE feed_id = ? AND key = ? AND left_at IS NULL
)sql")
        .bind(at, feed, key)
        .run();
}

std::optional<ArticleId> mark_withdrawn(Connection& connection, FeedId feed, const std::string& key,
                                        Time at) {
    Query query = connection.query(R"sql(
UPDATE sightings SET withdrawn_at = ?1
WHERE feed_id = ?2 AND key = ?3 AND article_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM sightings AS other INDEXED BY sightings_article
    WHERE other.article_id = sightings.article_id AND other.feed_id = ?2 AND other.left_at IS NULL
)
RETURNING article_id
)sql");
    if (!query.bind(at, feed, key).next()) return std::nullopt;
    return query.integer(0);
}

bool unmark_withdrawn(Connection& connection, FeedId feed, ArticleId article) {
    return connection
               .query(R"sql(
UPDATE sightings INDEXED BY sightings_article SET withdrawn_at = NULL
WHERE article_id = ? AND feed_id = ? AND withdrawn_at IS NOT NULL
)sql")
               .bind(article, feed)
               .run() > 0;
}

}  // namespace feedd::sqlite
