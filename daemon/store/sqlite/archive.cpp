#include "store/sqlite/archive.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "store/pack.h"

namespace feedd::sqlite {

namespace {

// To read a document, so many at most are unpacked; as many are deleted together.
constexpr int kRun = 16;

std::optional<std::int64_t> body_with(Connection& connection, const std::string& hash) {
    Query query = connection.query("SELECT id FROM archive_bodies WHERE hash = ?");
    if (!query.bind(hash).next()) return std::nullopt;
    return query.integer(0);
}

struct StoredBody {
    std::optional<std::int64_t> prefix;
    std::size_t size = 0;
    std::string packed;
};

std::optional<StoredBody> stored_body(Connection& connection, std::int64_t id) {
    Query query =
        connection.query("SELECT prefix_id, size, packed FROM archive_bodies WHERE id = ?");
    if (!query.bind(id).next()) return std::nullopt;
    return StoredBody{.prefix = query.optional_integer(0),
                      .size = static_cast<std::size_t>(query.integer(1)),
                      .packed = query.text(2)};
}

struct LastBody {
    std::int64_t id = 0;
    int depth = 0;
    std::string hash;
};

std::optional<LastBody> last_body(Connection& connection, FeedId feed) {
    Query query = connection.query(R"sql(
SELECT b.id, b.depth, b.hash FROM archive_documents AS d JOIN archive_bodies AS b ON b.id = d.body_id
WHERE d.feed_id = ? ORDER BY d.id DESC LIMIT 1
)sql");
    if (!query.bind(feed).next()) return std::nullopt;
    return LastBody{
        .id = query.integer(0), .depth = static_cast<int>(query.integer(1)), .hash = query.text(2)};
}

std::int64_t insert_body(Connection& connection, const PackedBody& body) {
    connection
        .query(R"sql(
INSERT INTO archive_bodies (hash, prefix_id, depth, size, packed_size, packed)
VALUES (?, ?, ?, ?, ?, ?)
)sql")
        .bind(body.hash, body.prefix, body.depth, body.size, body.bytes.size())
        .bind_blob(body.bytes)
        .run();
    return connection.inserted();
}

// The feed's last run while it has room for one more, else a new one.
std::int64_t run_for(Connection& connection, FeedId feed, Time at, bool begins) {
    if (!begins) {
        Query query = connection.query(R"sql(
SELECT id, documents FROM archive_runs WHERE feed_id = ? ORDER BY id DESC LIMIT 1
)sql");
        if (query.bind(feed).next() && query.integer(1) < kRun) return query.integer(0);
    }
    connection.query("INSERT INTO archive_runs (feed_id, last_at) VALUES (?, ?)")
        .bind(feed, at)
        .run();
    return connection.inserted();
}

// The oldest run, if it is too old or there is too much.
std::optional<std::int64_t> run_to_prune(Connection& connection, const ArchiveBounds& bounds,
                                         Time now) {
    Query query =
        connection.query("SELECT id, last_at FROM archive_runs ORDER BY last_at, id LIMIT 1");
    if (!query.next()) return std::nullopt;
    const bool too_old = bounds.max_age && query.time(1).value_or(Time{}) < now - *bounds.max_age;
    const bool too_much =
        bounds.max_size &&
        static_cast<std::uint64_t>(connection.number("SELECT packed_bytes FROM archive_totals")) >
            *bounds.max_size;
    if (!too_old && !too_much) return std::nullopt;
    return query.integer(0);
}

// With what it was packed against, as far as nothing else needs it.
void delete_body(Connection& connection, std::int64_t id) {
    for (std::optional<std::int64_t> body = id; body;) {
        Query query = connection.query(R"sql(
DELETE FROM archive_bodies
WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM archive_documents WHERE body_id = ?1)
    AND NOT EXISTS (SELECT 1 FROM archive_bodies WHERE prefix_id = ?1)
RETURNING prefix_id
)sql");
        if (!query.bind(*body).next()) return;
        body = query.optional_integer(0);
    }
}

int delete_run(Connection& connection, std::int64_t run) {
    std::vector<std::int64_t> bodies;
    {
        Query query =
            connection.query("DELETE FROM archive_documents WHERE run_id = ? RETURNING body_id");
        query.bind(run);
        while (query.next())
            bodies.push_back(query.integer(0));
    }
    connection.query("DELETE FROM archive_runs WHERE id = ?").bind(run).run();
    for (const std::int64_t body : bodies)
        delete_body(connection, body);
    return static_cast<int>(bodies.size());
}

}  // namespace

