#include "store/sqlite/articles.h"

#include <limits>

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

std::optional<std::int64_t> length_of(const Enclosure& enclosure) {
    constexpr auto kLargest = std::numeric_limits<std::int64_t>::max();
    if (!enclosure.length || *enclosure.length > static_cast<std::uint64_t>(kLargest)) {
        return std::nullopt;
    }
    return static_cast<std::int64_t>(*enclosure.length);
}

void insert_parts(Connection& connection, ArticleId id, const Article& article) {
    int position = 0;
    for (const Person& author : article.authors) {
        connection
            .query(
                "INSERT INTO authors (article_id, position, name, email, url) VALUES (?, ?, ?, ?, "
                "?)")
            .bind(id, ++position, author.name, author.email, author.url)
            .run();
    }
    position = 0;
    for (const Category& category : article.categories) {
        connection
            .query(
                "INSERT INTO categories (article_id, position, term, scheme, label) VALUES (?, ?, "
                "?, ?, ?)")
            .bind(id, ++position, category.term, category.scheme, category.label)
            .run();
    }
    position = 0;
    for (const Enclosure& enclosure : article.enclosures) {
        connection
            .query(R"sql(
INSERT INTO enclosures (article_id, position, url, type, title, length, duration_seconds)
VALUES (?, ?, ?, ?, ?, ?, ?)
)sql")
            .bind(id, ++position, enclosure.url, enclosure.type, enclosure.title,
                  length_of(enclosure), enclosure.duration_seconds)
            .run();
    }
}

void delete_parts(Connection& connection, ArticleId id) {
    connection.query("DELETE FROM authors WHERE article_id = ?").bind(id).run();
    connection.query("DELETE FROM categories WHERE article_id = ?").bind(id).run();
    connection.query("DELETE FROM enclosures WHERE article_id = ?").bind(id).run();
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

// An item that lost its link still has its article's URL.
constexpr std::string_view kRevise = R"sql(
UPDATE articles SET
    published_at = coalesce(published_at, ?1), updated_at = coalesce(?2, updated_at),
    url_key = iif(?3 = '', url_key, ?4), url = iif(?3 = '', url, ?3), link = iif(?5 = '', link, ?5),
    title = ?6, language = ?7, image_url = ?8, comments_url = ?9, content_hash = ?10,
    text_hash = ?11, summary_html = ?12, content_html = ?13, content_text = ?14
WHERE id = ?15
)sql";

}  // namespace

ArticleId insert_article(Connection& connection, const Candidate& candidate, const Found& found) {
    const Article& article = candidate.article;
    ArticleId id = 0;
    {
        Query query = connection.query(R"sql(
INSERT INTO articles (first_feed_id, first_seen_at, published_at, updated_at, url, url_key, link,
    title, language, image_url, comments_url, content_hash, text_hash,
    summary_html, content_html, content_text)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
RETURNING id
)sql");
        query.bind(found.feed, found.at, article.published_at, article.updated_at, article.url,
                   url_key(candidate), article.link, article.title, article.language,
                   article.image_url, article.comments_url, article.content_hash,
                   unless_empty(article.text_hash), article.summary_html, article.content_html,
                   article.content_text);
        query.next();
        id = query.integer(0);
    }
    insert_parts(connection, id, article);
    return id;
}

void revise_article(Connection& connection, ArticleId id, const Candidate& candidate,
                    const Found& found) {
    const Article& article = candidate.article;
    connection.query(kKeepRevision).bind(found.at, id).run();
    connection.query(kRevise)
        .bind(article.published_at, article.updated_at, article.url, url_key(candidate),
              article.link, article.title, article.language, article.image_url,
              article.comments_url, article.content_hash, unless_empty(article.text_hash),
              article.summary_html, article.content_html, article.content_text, id)
        .run();
    delete_parts(connection, id);
    insert_parts(connection, id, article);
}

}  // namespace feedd::sqlite
