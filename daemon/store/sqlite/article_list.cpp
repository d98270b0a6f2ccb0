#include "store/sqlite/article_list.h"

#include <algorithm>
#include <chrono>
#include <initializer_list>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "base/text.h"
#include "store/sqlite/article_filter.h"
#include "store/sqlite/feed_rows.h"
#include "store/sqlite/search_query.h"
#include "store/sqlite/search_text.h"
#include "store/sqlite/snippet.h"

namespace feedd::sqlite {

namespace {

// So many articles are looked at one by one, whatever order is wanted: some milliseconds. Of more,
// the newest are walked until enough are found, which are not far then.
constexpr std::int64_t kFew = 6'000;
// So many ids are put into a set that the hits of a search are looked up in.
constexpr std::int64_t kManyIds = 50'000;
// Of more hits than these the newest ones are ranked: a word that is everywhere says nothing of
// what is meant, and to rank a million takes seconds.
constexpr std::int64_t kRanked = 1'000;
// A date is at most a day after its article was first seen (normalize/article).
constexpr std::chrono::days kAhead{1};

constexpr std::string_view kColumns =
    "SELECT a.id, a.title, iif(a.link <> '', a.link, a.url), a.language, a.published_at, "
    "a.first_seen_at, a.story_id ";

// The + keeps FTS5 from running the search anew for each id; between the first and the last it
// reads every hit.
constexpr std::string_view kSnippets = R"sql(
SELECT rowid, snippet(article_search, -1, '[', ']', '…', 24) FROM article_search
WHERE article_search MATCH ? AND rowid >= ? AND rowid <= ?
    AND +rowid IN (SELECT value FROM json_each(?))
)sql";

constexpr std::string_view kNewestFirst =
    "ORDER BY coalesce(a.published_at, a.first_seen_at) DESC, a.id DESC LIMIT ?12";

// FTS5's rank is below zero, the best lowest. What is new counts twice, a month later one and a
// half times: news come before their archive, and what fits much better before either.
constexpr std::string_view kBestFirst = R"sql(
ORDER BY article_search.rank * (1.0 + 1.0 / (1.0 + max(0.0,
    unixepoch(?8) - unixepoch(coalesce(a.published_at, a.first_seen_at))) / 2592000.0)),
    a.id DESC LIMIT ?12)sql";

constexpr std::string_view kHits =
    "FROM article_search JOIN articles AS a ON a.id = article_search.rowid "
    "WHERE article_search MATCH ?7 AND article_search.rowid >= ?10 AND article_search.rowid <= ?11";

ArticleRow row_of(const Query& row) {
    return {.id = row.integer(0),
            .title = row.text(1),
            .url = row.text(2),
            .language = row.text(3),
            .feeds = {},
            .authors = {},
            .published_at = row.time(4),
            .first_seen_at = row.time(5).value_or(Time{}),
            .snippet = {},
            .story_id = row.optional_integer(6)};
}

// Of each story only the first in the order of the list, if the filter says so.
std::vector<ArticleRow> rows_of(Query& query, const ArticleFilter& filter) {
    std::vector<ArticleRow> rows;
    std::unordered_set<std::int64_t> told;
    while (rows.size() < filter.limit && query.next()) {
        ArticleRow row = row_of(query);
        if (filter.revised) {  // the columns of last_revised()
            row.revisions = query.integer(7);
            row.revised_at = query.time(8);
        }
        if (filter.stories && row.story_id && !told.insert(*row.story_id).second) continue;
        rows.push_back(std::move(row));
    }
    return rows;
}

// How many rows must be there to choose from.
std::int64_t limit_of(const ArticleFilter& filter) {
    constexpr std::size_t kMost = std::numeric_limits<std::int64_t>::max();
    return static_cast<std::int64_t>(filter.stories ? kMost : std::min(filter.limit, kMost));
}