PackedBody pack_for(Connection& connection, FeedId feed, std::string_view body, std::string hash) {
    PackedBody out{.hash = std::move(hash), .size = body.size()};
    if (body_with(connection, out.hash)) {
        out.known = true;
        return out;
    }
    std::string prefix;
    const auto last = last_body(connection, feed);
    if (last && last->depth + 1 < kRun) {
        // One that is damaged is 'feedd db check's business: the next stands by itself.
        if (auto unpacked = archived_body(connection, last->id)) {
            prefix = *std::move(unpacked);
            out.prefix = last->id;
            out.depth = last->depth + 1;
        }
    }
    out.bytes = packed(body, prefix);
    return out;
}

bool can_archive(Connection& connection, const ArchiveEntry& entry) {
    const PackedBody& body = entry.body;
    if (body.known) return body_with(connection, body.hash).has_value();
    if (!body.prefix) return true;
    return connection.query("SELECT 1 FROM archive_bodies WHERE id = ?").bind(*body.prefix).next();
}

void archive(Connection& connection, FeedId feed, Time at, const ArchiveEntry& entry) {
    if (!entry.is_feed) {
        const auto last = last_body(connection, feed);
        if (last && last->hash == entry.body.hash) return;
    }
    auto body = body_with(connection, entry.body.hash);
    const bool begins = !body && !entry.body.prefix;
    if (!body) body = insert_body(connection, entry.body);
    const std::int64_t run = run_for(connection, feed, at, begins);
    connection
        .query(R"sql(
UPDATE archive_runs SET documents = documents + 1, last_at = max(last_at, ?) WHERE id = ?
)sql")
        .bind(at, run)
        .run();
    connection
        .query(R"sql(
INSERT INTO archive_documents (feed_id, run_id, body_id, at, http_status, url, content_type,
    content_language)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)
)sql")
        .bind(feed, run, *body, at, entry.received.http_status, entry.received.url,
              entry.received.content_type, entry.received.content_language)
        .run();
}

Result<std::string> archived_body(Connection& connection, std::int64_t id) {
    std::vector<StoredBody> chain;
    for (std::optional<std::int64_t> next = id; next; next = chain.back().prefix) {
        auto stored = stored_body(connection, *next);
        if (!stored && chain.empty()) {
            return fail(ErrorKind::not_found, "archive", fmt::format("there is no body {}", id));
        }
        if (!stored || chain.size() == kRun) {
            return fail(ErrorKind::io, "archive",
                        fmt::format("what body {} was packed against is missing", id));
        }
        chain.push_back(*std::move(stored));
    }
    std::string body;
    for (; !chain.empty(); chain.pop_back()) {
        auto next = unpacked(chain.back().packed, body, chain.back().size);
        if (!next) return next;
        body = *std::move(next);
    }
    return body;
}

std::vector<ArchivedDocument> list_archived(Connection& connection, const ArchiveFilter& filter,
                                            std::int64_t after, std::size_t most) {
    Query query = connection.query(R"sql(
SELECT id, feed_id, at, http_status, url, content_type, content_language, body_id
FROM archive_documents
WHERE id > ?1 AND at >= ?2 AND (?3 = '[]' OR feed_id IN (SELECT value FROM json_each(?3)))
ORDER BY id LIMIT ?4
)sql");
    query.bind(after, filter.since.value_or(Time{}),
               fmt::format("[{}]", fmt::join(filter.feeds, ",")), most);
    std::vector<ArchivedDocument> documents;
    while (query.next()) {
        documents.push_back({.id = query.integer(0),
                             .feed = query.integer(1),
                             .at = query.time(2).value_or(Time{}),
                             .received = {.url = query.text(4),
                                          .http_status = static_cast<int>(query.integer(3)),
                                          .content_type = query.text(5),
                                          .content_language = query.text(6)},
                             .body = query.integer(7)});
    }
    return documents;
}

std::int64_t outdated_documents(Connection& connection, const ArchiveBounds& bounds, Time now) {
    auto bytes =
        static_cast<std::uint64_t>(connection.number("SELECT packed_bytes FROM archive_totals"));
    Query query = connection.query(R"sql(
SELECT r.last_at, r.documents, (SELECT coalesce(sum(b.packed_size), 0)
    FROM archive_documents AS d JOIN archive_bodies AS b ON b.id = d.body_id WHERE d.run_id = r.id)
FROM archive_runs AS r ORDER BY r.last_at, r.id
)sql");
    std::int64_t documents = 0;
    while (query.next()) {
        const bool too_old =
            bounds.max_age && query.time(0).value_or(Time{}) < now - *bounds.max_age;
        if (!too_old && !(bounds.max_size && bytes > *bounds.max_size)) break;
        documents += query.integer(1);
        bytes -= std::min(bytes, static_cast<std::uint64_t>(query.integer(2)));
    }
    return documents;
}

int prune_archive(Connection& connection, const ArchiveBounds& bounds, int most, Time now) {
    int documents = 0;
    while (documents < most) {
        const auto run = run_to_prune(connection, bounds, now);
        if (!run) break;
        documents += delete_run(connection, *run);
    }
    return documents;
}

}  // namespace feedd::sqlite
