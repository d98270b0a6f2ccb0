#include "store/sqlite/check.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <sqlite3.h>

#include "store/sqlite/examine.h"
#include "store/sqlite/lock.h"
#include "store/sqlite/migrate.h"
#include "store/sqlite/search_index.h"

namespace feedd::sqlite {

namespace {

// A rule, and a statement that counts what breaks it.
struct Rule {
    std::string_view broken;
    std::string_view count;
};

constexpr std::array kRules{
    Rule{"articles are missing in the search index",
         "SELECT count(*) FROM articles WHERE id NOT IN (SELECT id FROM article_search_docsize) "
         "AND id NOT IN (SELECT article_id FROM search_queue)"},
    Rule{"articles are in the search index and wait for it as well",
         "SELECT count(*) FROM search_queue "
         "WHERE article_id IN (SELECT id FROM article_search_docsize)"},
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
    Rule{"feeds have wrong sums of their polls",
         "SELECT count(*) FROM feeds AS f WHERE (polls, failed_polls, unchanged_polls, "
         "suspected_gaps, poll_ms, poll_bytes) <> (SELECT count(*), "
         "coalesce(sum(outcome = 'failed'), 0), "
         "coalesce(sum(outcome IN ('not_modified', 'unchanged')), 0), "
         "coalesce(sum(gap_suspected), 0), coalesce(sum(duration_ms), 0), coalesce(sum(bytes), 0) "
         "FROM polls WHERE feed_id = f.id)"},
    Rule{"stories have a wrong article count",
         "SELECT count(*) FROM stories AS s WHERE article_count <> "
         "(SELECT count(*) FROM articles WHERE story_id = s.id)"},
    Rule{"feeds have a wrong item count",
         "SELECT count(*) FROM feeds AS f WHERE item_count <> "
         "(SELECT count(*) FROM sightings WHERE feed_id = f.id AND key NOT LIKE 'was:%')"},
};

using Findings = std::vector<std::string>;

// What SQLite says when it comes upon damage: of pages, of the header, or of the schema (a table
// that is not there).
bool is_damage(const SQLite::Exception& error) {
    const int code = error.getErrorCode();
    return code == SQLITE_CORRUPT || code == SQLITE_NOTADB || code == SQLITE_ERROR;
}

// Damage that keeps `look` from its end is a finding, too; the next one is tried all the same.
template <typename Look>
void attempt(Findings& findings, std::string_view what, Look&& look) {
    try {
        std::forward<Look>(look)();
    } catch (const SQLite::Exception& error) {
        if (!is_damage(error)) throw;
        findings.push_back(fmt::format("{}: {}", what, error.what()));
    }
}

// A row may have several lines, below a headline that says which database.
void append_lines(Findings& findings, std::string_view text) {
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string_view line = text.substr(0, end);
        if (!line.empty() && line != "ok" && !line.starts_with("***")) findings.emplace_back(line);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
}

void append_integrity(Connection& connection, Findings& findings) {
    Query query = connection.query("PRAGMA integrity_check(20)");
    while (query.next())
        append_lines(findings, query.text(0));
}

void append_foreign_keys(Connection& connection, Findings& findings) {
    Query query = connection.query(
        R"sql(SELECT "table", "parent", count(*) FROM pragma_foreign_key_check GROUP BY 1, 2)sql");
    while (query.next()) {
        findings.push_back(fmt::format("{} rows of {} refer to rows of {} that do not exist",
                                       query.integer(2), query.text(0), query.text(1)));
    }
}

void append_broken_rules(Connection& connection, Findings& findings) {
    for (const Rule& rule : kRules) {
        attempt(findings, fmt::format("cannot tell whether {}", rule.broken), [&] {
            if (const std::int64_t count = connection.number(rule.count); count != 0) {
                findings.push_back(fmt::format("{} {}", count, rule.broken));
            }
        });
    }
}

// Compares the full-text index with every text that it was made of. Only if no daemon writes: that
// takes long, and meanwhile the WAL could not be reset.
void append_search_if_idle(const std::string& path, Findings& findings) {
    const auto lock = StoreLock::acquire(path);
    if (!lock) return;
    attempt(findings, "the search index", [&] {
        if (const std::int64_t words = wrongly_indexed_words(path); words != 0) {
            findings.push_back(
                fmt::format("the search index differs from the articles in {} words", words));
        }
    });
}

Result<void> check_migrations(Connection& connection, std::span<const Migration> known,
                              Findings& findings) {
    Result<std::int64_t> applied = static_cast<std::int64_t>(known.size());
    attempt(findings, "the applied migrations",
            [&] { applied = applied_migration(connection, known); });
    if (!applied) return tl::unexpected(applied.error());
    if (*applied < static_cast<std::int64_t>(known.size())) {
        return tl::unexpected(
            made_by_older(connection.path(), *applied, static_cast<std::int64_t>(known.size())));
    }
    return {};
}

}  // namespace

Result<std::vector<std::string>> check(const std::string& path, std::span<const Migration> known) {
    return guarded(path, [&]() -> Result<Findings> {
        Findings all;
        Result<void> ours;
        bool sound = false;
        attempt(all, "the store", [&] {
            Connection connection(path, Connection::Mode::read);
            ours = check_migrations(connection, known, all);
            if (!ours) return;
            Transaction snapshot(connection, Transaction::Kind::read);
            attempt(all, "integrity", [&] { append_integrity(connection, all); });
            sound = all.empty();
            attempt(all, "references", [&] { append_foreign_keys(connection, all); });
            append_broken_rules(connection, all);
            snapshot.commit();
        });
        if (!ours) return tl::unexpected(ours.error());
        if (sound) append_search_if_idle(path, all);
        return all;
    });
}

}  // namespace feedd::sqlite
