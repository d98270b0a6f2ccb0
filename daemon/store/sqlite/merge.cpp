#include "store/sqlite/merge.h"

#include "base/url.h"

namespace feedd::sqlite {

namespace {

// Equal for two URLs that ask the same server for the same thing.
std::string address_of(const std::string& url) {
    const UrlParts parts = split_url(url);
    std::string address = origin_of(url);
    address += parts.path.empty() ? "/" : parts.path;
    if (parts.query) address.append("?").append(*parts.query);
    return address;
}

// Looks through the whole list, but only where the host occurs, and only when a feed moves.
constexpr std::string_view kCandidates = R"sql(
SELECT id, url FROM feeds
WHERE id <> ?1 AND status IN ('active', 'failing') AND merged_into IS NULL
    AND request_check = (SELECT request_check FROM feeds WHERE id = ?1)
    AND instr(lower(url), ?2) > 0
ORDER BY id
)sql";

}  // namespace

std::optional<FeedId> poller_of(Connection& connection, FeedId feed, const std::string& url) {
    const std::string wanted = address_of(url);
    Query query = connection.query(kCandidates);
    query.bind(feed, host_of(url));
    while (query.next()) {
        if (address_of(query.text(1)) == wanted) return query.integer(0);
    }
    return std::nullopt;
}

void stay_at(Connection& connection, FeedId feed, const std::string& url) {
    connection.query("UPDATE feeds SET url = ? WHERE id = ?").bind(url, feed).run();
}

void merge(Connection& connection, FeedId feed, FeedId into) {
    connection.query("UPDATE feeds SET merged_into = ?2 WHERE id = ?1 OR merged_into = ?1")
        .bind(feed, into)
        .run();
}

void release_merged(Connection& connection, FeedId feed) {
    connection.query("UPDATE feeds SET merged_into = NULL WHERE merged_into = ?").bind(feed).run();
}

int release_merged_into_unpolled(Connection& connection) {
    return connection
        .query(R"sql(
UPDATE feeds SET merged_into = NULL
WHERE merged_into IS NOT NULL
    AND merged_into IN (SELECT id FROM feeds WHERE status IN ('removed', 'gone'))
)sql")
        .run();
}

}  // namespace feedd::sqlite
