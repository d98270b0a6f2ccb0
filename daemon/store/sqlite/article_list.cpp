#include "store/sqlite/article_list.h"

#include <algorithm>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/text.h"
#include "store/sqlite/feed_rows.h"
#include "store/sqlite/search_query.h"
#include "store/sqlite/search_text.h"
#include "store/sqlite/snippet.h"

namespace feedd::sqlite {

namespace {

// A missing bound is the end of time: one statement serves with and without it.
constexpr std::string_view kBegin = "0000-01-01T00:00:00Z";
constexpr std::string_view kEnd = "9999-12-31T23:59:59Z";

constexpr std::string_view kColumns =
    "SELECT a.id, a.title, iif(a.link <> '', a.link, a.url), a.language, a.published_at, "
    "a.first_seen_at ";

// Apart from the list: there it would be made for every hit before the best are chosen. The + keeps
// FTS5 from running the search anew for each id.
constexpr std::string_view kSnippets = R"sql(
SELECT rowid, snippet(article_search, -1, '[', ']', '…', 24) FROM article_search
WHERE article_search MATCH ? AND +rowid IN (SELECT value FROM json_each(?))
)sql";

constexpr std::string_view kNewestFirst =
    "ORDER BY coalesce(a.published_at, a.first_seen_at) DESC, a.id DESC LIMIT ?";

// FTS5's rank is below zero, the best lowest. What is new counts twice, a month later one and a
// half times: news come before their archive, and what fits much better before either.
constexpr std::string_view kBestFirst = R"sql(
ORDER BY article_search.rank * (1.0 + 1.0 / (1.0 + max(0.0,
    unixepoch(?) - unixepoch(coalesce(a.published_at, a.first_seen_at))) / 2592000.0)),
    a.id DESC LIMIT ?)sql";

// The statement of a filter, its parameters always in this order.
std::string statement_of(const ArticleFilter& filter, bool searching) {
    std::string sql(kColumns);
    if (searching) {
        sql +=
            "FROM article_search JOIN articles AS a ON a.id = article_search.rowid "
            "WHERE article_search MATCH ? AND ";
    } else {
        sql += "FROM articles AS a WHERE ";
    }
    if (searching || filter.since) {
        sql += "a.first_seen_at >= ? AND a.first_seen_at <= ? ";
    } else {
        // The newest of all are walked by their own index, from which the + keeps the planner.
        sql +=
            "+a.first_seen_at >= ? AND +a.first_seen_at <= ? "
            "AND coalesce(a.published_at, a.first_seen_at) <= '9999-12-31T23:59:59Z' ";
    }
    if (!filter.feed.empty()) {
        sql +=
            "AND a.id IN (SELECT s.article_id FROM sightings AS s "
            "WHERE s.feed_id IN (SELECT id FROM feeds WHERE name = ?)) ";
    }
    if (!filter.tag.empty()) {
        sql +=
            "AND EXISTS (SELECT 1 FROM sightings AS s JOIN feeds AS f ON f.id = s.feed_id "
            "WHERE s.article_id = a.id "
            "AND EXISTS (SELECT 1 FROM json_each(f.tags) AS t WHERE t.value = ?)) ";
    }
    if (!filter.author.empty()) {
        // LIKE knows small letters from large ones in ASCII only.
        sql +=
            "AND EXISTS (SELECT 1 FROM authors AS w WHERE w.article_id = a.id "
            "AND (w.name LIKE ? ESCAPE '\\' OR w.email LIKE ? ESCAPE '\\')) ";
    }
    if (!filter.language.empty()) {
        // "en-" begins both "en-" and "en-gb-".
        sql += "AND substr(lower(a.language) || '-', 1, ?) = ? ";
    }
    sql += searching && !filter.by_date ? kBestFirst : kNewestFirst;
    return sql;
}

constexpr std::string_view kFeedNames = R"sql(
SELECT f.name FROM sightings AS s JOIN feeds AS f ON f.id = s.feed_id
WHERE s.article_id = ? GROUP BY f.id ORDER BY min(s.first_seen_at), f.id
)sql";
constexpr std::string_view kAuthorNames = R"sql(
SELECT iif(name <> '', name, iif(email <> '', email, url)) FROM authors
WHERE article_id = ? ORDER BY position
)sql";