void append(std::string& sql, std::initializer_list<std::string_view> parts) {
    for (const std::string_view part : parts)
        sql += part;
}

// The first condition that few articles meet, or the end.
std::vector<Condition>::const_iterator rare_one(Connection& connection, const ArticleFilter& filter,
                                                const std::vector<Condition>& conditions) {
    return std::ranges::find_if(conditions, [&](const Condition& condition) {
        return count_of(connection, filter, condition, kFew) < kFew;
    });
}

// No article that is asked for has a later date: there the walk begins.
std::optional<Time> latest_date(Connection& connection, const ArticleFilter& filter) {
    std::optional<Time> latest = filter.until;
    if (!filter.feed.empty()) {
        Query query = connection.query("SELECT max(last_polled_at) FROM feeds WHERE name = ?");
        const auto polled = query.bind(filter.feed).next() ? query.time(0) : std::nullopt;
        if (polled && (!latest || *polled < *latest)) latest = polled;
    }
    if (latest) *latest += kAhead;
    return latest;
}

std::vector<ArticleRow> newest(Connection& connection, const ArticleFilter& filter) {
    std::vector<Condition> conditions = other_conditions(filter);
    if (const auto time = time_condition(filter)) conditions.insert(conditions.begin(), *time);
    const auto rare = rare_one(connection, filter, conditions);
    std::string sql(kColumns);
    if (rare == conditions.end()) {
        sql += "FROM articles AS a WHERE coalesce(a.published_at, a.first_seen_at) <= ?9 ";
    } else {
        append(sql, {"FROM articles AS a WHERE a.id IN (", rare->ids, ") "});
    }
    for (auto each = conditions.cbegin(); each != conditions.cend(); ++each) {
        if (each != rare) append(sql, {"AND ", each->holds, " "});
    }
    append(sql, {kNewestFirst});
    Query query = connection.query(sql);
    bind(query, filter, {.latest = latest_date(connection, filter), .limit = limit_of(filter)});
    return rows_of(query, filter);
}

// The ids of what was first seen in the time that is asked for lie between these.
void bound_by_time(Connection& connection, const ArticleFilter& filter, FilterValues& values) {
    const auto time = time_condition(filter);
    if (!time) return;
    std::string sql;
    append(sql, {"SELECT min(id), max(id) FROM (", time->ids, " LIMIT ?12)"});
    Query query = connection.query(sql);
    bind(query, filter, {.limit = std::numeric_limits<std::int64_t>::max()});
    if (!query.next()) return;
    values.first = query.optional_integer(0).value_or(1);
    values.last = query.optional_integer(1).value_or(0);
}

std::vector<ArticleRow> best(Connection& connection, const ArticleFilter& filter,
                             const std::string& match) {
    std::string hits(kHits);
    bool few = false;
    for (const Condition& condition : other_conditions(filter)) {
        const std::int64_t count = count_of(connection, filter, condition, kManyIds);
        few = few || count <= kRanked;
        if (count < kManyIds) {
            append(hits, {" AND +article_search.rowid IN (", condition.ids, ")"});
        } else {
            append(hits, {" AND ", condition.holds});
        }
    }
    if (const auto time = time_condition(filter)) append(hits, {" AND ", time->holds});
    FilterValues values{.match = match, .limit = std::max(limit_of(filter), kRanked)};
    bound_by_time(connection, filter, values);
    if (!few) {
        std::string sql = "SELECT article_search.rowid ";
        append(sql, {hits, " ORDER BY article_search.rowid DESC LIMIT 1 OFFSET ?12 - 1"});
        Query query = connection.query(sql);
        bind(query, filter, values);
        if (query.next()) values.first = query.integer(0);
    }
    std::string sql(kColumns);
    append(sql, {hits, " ", filter.by_date ? kNewestFirst : kBestFirst});
    values.limit = limit_of(filter);
    Query query = connection.query(sql);
    bind(query, filter, values);
    return rows_of(query, filter);
}

