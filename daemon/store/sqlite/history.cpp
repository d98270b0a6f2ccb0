#include "store/sqlite/history.h"

#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "store/sqlite/change_list.h"

namespace feedd::sqlite {

namespace {

constexpr std::string_view kPolls = R"sql(
SELECT at, outcome, http_status, duration_ms, bytes, items, new, revised, sighted, gap_suspected, error
FROM polls WHERE feed_id = ? ORDER BY at DESC, id DESC LIMIT ?
)sql";

constexpr std::string_view kSightings = R"sql(
SELECT f.name, s.key, s.url, s.reason, s.first_seen_at, s.last_seen_at, s.left_at, s.withdrawn_at
FROM sightings AS s JOIN feeds AS f ON f.id = s.feed_id
WHERE s.article_id = ? ORDER BY s.first_seen_at, f.id, s.key
)sql";

constexpr std::string_view kRevisions = R"sql(
SELECT number, seen_at, replaced_at, title, content_text FROM revisions
WHERE article_id = ? ORDER BY number
)sql";

}  // namespace

std::vector<PollRow> last_polls(Connection& connection, FeedId feed, std::size_t most) {
    Query query = connection.query(kPolls);
    query.bind(feed, most);
    std::vector<PollRow> polls;
    while (query.next()) {
        polls.push_back({.at = query.time(0).value_or(Time{}),
                         .outcome = query.text(1),
                         .http_status = query.optional_integer(2),
                         .duration_ms = query.integer(3),
                         .bytes = query.integer(4),
                         .items = query.integer(5),
                         .added = query.integer(6),
                         .revised = query.integer(7),
                         .sighted = query.integer(8),
                         .gap_suspected = query.integer(9) != 0,
                         .error = query.text(10)});
    }
    return polls;
}

Result<ArticleHistory> history_of(Connection& connection, ArticleId article) {
    auto stored = stored_article(connection, article);
    if (!stored) {
        return fail(ErrorKind::not_found, {}, fmt::format("there is no article {}", article),
                    "'feedd articles' and 'feedd search' show their ids");
    }
    ArticleHistory history{.article = std::move(*stored)};
    Query sightings = connection.query(kSightings);
    sightings.bind(article);
    while (sightings.next()) {
        history.sightings.push_back({.feed = sightings.text(0),
                                     .key = sightings.text(1),
                                     .url = sightings.text(2),
                                     .reason = sightings.text(3),
                                     .first_seen_at = sightings.time(4).value_or(Time{}),
                                     .last_seen_at = sightings.time(5).value_or(Time{}),
                                     .left_at = sightings.time(6),
                                     .withdrawn_at = sightings.time(7)});
    }
    Query revisions = connection.query(kRevisions);
    revisions.bind(article);
    while (revisions.next()) {
        history.revisions.push_back({.number = revisions.integer(0),
                                     .seen_at = revisions.time(1).value_or(Time{}),
                                     .replaced_at = revisions.time(2).value_or(Time{}),
                                     .title = revisions.text(3),
                                     .content_text = revisions.text(4)});
    }
    return history;
}

}  // namespace feedd::sqlite
