#include "store/sqlite/whole.h"

#include <string_view>
#include <utility>

#include "store/sqlite/articles.h"
#include "store/sqlite/commit.h"
#include "store/sqlite/parts.h"
#include "store/sqlite/search_index.h"

namespace feedd::sqlite {

namespace {

// The words are those of the first feed to bring them, or of the next one on the list when that one
// is off it (evidence.cpp).
constexpr std::string_view kArticles = R"sql(
SELECT a.id, a.first_seen_at, a.published_at, a.updated_at, a.url, a.url_key, a.link, a.title,
    a.language, a.image_url, a.comments_url, a.content_hash, coalesce(a.text_hash, ''),
    coalesce(a.long_text_hash, ''),
    a.summary_html, a.content_html, a.content_text,
    coalesce((SELECT s.feed_id FROM sightings AS s JOIN feeds AS f ON f.id = s.feed_id
              JOIN articles AS b ON b.id = s.article_id
              WHERE s.article_id = a.id AND f.status <> 'removed'
              ORDER BY s.feed_id = b.first_feed_id DESC, s.first_seen_at, s.feed_id LIMIT 1),
             a.first_feed_id),
    coalesce((SELECT max(c.at) FROM changes AS c WHERE c.article_id = a.id
              AND c.kind IN ('new', 'revised') AND c.feed_id IS NOT NULL), a.first_seen_at)
FROM articles AS a WHERE a.id > ? ORDER BY a.id LIMIT ?
)sql";

Carried read_carried(const Query& query) {
    return {.feed = query.integer(0),
            .key = query.text(1),
            .guid = query.text(2),
            .url = query.text(3),
            .reason = query.text(4),
            .item_hash = static_cast<std::uint64_t>(query.integer(5)),
            .position = static_cast<int>(query.integer(6)),
            .first_seen_at = query.time(7).value_or(Time{}),
            .last_seen_at = query.time(8).value_or(Time{}),
            .published_at = query.time(10),
            .title_hash = query.optional_hash(11),
            .words_hash = query.optional_hash(12),
            .left_at = query.time(13),
            .article = query.optional_integer(9)};
}

std::vector<Carried> sightings_of(Connection& connection, ArticleId article) {
    Query query = connection.query(R"sql(
SELECT feed_id, key, guid, url, reason, item_hash, position, first_seen_at, last_seen_at, article_id,
    published_at, title_hash, words_hash, left_at
FROM sightings WHERE article_id = ? ORDER BY first_seen_at, feed_id, key
)sql");
    query.bind(article);
    std::vector<Carried> all;
    while (query.next())
        all.push_back(read_carried(query));
    return all;
}

WholeArticle read_article(const Query& query) {
    return {.id = query.integer(0),
            .article = {.url = query.text(4),
                        .url_key = query.text(5),
                        .link = query.text(6),
                        .title = query.text(7),
                        .summary_html = query.text(14),
                        .content_html = query.text(15),
                        .content_text = query.text(16),
                        .language = query.text(8),
                        .image_url = query.text(9),
                        .comments_url = query.text(10),
                        .published_at = query.time(2),
                        .updated_at = query.time(3),
                        .content_hash = query.text(11),
                        .text_hash = query.text(12),
                        .long_text_hash = query.text(13)},
            .url_identifies = !query.text(5).empty(),
            .owner = query.integer(17),
            .first_seen_at = query.time(1).value_or(Time{}),
            .words_at = query.time(18).value_or(Time{})};
}

std::optional<ArticleId> newest_with(Connection& connection, std::string_view sql,
                                     const std::string& value) {
    if (value.empty()) return std::nullopt;
    Query query = connection.query(sql);
    if (!query.bind(value).next()) return std::nullopt;
    return query.integer(0);
}

// The articles' columns that a rewrite sets, in the order of kRewrite.
void write_fields(Connection& connection, ArticleId id, const WholeArticle& rebuilt) {
    const Article& article = rebuilt.article;
    const auto unless_empty = [](const std::string& text) {
        return text.empty() ? std::nullopt : std::optional(text);
    };
    connection
        .query(R"sql(
UPDATE articles SET published_at = ?, updated_at = ?, url = ?, url_key = ?, link = ?, title = ?,
    language = ?, image_url = ?, comments_url = ?, content_hash = ?, text_hash = ?,
    long_text_hash = ?, summary_html = ?, content_html = ?, content_text = ?
WHERE id = ?
)sql")
        .bind(article.published_at, article.updated_at, article.url,
              rebuilt.url_identifies ? unless_empty(article.url_key) : std::nullopt, article.link,
              article.title, article.language, article.image_url, article.comments_url,
              article.content_hash, unless_empty(article.text_hash),
              unless_empty(article.long_text_hash), article.summary_html, article.content_html,
              article.content_text, id)
        .run();
    update_parts(connection, id, article);
}

// The items that the store does not know, seen when they were.
void add_items(Connection& connection, ArticleId article, const std::vector<Carried>& items) {
    for (const Carried& item : items) {
        const int added =
            connection
                .query(R"sql(
INSERT OR IGNORE INTO sightings (feed_id, key, article_id, item_hash, position, first_seen_at,
    last_seen_at, guid, url, reason, published_at, title_hash, words_hash, left_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
)sql")
                .bind(item.feed, item.key, article, static_cast<std::int64_t>(item.item_hash),
                      item.position, item.first_seen_at, item.last_seen_at, item.guid, item.url,
                      item.reason, item.published_at, item.title_hash, item.words_hash,
                      item.left_at)
                .run();
        if (added == 0 || item.key.starts_with("was:")) continue;
        connection.query("UPDATE feeds SET item_count = item_count + 1 WHERE id = ?")
            .bind(item.feed)
            .run();
    }
}

}  // namespace

std::vector<WholeArticle> whole_articles(Connection& connection, ArticleId after,
                                         std::size_t most) {
    std::vector<WholeArticle> articles;
    {
        Query query = connection.query(kArticles);
        query.bind(after, most);
        while (query.next())
            articles.push_back(read_article(query));
    }
    for (WholeArticle& whole : articles) {
        read_parts(connection, whole.id, whole.article);
        whole.carried = sightings_of(connection, whole.id);
    }
    return articles;
}

Counterpart counterpart(Connection& connection, const WholeArticle& rebuilt) {
    Counterpart found;
    for (const Carried& item : rebuilt.carried) {
        Query query =
            connection.query("SELECT article_id FROM sightings WHERE feed_id = ? AND key = ?");
        if (!query.bind(item.feed, item.key).next()) {
            found.items_missing = true;
            continue;
        }
        const auto article = query.optional_integer(0);
        found.purged = found.purged || !article;
        if (!found.article) found.article = article;
    }
    if (found.article || found.purged) return found;
    if (rebuilt.url_identifies) {
        found.article = newest_with(
            connection, "SELECT id FROM articles WHERE url_key = ? ORDER BY id DESC LIMIT 1",
            rebuilt.article.url_key);
    }
    if (!found.article) {
        found.article = newest_with(
            connection, "SELECT id FROM articles WHERE text_hash = ? ORDER BY id DESC LIMIT 1",
            rebuilt.article.text_hash);
    }
    return found;
}

std::vector<Carried> carried_by(Connection& connection, FeedId feed) {
    Query query = connection.query(R"sql(
SELECT feed_id, key, guid, url, reason, item_hash, position, first_seen_at, last_seen_at, article_id,
    published_at, title_hash, words_hash, left_at
FROM sightings WHERE feed_id = ? ORDER BY key
)sql");
    query.bind(feed);
    std::vector<Carried> all;
    while (query.next())
        all.push_back(read_carried(query));
    return all;
}

void rewrite(Connection& connection, const Rewrite& change, Time now) {
    const WholeArticle& rebuilt = change.rebuilt;
    ChangeLog changes(connection);
    ArticleId id = 0;
    if (change.article) {
        id = *change.article;
        if (change.revises) keep_revision(connection, id, now);
        if (change.revises) unindex(connection, id, true);
        if (change.changes) {
            write_fields(connection, id, rebuilt);
            changes.append(id, "revised", std::nullopt, now);
        }
    } else {
        const Candidate candidate{.url_identifies = rebuilt.url_identifies,
                                  .article = rebuilt.article};
        id = insert_article(connection, candidate,
                            {.feed = rebuilt.owner, .at = rebuilt.first_seen_at});
        changes.append(id, "new", std::nullopt, now, true);
    }
    add_items(connection, id, rebuilt.carried);
}

}  // namespace feedd::sqlite
