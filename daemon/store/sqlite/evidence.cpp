#include "store/sqlite/evidence.h"

#include "base/text.h"

namespace feedd::sqlite {

namespace {

// Of several, the newest: an address that is given to a new document every week means the latest.
constexpr std::string_view kById = R"sql(
SELECT id, url, title, content_hash, coalesce(text_hash, ''), published_at, first_seen_at
FROM articles
WHERE id = ?
)sql";
constexpr std::string_view kByUrl = R"sql(
SELECT id, url, title, content_hash, coalesce(text_hash, ''), published_at, first_seen_at
FROM articles
WHERE url_key = ? ORDER BY id DESC LIMIT 1
)sql";
constexpr std::string_view kByText = R"sql(
SELECT id, url, title, content_hash, coalesce(text_hash, ''), published_at, first_seen_at
FROM articles
WHERE text_hash = ? ORDER BY id DESC LIMIT 1
)sql";
constexpr std::string_view kByLongText = R"sql(
SELECT id, url, title, content_hash, coalesce(text_hash, ''), published_at, first_seen_at
FROM articles
WHERE long_text_hash = ? ORDER BY id DESC LIMIT 1
)sql";
constexpr std::string_view kHasLongTextTwice =
    "SELECT 1 FROM articles WHERE long_text_hash = ? LIMIT 1 OFFSET 1";

constexpr std::string_view kByDate = R"sql(
SELECT a.id FROM articles AS a
WHERE coalesce(a.published_at, a.first_seen_at) = ?1 AND a.published_at = ?1 AND a.title = ?2
    AND EXISTS (SELECT 1 FROM sightings AS s WHERE s.article_id = a.id AND s.feed_id = ?3)
ORDER BY a.id DESC LIMIT 1
)sql";
constexpr std::string_view kBySource = R"sql(
SELECT s.article_id FROM feeds AS f JOIN sightings AS s ON s.feed_id = f.id AND s.key = ?2
WHERE f.listed_url = ?1 AND f.id <> ?3 AND s.article_id IS NOT NULL
)sql";

constexpr std::string_view kFirstFeed = R"sql(
SELECT s.feed_id
FROM articles AS a
JOIN sightings AS s ON s.article_id = a.id AND s.feed_id = a.first_feed_id
JOIN feeds AS f ON f.id = s.feed_id
WHERE a.id = ? AND f.status <> 'removed' LIMIT 1
)sql";
constexpr std::string_view kNextFeed = R"sql(
SELECT s.feed_id
FROM sightings AS s
JOIN feeds AS f ON f.id = s.feed_id
WHERE s.article_id = ? AND f.status <> 'removed'
ORDER BY s.first_seen_at, s.feed_id LIMIT 1
)sql";
constexpr std::string_view kKeysHere =
    "SELECT key FROM sightings WHERE article_id = ? AND feed_id = ?";

// Item `key` of `feed`, in the document with these keys.
struct Place {
    FeedId feed = 0;
    const std::string& key;
    const Siblings& document;
    const std::string& content_hash;  // of what it says
};

// Of the feeds on the list that carry an article the one whose words stand: the first to bring it,
// and only if that is off the list, or lost the article to a reused guid, the next. An article may
// have any number of feeds. nullopt: none is left.
std::optional<FeedId> owner_of(Connection& connection, ArticleId article) {
    for (const std::string_view sql : {kFirstFeed, kNextFeed}) {
        Query query = connection.query(sql);
        if (query.bind(article).next()) return query.integer(0);
    }
    return std::nullopt;
}

// Fills in what depends on the feed that is polled.
void place_in(Connection& connection, KnownArticle& known, const Place& place) {
    known.from_this_feed = owns(connection, place.feed, known.id);
    Query query = connection.query(kKeysHere);
    query.bind(known.id, place.feed);
    while (query.next()) {
        known.in_this_feed = true;
        const std::string key = query.text(0);
        if (key != place.key && place.document.keys.contains(key)) known.held_by_sibling = true;
    }
}

constexpr std::string_view kPast = R"sql(
SELECT title, content_text FROM revisions WHERE article_id = ? ORDER BY number DESC LIMIT 2
)sql";
constexpr std::string_view kRevised = R"sql(
SELECT count(*), max(replaced_at), coalesce(max(content_hash = ?2), 0),
    coalesce(max(content_hash = ?3), 0)
FROM revisions WHERE article_id = ?1
)sql";

