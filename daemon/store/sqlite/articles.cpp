#include "store/sqlite/articles.h"

#include "store/sqlite/parts.h"
#include "store/sqlite/search_index.h"

namespace feedd::sqlite {

namespace {

std::optional<std::string> unless_empty(const std::string& text) {
    if (text.empty()) return std::nullopt;
    return text;
}

// Only a URL that identifies the document may lead another feed's item to this article.
std::optional<std::string> url_key(const Candidate& candidate) {
    if (!candidate.url_identifies) return std::nullopt;
    return unless_empty(candidate.article.url_key);
}

// A text was seen first when it replaced the one before, the first one with its article.
constexpr std::string_view kKeepRevision = R"sql(
INSERT INTO revisions (article_id, number, seen_at, replaced_at, updated_at, content_hash,
    title, summary_html, content_html, content_text)
SELECT a.id,
    1 + coalesce((SELECT max(r.number) FROM revisions AS r WHERE r.article_id = a.id), 0),
    coalesce((SELECT r.replaced_at FROM revisions AS r WHERE r.article_id = a.id
              ORDER BY r.number DESC LIMIT 1), a.first_seen_at),
    ?, a.updated_at, a.content_hash, a.title, a.summary_html, a.content_html, a.content_text
FROM articles AS a WHERE a.id = ?
)sql";

constexpr std::string_view kInsert = R"sql(
INSERT INTO articles (first_feed_id, first_seen_at, published_at, updated_at, url, url_key, link,
    title, language, image_url, comments_url, content_hash, text_hash,
    long_text_hash, summary_html, content_html, content_text)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
)sql";

// An item that lost its link still has its article's URL.
constexpr std::string_view kRevise = R"sql(
UPDATE articles SET
    published_at = coalesce(published_at, ?1), updated_at = coalesce(?2, updated_at),
    url_key = iif(?3 = '', url_key, ?4), url = iif(?3 = '', url, ?3), link = iif(?5 = '', link, ?5),
    title = ?6, language = ?7, image_url = ?8, comments_url = ?9, content_hash = ?10,
    text_hash = ?11, long_text_hash = ?12, summary_html = ?13, content_html = ?14, content_text = ?15
WHERE id = ?16
)sql";

constexpr std::string_view kRefresh = R"sql(
UPDATE articles SET
    published_at = coalesce(published_at, ?1), updated_at = coalesce(?2, updated_at),
    image_url = ?3, comments_url = ?4
WHERE id = ?5 AND (image_url <> ?3 OR comments_url <> ?4
    OR (?2 IS NOT NULL AND updated_at IS NOT ?2) OR (?1 IS NOT NULL AND published_at IS NULL))
)sql";

}  // namespace

ArticleId insert_article(Connection& connection, const Candidate& candidate, const Found& found) {
    const Article& article = candidate.article;
    connection.query(kInsert)
        .bind(found.feed, found.at, article.published_at, article.updated_at, article.url,
              url_key(candidate), article.link, article.title, article.language, article.image_url,
              article.comments_url, article.content_hash, unless_empty(article.text_hash),
              unless_empty(article.long_text_hash), Lasting{article.summary_html},
              Lasting{article.content_html}, Lasting{article.content_text})
        .run();
    const ArticleId id = connection.inserted();
    insert_parts(connection, id, article);
    queue_for_search(connection, id);
    return id;
}

void keep_revision(Connection& connection, ArticleId id, Time at) {
    connection.query(kKeepRevision).bind(at, id).run();
}

void revise_article(Connection& connection, ArticleId id, const Candidate& candidate,
                    const Found& found) {
    const Article& article = candidate.article;
    keep_revision(connection, id, found.at);
    unindex(connection, id, true);
    connection.query(kRevise)
        .bind(article.published_at, article.updated_at, article.url, url_key(candidate),
              article.link, article.title, article.language, article.image_url,
              article.comments_url, article.content_hash, unless_empty(article.text_hash),
              unless_empty(article.long_text_hash), Lasting{article.summary_html},
              Lasting{article.content_html}, Lasting{article.content_text}, id)
        .run();
    update_parts(connection, id, article);
}

void move_article(Connection& connection, ArticleId id, const Candidate& candidate) {
    const Article& article = candidate.article;
    if (article.url.empty()) return;
    connection
        .query("UPDATE articles SET url = ?1, url_key = ?2, link = ?3 WHERE id = ?4 AND url <> ?1")
        .bind(article.url, url_key(candidate), article.link, id)
        .run();
}

bool set_withdrawn(Connection& connection, ArticleId id, std::optional<Time> at) {
    return connection
               .query(R"sql(
UPDATE articles SET withdrawn_at = ?1
WHERE id = ?2 AND (withdrawn_at IS NULL) <> (?1 IS NULL)
)sql")
               .bind(at, id)
               .run() > 0;
}

std::int64_t returns_of(Connection& connection, ArticleId id) {
    Query query =
        connection.query("SELECT count(*) FROM changes WHERE article_id = ? AND kind = 'returned'");
    query.bind(id);
    return query.next() ? query.integer(0) : 0;
}

void refresh_details(Connection& connection, ArticleId id, const Article& article) {
    connection.query(kRefresh)
        .bind(article.published_at, article.updated_at, article.image_url, article.comments_url, id)
        .run();
    update_parts(connection, id, article);
}

}  // namespace feedd::sqlite