bool knows_feed(Connection& connection, const std::string& name) {
    return connection.query("SELECT 1 FROM feeds WHERE name = ?").bind(name).next();
}

std::vector<std::string> texts(Connection& connection, std::string_view sql, ArticleId article) {
    Query query = connection.query(sql);
    query.bind(article);
    std::vector<std::string> found;
    while (query.next())
        found.push_back(query.text(0));
    return found;
}

ArticleRow row_of(const Query& row) {
    return {.id = row.integer(0),
            .title = row.text(1),
            .url = row.text(2),
            .language = row.text(3),
            .feeds = {},
            .authors = {},
            .published_at = row.time(4),
            .first_seen_at = row.time(5).value_or(Time{}),
            .snippet = {}};
}

std::string snippet_in_pieces(Connection& connection, const ArticleRow& row,
                              std::span<const std::string> terms) {
    Query query = connection.query("SELECT content_text FROM articles WHERE id = ?");
    query.bind(row.id);
    const std::string text = query.next() ? collapse_space(query.text(0)) : "";
    std::string found = snippet_of(text, terms);
    return found.empty() ? snippet_of(row.title, terms) : found;
}

void add_snippets(Connection& connection, std::vector<ArticleRow>& rows, const std::string& match,
                  const std::string& typed) {
    std::string ids;
    std::unordered_map<ArticleId, ArticleRow*> by_id;
    for (ArticleRow& row : rows) {
        ids += (ids.empty() ? "[" : ",") + std::to_string(row.id);
        by_id.emplace(row.id, &row);
    }
    Query query = connection.query(kSnippets);
    query.bind(match, ids + "]");
    while (query.next())
        by_id.at(query.integer(0))->snippet = collapse_space(query.text(1));
    const std::vector<std::string> terms = search_terms(typed);
    for (ArticleRow& row : rows) {
        if (has_spaces_between_words(row.title) && has_spaces_between_words(row.snippet)) continue;
        std::string snippet = snippet_in_pieces(connection, row, terms);
        if (!snippet.empty()) row.snippet = std::move(snippet);
    }
}

// Anywhere in the text, which is text whatever is in it.
std::string like_pattern(std::string_view text) {
    std::string pattern = "%";
    for (const char c : text) {
        if (c == '%' || c == '_' || c == '\\') pattern += '\\';
        pattern += c;
    }
    return pattern + '%';
}

void bind(Query& query, const ArticleFilter& filter, const std::string& match) {
    if (!match.empty()) query.bind(match);
    filter.since ? query.bind(*filter.since) : query.bind(kBegin);
    filter.until ? query.bind(*filter.until) : query.bind(kEnd);
    if (!filter.feed.empty()) query.bind(filter.feed);
    if (!filter.tag.empty()) query.bind(filter.tag);
    if (!filter.author.empty()) {
        const std::string pattern = like_pattern(filter.author);
        query.bind(pattern, pattern);
    }
    if (!filter.language.empty()) {
        const std::string prefix = lower(filter.language) + "-";
        query.bind(prefix.size(), prefix);
    }
    if (!match.empty() && !filter.by_date) query.bind(filter.now);
    constexpr auto kMost = static_cast<std::size_t>(std::numeric_limits<std::int64_t>::max());
    query.bind(std::min(filter.limit, kMost));
}

}  // namespace

Result<std::vector<ArticleRow>> list_articles(Connection& connection, const ArticleFilter& filter) {
    if (!filter.feed.empty() && !knows_feed(connection, filter.feed)) {
        return tl::unexpected(unknown_feed(filter.feed));
    }
    const std::string match = search_query(filter.query);
    std::vector<ArticleRow> rows;
    if (!trim(filter.query).empty() && match.empty()) return rows;  // punctuation alone
    {
        Query query = connection.query(statement_of(filter, !match.empty()));
        bind(query, filter, match);
        while (query.next())
            rows.push_back(row_of(query));
    }
    if (!match.empty() && !rows.empty()) add_snippets(connection, rows, match, filter.query);
    for (ArticleRow& row : rows) {
        row.feeds = feed_names(connection, row.id);
        row.authors = texts(connection, kAuthorNames, row.id);
    }
    return rows;
}

std::vector<std::string> feed_names(Connection& connection, ArticleId article) {
    return texts(connection, kFeedNames, article);
}

}  // namespace feedd::sqlite
