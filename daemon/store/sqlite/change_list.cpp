#include "store/sqlite/change_list.h"

#include <string_view>

#include "store/sqlite/article_list.h"
#include "store/sqlite/parts.h"

namespace feedd::sqlite {

namespace {

constexpr std::string_view kChanges = R"sql(
SELECT c.seq, c.kind, c.at, c.article_id, coalesce(f.name, ''), c.backfill
FROM changes AS c LEFT JOIN feeds AS f ON f.id = c.feed_id
WHERE c.seq > ? ORDER BY c.seq LIMIT ?
)sql";

constexpr std::string_view kArticle = R"sql(
SELECT story_id, first_seen_at, published_at, updated_at, url, link, title, language, image_url,
    comments_url, content_hash, summary_html, content_html, content_text, withdrawn_at
FROM articles WHERE id = ?
)sql";

}  // namespace

std::optional<StoredArticle> stored_article(Connection& connection, ArticleId id) {
    StoredArticle stored{.id = id};
    {
        Query query = connection.query(kArticle);
        if (!query.bind(id).next()) return std::nullopt;
        stored.story_id = query.optional_integer(0);
        stored.first_seen_at = query.time(1).value_or(Time{});
        Article& article = stored.article;
        article.published_at = query.time(2);
        article.updated_at = query.time(3);
        article.url = query.text(4);
        article.link = query.text(5);
        article.title = query.text(6);
        article.language = query.text(7);
        article.image_url = query.text(8);
        article.comments_url = query.text(9);
        article.content_hash = query.text(10);
        article.summary_html = query.text(11);
        article.content_html = query.text(12);
        article.content_text = query.text(13);
        stored.withdrawn_at = query.time(14);
    }
    read_parts(connection, id, stored.article);
    stored.feeds = feed_names(connection, id);
    return stored;
}

std::vector<ChangeRow> list_changes(Connection& connection, std::int64_t after, std::size_t most) {
    std::vector<ChangeRow> changes;
    {
        Query query = connection.query(kChanges);
        query.bind(after, most);
        while (query.next()) {
            changes.push_back({.seq = query.integer(0),
                               .kind = query.text(1),
                               .at = query.time(2).value_or(Time{}),
                               .article_id = query.integer(3),
                               .feed = query.text(4),
                               .backfill = query.integer(5) != 0});
        }
    }
    for (ChangeRow& change : changes)
        change.article = stored_article(connection, change.article_id);
    return changes;
}

}  // namespace feedd::sqlite
