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

constexpr std::string_view kStory = R"sql(
SELECT s.id, s.title, s.article_count,
    (SELECT count(DISTINCT g.feed_id) FROM articles AS a JOIN sightings AS g ON g.article_id = a.id
     WHERE a.story_id = s.id),
    m.other_id, m.score, m.version,
    coalesce((SELECT content_text FROM articles WHERE id = m.other_id), '')
FROM stories AS s LEFT JOIN story_matches AS m ON m.article_id = ?2
WHERE s.id = ?1
)sql";
constexpr std::string_view kFellows =
    "SELECT id FROM articles WHERE story_id = ? AND id <> ? ORDER BY id LIMIT 20";

std::optional<StoryRow> story_row(Connection& connection, const StoredArticle& stored) {
    if (!stored.story_id) return std::nullopt;
    StoryRow story;
    {
        Query query = connection.query(kStory);
        if (!query.bind(*stored.story_id, stored.id).next()) return std::nullopt;
        story = {.id = query.integer(0),
                 .title = query.text(1),
                 .articles = query.integer(2),
                 .outlets = query.integer(3),
                 .other = query.optional_integer(4),
                 .score = query.optional_real(5).value_or(0),
                 .version = query.optional_integer(6).value_or(0),
                 .other_text = query.text(7)};
    }
    Query fellows = connection.query(kFellows);
    fellows.bind(story.id, stored.id);
    while (fellows.next())
        story.others.push_back(fellows.integer(0));
    return story;
}

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
    history.story = story_row(connection, history.article);
    return history;
}

}  // namespace feedd::sqlite
