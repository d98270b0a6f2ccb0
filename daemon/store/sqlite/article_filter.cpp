#include "store/sqlite/article_filter.h"

#include "base/text.h"

namespace feedd::sqlite {

namespace {

// A missing bound is the end of time: one statement serves with and without it.
constexpr std::string_view kBegin = "0000-01-01T00:00:00Z";
constexpr std::string_view kEnd = "9999-12-31T23:59:60Z";  // behind every time

// In `holds` a + keeps the planner from an index that is not the one that the statement walks.
constexpr Condition kTime{
    .ids = "SELECT id FROM articles WHERE first_seen_at >= ?1 AND first_seen_at < ?2",
    .holds = "+a.first_seen_at >= ?1 AND +a.first_seen_at < ?2"};

constexpr Condition kFeed{.ids =
                              "SELECT article_id FROM sightings WHERE feed_id IN "
                              "(SELECT id FROM feeds WHERE name = ?3)",
                          .holds =
                              "EXISTS (SELECT 1 FROM sightings AS s WHERE s.article_id = a.id "
                              "AND s.feed_id IN (SELECT id FROM feeds WHERE name = ?3))"};

constexpr Condition kTag{
    .ids =
        "SELECT article_id FROM sightings WHERE feed_id IN "
        "(SELECT f.id FROM feeds AS f, json_each(f.tags) AS t WHERE t.value = ?4)",
    .holds =
        "EXISTS (SELECT 1 FROM sightings AS s WHERE s.article_id = a.id AND s.feed_id IN "
        "(SELECT f.id FROM feeds AS f, json_each(f.tags) AS t WHERE t.value = ?4))"};

// LIKE knows small letters from large ones in ASCII only. No index finds a part of a name: who
// wrote little is looked for in all of `authors`, from its end, which is narrow.
constexpr Condition kAuthor{.ids =
                                "SELECT article_id FROM authors WHERE name LIKE ?5 ESCAPE '\\' "
                                "OR email LIKE ?5 ESCAPE '\\' ORDER BY article_id DESC",
                            .holds =
                                "EXISTS (SELECT 1 FROM authors AS w WHERE w.article_id = a.id "
                                "AND (w.name LIKE ?5 ESCAPE '\\' OR w.email LIKE ?5 ESCAPE '\\'))"};

// "en" and all that begins with "en-"; '.' follows '-' in ASCII.
constexpr Condition kLanguage{
    .ids =
        "SELECT id FROM articles WHERE language <> '' AND lower(language) = ?6 UNION ALL "
        "SELECT id FROM articles WHERE language <> '' AND lower(language) >= ?6 || '-' "
        "AND lower(language) < ?6 || '.'",
    .holds = "substr(lower(a.language) || '-', 1, length(?6) + 1) = ?6 || '-'"};

// Anywhere in the text, which is text whatever is in it.
std::string like_pattern(std::string_view text) {
    std::string pattern = "%";
    for (const char c : text) {
        if (c == '%' || c == '_' || c == '\\') pattern += '\\';
        pattern += c;
    }
    return pattern + '%';
}

}  // namespace

std::optional<Condition> time_condition(const ArticleFilter& filter) {
    if (!filter.since && !filter.until) return std::nullopt;
    return kTime;
}

std::vector<Condition> other_conditions(const ArticleFilter& filter) {
    std::vector<Condition> conditions;
    if (!filter.feed.empty()) conditions.push_back(kFeed);
    if (!filter.tag.empty()) conditions.push_back(kTag);
    if (!filter.language.empty()) conditions.push_back(kLanguage);
    if (!filter.author.empty()) conditions.push_back(kAuthor);
    return conditions;
}

std::int64_t count_of(Connection& connection, const ArticleFilter& filter,
                      const Condition& condition, std::int64_t most) {
    std::string sql = "SELECT count(*) FROM (SELECT 1 FROM (";
    sql += condition.ids;
    sql += ") LIMIT ?12)";
    Query query = connection.query(sql);
    bind(query, filter, {.limit = most});
    return query.next() ? query.integer(0) : 0;
}

void bind(Query& query, const ArticleFilter& filter, const FilterValues& values) {
    filter.since ? query.bind(*filter.since) : query.bind(kBegin);
    filter.until ? query.bind(*filter.until) : query.bind(kEnd);
    query.bind(filter.feed, filter.tag, like_pattern(filter.author), lower(filter.language));
    query.bind(values.match, filter.now);
    values.latest ? query.bind(*values.latest) : query.bind(kEnd);
    query.bind(values.first, values.last, values.limit);
}

}  // namespace feedd::sqlite
