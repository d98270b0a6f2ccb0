#include "store/sqlite/stats.h"

#include <filesystem>

namespace feedd::sqlite {

namespace {

std::uint64_t size_of(const std::string& path) {
    std::error_code error;
    const auto size = std::filesystem::file_size(path, error);
    return error ? 0 : size;
}

std::uint64_t unsigned_number(Connection& store, std::string_view sql) {
    return static_cast<std::uint64_t>(store.number(sql));
}

std::optional<Time> time_of(Connection& store, std::string_view sql) {
    Query query = store.query(sql);
    return query.next() ? query.time(0) : std::nullopt;
}

// By SQLite's own table of pages (sqlite.org/dbstat.html), which not every build has. The full-text
// index is several tables, which count as one.
std::vector<TableSize> table_sizes(Connection& store) {
    std::vector<TableSize> tables;
    try {
        Query query = store.query(R"sql(
SELECT iif(s.tbl_name GLOB 'article_search_*', 'article_search', coalesce(s.tbl_name, d.name)) AS t,
    sum(d.pgsize) AS bytes
FROM dbstat AS d LEFT JOIN sqlite_schema AS s ON s.name = d.name
WHERE d.aggregate = 1 GROUP BY t ORDER BY bytes DESC, t
)sql");
        while (query.next()) {
            tables.push_back(
                {.name = query.text(0), .bytes = static_cast<std::uint64_t>(query.integer(1))});
        }
    } catch (const SQLite::Exception&) {
        tables.clear();
    }
    return tables;
}

}  // namespace

StoreStats stats_of(Connection& store) {
    return StoreStats{
        .feeds = store.number("SELECT count(*) FROM feeds WHERE status <> 'removed'"),
        .failing = store.number("SELECT count(*) FROM feeds WHERE status IN ('failing', 'gone')"),
        .articles = store.number("SELECT count(*) FROM articles"),
        .sightings = store.number("SELECT count(*) FROM sightings"),
        .revisions = store.number("SELECT count(*) FROM revisions"),
        .changes = store.number("SELECT count(*) FROM changes"),
        .polls = store.number("SELECT count(*) FROM polls"),
        .last_seq = store.number("SELECT coalesce(max(seq), 0) FROM changes"),
        .not_indexed = store.number("SELECT count(*) FROM search_queue"),
        .schema = store.number("SELECT max(number) FROM schema_migrations"),
        .bytes = size_of(store.path()),
        .wal_bytes = size_of(store.path() + "-wal"),
        .free_bytes = unsigned_number(store,
                                      "SELECT freelist_count * page_size "
                                      "FROM pragma_freelist_count, pragma_page_size"),
        .documents = store.number("SELECT count(*) FROM archive_documents"),
        .archive_bytes = unsigned_number(store, "SELECT packed_bytes FROM archive_totals"),
        .received_bytes =
            unsigned_number(store,
                            "SELECT coalesce(sum(b.size), 0) FROM archive_documents AS d "
                            "JOIN archive_bodies AS b ON b.id = d.body_id"),
        .oldest_article = time_of(store, "SELECT min(first_seen_at) FROM articles"),
        .newest_article = time_of(store, "SELECT max(first_seen_at) FROM articles"),
        .oldest_document = time_of(store, "SELECT min(at) FROM archive_documents"),
        .newest_document = time_of(store, "SELECT max(at) FROM archive_documents"),
        .tables = table_sizes(store)};
}

}  // namespace feedd::sqlite