// The last revision of an article stands for it; they are walked in the order in which they came.
std::vector<ArticleRow> last_revised(Connection& connection, const ArticleFilter& filter,
                                     const std::string& match) {
    std::string sql(kColumns);
    sql += R"sql(, r.number, r.replaced_at
FROM revisions AS r CROSS JOIN articles AS a ON a.id = r.article_id
WHERE r.replaced_at >= ?1 AND r.replaced_at <= ?2
    AND r.number = (SELECT max(number) FROM revisions WHERE article_id = a.id) )sql";
    if (!match.empty()) {
        sql += "AND a.id IN (SELECT rowid FROM article_search WHERE article_search MATCH ?7) ";
    }
    for (const Condition& condition : other_conditions(filter))
        append(sql, {"AND ", condition.holds, " "});
    sql += "ORDER BY r.replaced_at DESC LIMIT ?12";
    Query query = connection.query(sql);
    bind(query, filter, {.match = match, .limit = limit_of(filter)});
    return rows_of(query, filter);
}

std::vector<ArticleRow> found_by(Connection& connection, const ArticleFilter& filter,
                                 const std::string& match) {
    if (filter.revised) return last_revised(connection, filter, match);
    return match.empty() ? newest(connection, filter) : best(connection, filter, match);
}

constexpr std::string_view kFeedNames = R"sql(
SELECT f.name FROM sightings AS s JOIN feeds AS f ON f.id = s.feed_id
WHERE s.article_id = ? GROUP BY f.id ORDER BY min(s.first_seen_at), f.id
)sql";
constexpr std::string_view kAuthorNames = R"sql(
SELECT iif(name <> '', name, iif(email <> '', email, url)) FROM authors
WHERE article_id = ? ORDER BY position
)sql";

// How many feeds carry a story.
constexpr std::string_view kOutlets = R"sql(
SELECT count(DISTINCT s.feed_id) FROM articles AS a JOIN sightings AS s ON s.article_id = a.id
WHERE a.story_id = ?
)sql";

std::int64_t outlets_of(Connection& connection, std::int64_t story) {
    Query query = connection.query(kOutlets);
    return query.bind(story).next() ? query.integer(0) : 0;
}

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
    const auto [first, last] = std::ranges::minmax(rows, {}, &ArticleRow::id);
    query.bind(match, first.id, last.id, ids + "]");
    while (query.next())
        by_id.at(query.integer(0))->snippet = collapse_space(query.text(1));
    const std::vector<std::string> terms = search_terms(typed);
    for (ArticleRow& row : rows) {
        if (has_the_words_of_the_index(row.title) && has_the_words_of_the_index(row.snippet))
            continue;
        std::string snippet = snippet_in_pieces(connection, row, terms);
        if (!snippet.empty()) row.snippet = std::move(snippet);
    }
}

}  // namespace

Result<std::vector<ArticleRow>> list_articles(Connection& connection, const ArticleFilter& filter) {
    if (!filter.feed.empty() && !knows_feed(connection, filter.feed)) {
        return tl::unexpected(unknown_feed(filter.feed));
    }
    const std::string match = search_query(filter.query);
    const bool searching = !trim(filter.query).empty();
    if (searching && match.empty()) return std::vector<ArticleRow>{};  // punctuation alone
    auto rows = found_by(connection, filter, match);
    if (searching && !rows.empty()) add_snippets(connection, rows, match, filter.query);
    for (ArticleRow& row : rows) {
        row.feeds = feed_names(connection, row.id);
        row.authors = texts(connection, kAuthorNames, row.id);
        row.outlets = filter.stories && row.story_id ? outlets_of(connection, *row.story_id)
                                                     : static_cast<std::int64_t>(row.feeds.size());
    }
    return rows;
}

std::vector<std::string> feed_names(Connection& connection, ArticleId article) {
    return texts(connection, kFeedNames, article);
}

}  // namespace feedd::sqlite
