#include "store/sqlite/check.h"

#include <array>
#include <string_view>

#include <fmt/format.h>

namespace feedd::sqlite {

namespace {

// A rule, and a statement that counts what breaks it.
struct Rule {
    std::string_view broken;
    std::string_view count;
};

constexpr std::array kRules{
    Rule{"articles are missing in the search index",
         "SELECT count(*) FROM articles WHERE id NOT IN (SELECT id FROM article_search_docsize)"},
    Rule{"entries of the search index have no article",
         "SELECT count(*) FROM article_search_docsize WHERE id NOT IN (SELECT id FROM articles)"},
    Rule{"numbers are missing in the change log",
         "SELECT coalesce(max(seq), 0) - count(*) FROM changes"},
    Rule{"changes are numbered below 1", "SELECT count(*) FROM changes WHERE seq < 1"},
    Rule{"changes tell of articles that do not exist and were not purged",
         "SELECT count(*) FROM changes AS c "
         "WHERE NOT EXISTS (SELECT 1 FROM articles WHERE id = c.article_id) "
         "AND NOT EXISTS (SELECT 1 FROM changes AS p "
         "WHERE p.article_id = c.article_id AND p.kind = 'purged')"},
    Rule{"articles are not in the change log",
         "SELECT count(*) FROM articles AS a "
         "WHERE NOT EXISTS (SELECT 1 FROM changes WHERE article_id = a.id)"},
    Rule{"articles are carried by no feed",
         "SELECT count(*) FROM articles AS a "
         "WHERE NOT EXISTS (SELECT 1 FROM sightings WHERE article_id = a.id)"},
    Rule{"articles have revisions that are not numbered 1, 2, 3, …",
         "SELECT count(*) FROM (SELECT 1 FROM revisions GROUP BY article_id "
         "HAVING min(number) <> 1 OR max(number) <> count(*))"},
    Rule{"feeds have a wrong item count",
         "SELECT count(*) FROM feeds AS f WHERE item_count <> "
         "(SELECT count(*) FROM sightings WHERE feed_id = f.id AND key NOT LIKE 'was:%')"},
};

void append_integrity(Connection& connection, std::vector<std::string>& findings) {
    Query query = connection.query("PRAGMA integrity_check(20)");
    while (query.next()) {
        if (std::string line = query.text(0); line != "ok") findings.push_back(std::move(line));
    }
}

void append_foreign_keys(Connection& connection, std::vector<std::string>& findings) {
    Query query = connection.query(
        R"sql(SELECT "table", "parent", count(*) FROM pragma_foreign_key_check GROUP BY 1, 2)sql");
    while (query.next()) {
        findings.push_back(fmt::format("{} rows of {} refer to rows of {} that do not exist",
                                       query.integer(2), query.text(0), query.text(1)));
    }
}

}  // namespace

std::vector<std::string> findings(Connection& connection) {
    std::vector<std::string> all;
    append_integrity(connection, all);
    append_foreign_keys(connection, all);
    for (const Rule& rule : kRules) {
        if (const std::int64_t count = connection.number(rule.count); count != 0) {
            all.push_back(fmt::format("{} {}", count, rule.broken));
        }
    }
    return all;
}

std::string search_finding(const std::string& path) {
    Connection connection(path, Connection::Mode::write);
    try {
        // rank 1: compare with the content table, too (sqlite.org/fts5.html §6.4).
        connection.execute(
            "INSERT INTO article_search (article_search, rank) VALUES ('integrity-check', 1)");
    } catch (const SQLite::Exception& error) {
        return std::string("the search index differs from the articles: ") + error.what();
    }
    return {};
}

}  // namespace feedd::sqlite