// What tells an edit from restlessness; read only where there may be one.
void add_past(Connection& connection, KnownArticle& known, const std::string& content_hash) {
    if (!known.from_this_feed || known.content_hash == content_hash) return;
    {
        Query text = connection.query("SELECT content_text FROM articles WHERE id = ?");
        if (text.bind(known.id).next()) known.content_text = text.text(0);
    }
    {
        Query revised = connection.query(kRevised);
        if (revised.bind(known.id, content_hash, known.content_hash).next()) {
            known.revisions = static_cast<int>(revised.integer(0));
            known.revised_at = revised.time(1);
            known.said_this_before = revised.integer(2) != 0;
            known.says_again = revised.integer(3) != 0;
        }
    }
    if (known.revisions < 2) return;
    Query past = connection.query(kPast);
    past.bind(known.id);
    while (past.next())
        known.past.push_back({.title = past.text(0), .text = past.text(1)});
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
                             .published_at = query.time(5),
                             .first_seen_at = query.time(6).value_or(Time{})};
    }
    place_in(connection, *known, place);
    add_past(connection, *known, place.content_hash);
    return known;
}

// A planet's item, as its source has it. http and https are one feed here.
std::optional<ArticleId> article_at_source(Connection& connection, const Candidate& candidate,
                                           FeedId feed) {
    if (candidate.source_url.empty() || candidate.guid.empty()) return std::nullopt;
    const std::string_view rest =
        std::string_view(candidate.source_url).substr(candidate.source_url.find(':') + 1);
    const std::string key = "guid:" + std::string(trim(candidate.guid));
    for (const std::string_view scheme : {"https:", "http:"}) {
        Query query = connection.query(kBySource);
        if (query.bind(std::string(scheme).append(rest), key, feed).next()) return query.integer(0);
    }
    return std::nullopt;
}

std::optional<ArticleId> article_of_date(Connection& connection, const Candidate& candidate,
                                         FeedId feed) {
    const Article& article = candidate.article;
    if (!article.published_at || article.title.empty()) return std::nullopt;
    Query query = connection.query(kByDate);
    if (!query.bind(*article.published_at, article.title, feed).next()) return std::nullopt;
    return query.integer(0);
}

void add_long_text(Connection& connection, Evidence& evidence, const Article& article,
                   const Place& place) {
    const std::string& hash = article.long_text_hash;
    evidence.by_long_text = known_article(connection, kByLongText, hash, place);
    evidence.long_text_repeats =
        place.document.repeated_texts.contains(hash) ||
        (evidence.by_long_text && connection.query(kHasLongTextTwice).bind(hash).next());
}

}  // namespace

Siblings siblings_in(const PollOutcome& outcome) {
    Siblings all;
    all.keys.reserve(outcome.candidates.size() + outcome.reseen.size());
    std::unordered_set<std::string_view> texts;
    for (const Candidate& candidate : outcome.candidates) {
        all.keys.insert(candidate.key);
        const std::string& text = candidate.article.long_text_hash;
        if (!text.empty() && !texts.insert(text).second) all.repeated_texts.insert(text);
    }
    for (const Reseen& item : outcome.reseen)
        all.keys.insert(item.key);
    return all;
}

bool owns(Connection& connection, FeedId feed, ArticleId article) {
    return owner_of(connection, article).value_or(feed) == feed;
}

Evidence evidence_for(Connection& connection, const Candidate& candidate,
                      const std::optional<KnownSighting>& sighting, const PollOutcome& outcome,
                      const Siblings& document) {
    const FeedId feed = outcome.feed;
    const Article& article = candidate.article;
    const Place place{.feed = feed,
                      .key = candidate.key,
                      .document = document,
                      .content_hash = article.content_hash};
    Evidence evidence{.at = outcome.at};
    if (sighting && sighting->article) {
        evidence.by_key = known_article(connection, kById, *sighting->article, place);
    }
    if (!candidate.reissue_of.empty()) {
        const auto before = known_sighting(connection, feed, candidate.reissue_of);
        if (before && before->article) {
            evidence.by_reissue = known_article(connection, kById, *before->article, place);
        }
    }
    if (candidate.url_identifies && !article.url_key.empty()) {
        evidence.by_url = known_article(connection, kByUrl, article.url_key, place);
    }
    if (!article.text_hash.empty()) {
        evidence.by_text = known_article(connection, kByText, article.text_hash, place);
    }
    if (evidence.by_key || evidence.by_url || evidence.by_reissue) return evidence;
    if (!article.long_text_hash.empty()) add_long_text(connection, evidence, article, place);
    if (const auto id = article_at_source(connection, candidate, feed)) {
        evidence.by_source = known_article(connection, kById, *id, place);
    }
    if (const auto id = article_of_date(connection, candidate, feed)) {
        evidence.by_date = known_article(connection, kById, *id, place);
    }
    return evidence;
}

}  // namespace feedd::sqlite
