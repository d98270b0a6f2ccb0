#include "command/change_json.h"

#include <nlohmann/json.hpp>

namespace feedd {

namespace {

using Json = nlohmann::ordered_json;

template <typename Value>
Json or_null(const std::optional<Value>& value) {
    return value ? Json(*value) : Json();
}

Json or_null(const std::optional<Time>& time) {
    return time ? Json(format_utc(*time)) : Json();
}

Json authors_json(const std::vector<Person>& authors) {
    Json all = Json::array();
    for (const Person& author : authors)
        all.push_back({{"name", author.name}, {"email", author.email}, {"url", author.url}});
    return all;
}

Json categories_json(const std::vector<Category>& categories) {
    Json all = Json::array();
    for (const Category& category : categories) {
        all.push_back(
            {{"term", category.term}, {"scheme", category.scheme}, {"label", category.label}});
    }
    return all;
}

Json enclosures_json(const std::vector<Enclosure>& enclosures) {
    Json all = Json::array();
    for (const Enclosure& enclosure : enclosures) {
        all.push_back({{"url", enclosure.url},
                       {"type", enclosure.type},
                       {"title", enclosure.title},
                       {"length", or_null(enclosure.length)},
                       {"duration_seconds", or_null(enclosure.duration_seconds)}});
    }
    return all;
}

}  // namespace

nlohmann::ordered_json stored_article_json(const StoredArticle& stored) {
    const Article& article = stored.article;
    return {{"id", stored.id},
            {"story_id", or_null(stored.story_id)},
            {"feeds", stored.feeds},
            {"first_seen_at", format_utc(stored.first_seen_at)},
            {"published_at", or_null(article.published_at)},
            {"updated_at", or_null(article.updated_at)},
            {"withdrawn_at", or_null(stored.withdrawn_at)},
            {"url", article.url},
            {"link", article.link},
            {"title", article.title},
            {"language", article.language},
            {"authors", authors_json(article.authors)},
            {"categories", categories_json(article.categories)},
            {"enclosures", enclosures_json(article.enclosures)},
            {"image_url", article.image_url},
            {"comments_url", article.comments_url},
            {"content_hash", article.content_hash},
            {"summary_html", article.summary_html},
            {"content_html", article.content_html},
            {"content_text", article.content_text}};
}

nlohmann::ordered_json change_json(const ChangeRow& change) {
    return {{"seq", change.seq},
            {"kind", change.kind},
            {"at", format_utc(change.at)},
            {"article_id", change.article_id},
            {"feed", change.feed.empty() ? Json() : Json(change.feed)},
            {"backfill", change.backfill},
            {"article", change.article ? stored_article_json(*change.article) : Json()}};
}

}  // namespace feedd
