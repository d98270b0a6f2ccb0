#include "store/sqlite/feed_rows.h"

#include <string_view>
#include <unordered_map>

#include <fmt/format.h>

namespace feedd::sqlite {

namespace {

std::string_view trust_name(GuidTrust trust) {
    switch (trust) {
        case GuidTrust::unknown:
            return "unknown";
        case GuidTrust::stable:
            return "stable";
        case GuidTrust::volatile_guids:
            return "volatile";
    }
    return "unknown";
}

GuidTrust trust_of(std::string_view text) {
    if (text == "stable") return GuidTrust::stable;
    if (text == "volatile") return GuidTrust::volatile_guids;
    return GuidTrust::unknown;
}

std::optional<std::int64_t> count_of(std::optional<Seconds> duration) {
    if (!duration) return std::nullopt;
    return duration->count();
}

std::optional<Seconds> seconds_of(std::optional<std::int64_t> count) {
    if (!count) return std::nullopt;
    return Seconds{*count};
}

// Of the feeds that have any, by one statement for all.
void read_tags(Connection& connection, std::vector<FeedRow>& feeds,
               const std::vector<std::size_t>& tagged) {
    if (tagged.empty()) return;
    std::unordered_map<FeedId, std::size_t> index;
    for (const std::size_t at : tagged)
        index.emplace(feeds[at].state.id, at);
    Query query = connection.query(
        "SELECT feeds.id, t.value FROM feeds, json_each(feeds.tags) AS t WHERE feeds.tags <> '[]'");
    while (query.next()) {
        const auto found = index.find(query.integer(0));
        if (found != index.end()) feeds[found->second].tags.push_back(query.text(1));
    }
}

// The columns of kStateColumns, in their order.
FeedState state_of(const Query& row) {
    FeedState state;
    state.id = row.integer(0);
    state.listed_url = row.text(1);
    state.url = row.text(2);
    state.name = row.text(3);
    state.status = feed_status(row.text(4)).value_or(FeedStatus::active);
    state.validators = {.etag = row.optional_text(5), .last_modified = row.optional_text(6)};
    state.body_hash = row.text(7);
    state.last_polled_at = row.time(8);
    state.last_success_at = row.time(9);
    state.last_new_at = row.time(10);
    state.next_poll_at = row.time(11);
    state.failures = static_cast<int>(row.integer(12));
    state.last_error = row.text(13);
    if (const auto to = row.optional_text(14)) {
        state.move = Move{.to = *to, .polls = static_cast<int>(row.integer(15))};
    }
    state.guid_trust = trust_of(row.text(16));
    state.period = seconds_of(row.optional_integer(17));
    state.hints = {.ttl_minutes = row.optional_integer(18),
                   .update_period = seconds_of(row.optional_integer(19)),
                   .skip_hours = static_cast<std::uint32_t>(row.integer(20)),
                   .skip_days = static_cast<std::uint8_t>(row.integer(21))};
    state.not_before = row.time(22);
    state.rhythm = rhythm_from_text(row.text(23));
    state.silent_since = row.time(24);
    state.merged_into = row.optional_integer(25);
    return state;
}

// Then come error_class and whether there are tags.
constexpr std::string_view kStateColumns = R"sql(
SELECT id, listed_url, url, name, status, etag, last_modified, body_hash,
    last_polled_at, last_success_at, last_new_at, next_poll_at, failures, last_error,
    move_to, move_polls, guid_trust, period_seconds,
    ttl_minutes, update_period_seconds, skip_hours, skip_days, not_before,
    rhythm, silent_since, merged_into, error_class, tags <> '[]'
)sql";
constexpr int kErrorClass = 26;
constexpr int kHasTags = 27;

constexpr std::string_view kInfoColumns = R"sql(,
    title, site_url, description, language, image_url, item_count, next_poll_reason,
    (SELECT name FROM feeds AS other WHERE other.id = feeds.merged_into)
FROM feeds ORDER BY name, id
)sql";
constexpr int kTitle = 28;

void read_info(const Query& row, FeedRow& feed) {
    feed.info = {.title = row.text(kTitle),
                 .site_url = row.text(kTitle + 1),
                 .description = row.text(kTitle + 2),
                 .language = row.text(kTitle + 3),
                 .image_url = row.text(kTitle + 4)};
    feed.articles = row.integer(kTitle + 5);
    feed.next_poll_reason = row.text(kTitle + 6);
    feed.merged_into = row.optional_text(kTitle + 7).value_or("");
}

std::vector<FeedRow> feeds_of(Connection& connection, bool whole, std::size_t expected) {
    std::vector<FeedRow> feeds;
    feeds.reserve(expected);
    std::vector<std::size_t> tagged;
    {
        Query query = connection.query(std::string(kStateColumns) +
                                       std::string(whole ? kInfoColumns : "FROM feeds"));
        while (query.next()) {
            if (query.integer(kHasTags) != 0) tagged.push_back(feeds.size());
            FeedRow& feed = feeds.emplace_back();
            feed.state = state_of(query);
            feed.error_class = query.text(kErrorClass);
            if (whole) read_info(query, feed);
        }
    }
    read_tags(connection, feeds, tagged);
    return feeds;
}

// What every poll changes. Each column that is set has its CHECK run, so most polls set no others.
constexpr std::string_view kUpdatePlan = R"sql(
UPDATE feeds SET
    last_polled_at = ?, last_success_at = ?, next_poll_at = ?, not_before = ?, next_poll_reason = ?,
    period_seconds = ?, rhythm = ?, silent_since = ?,
    polls = polls + 1, unchanged_polls = unchanged_polls + 1,
    poll_ms = poll_ms + ?, poll_bytes = poll_bytes + ?
WHERE id = ?
)sql";

constexpr std::string_view kUpdateState = R"sql(
UPDATE feeds SET
    url = ?, status = ?, etag = ?, last_modified = ?, body_hash = ?,
    last_polled_at = ?, last_success_at = ?, next_poll_at = ?, not_before = ?, next_poll_reason = ?,
    failures = ?, error_class = ?, last_error = ?, move_to = ?, move_polls = ?,
    guid_trust = ?, period_seconds = ?,
    ttl_minutes = ?, update_period_seconds = ?, skip_hours = ?, skip_days = ?,
    rhythm = ?, silent_since = ?,
    polls = polls + 1, failed_polls = failed_polls + ?, unchanged_polls = unchanged_polls + ?,
    suspected_gaps = suspected_gaps + ?, poll_ms = poll_ms + ?, poll_bytes = poll_bytes + ?
WHERE id = ?
)sql";

std::string reasons_of(const Plan& plan) {
    return fmt::format("{}", fmt::join(plan.reasons, "; "));
}

std::string rhythm_text(const FeedState& state) {
    return state.rhythm ? to_text(*state.rhythm) : std::string();
}

void write_plan(Connection& connection, const PollOutcome& outcome) {
    const FeedState& state = outcome.state;
    connection.query(kUpdatePlan)
        .bind(state.last_polled_at, state.last_success_at, outcome.plan.at, outcome.plan.not_before,
              reasons_of(outcome.plan), count_of(state.period), rhythm_text(state),
              state.silent_since, outcome.duration.count(), outcome.wire_bytes, outcome.feed)
        .run();
}

}  // namespace

std::vector<FeedRow> all_feeds(Connection& connection) {
    return feeds_of(connection, true, 0);
}

std::vector<FeedRow> feeds_to_list(Connection& connection, std::size_t expected) {
    return feeds_of(connection, false, expected);
}

Error unknown_feed(const std::string& name) {
    return {.kind = ErrorKind::not_found,
            .where = {},
            .what = "there is no feed '" + name + "'",
            .hint = "'feedd feeds' lists their names"};
}

std::optional<Listing> listing(Connection& connection, FeedId feed) {
    Query query =
        connection.query("SELECT listed_url, status = 'removed', url FROM feeds WHERE id = ?");
    if (!query.bind(feed).next()) return std::nullopt;
    return Listing{
        .listed_url = query.text(0), .url = query.text(2), .removed = query.integer(1) != 0};
}

void write_state(Connection& connection, const PollOutcome& outcome) {
    if (outcome.replans_only) {
        write_plan(connection, outcome);
        return;
    }
    const FeedState& state = outcome.state;
    std::optional<std::string> move_to;
    if (state.move) move_to = state.move->to;
    std::optional<Time> next;
    if (!outcome.plan.never) next = outcome.plan.at;
    const FeedStatus status = outcome.plan.never ? FeedStatus::gone : state.status;
    const bool failed = outcome.error != PollError::none;
    connection.query(kUpdateState)
        .bind(state.url, name(status), state.validators.etag, state.validators.last_modified,
              state.body_hash, state.last_polled_at, state.last_success_at, next,
              outcome.plan.not_before, reasons_of(outcome.plan), state.failures,
              failed ? name(outcome.error) : std::string_view{}, state.last_error, move_to,
              state.move ? state.move->polls : 0, trust_name(state.guid_trust),
              count_of(state.period), state.hints.ttl_minutes, count_of(state.hints.update_period),
              state.hints.skip_hours, state.hints.skip_days, rhythm_text(state), state.silent_since,
              outcome.result == PollResult::failed ? 1 : 0,
              outcome.result == PollResult::not_modified || outcome.result == PollResult::unchanged
                  ? 1
                  : 0,
              outcome.gap_suspected ? 1 : 0, outcome.duration.count(), outcome.wire_bytes,
              outcome.feed)
        .run();
}

void write_info(Connection& connection, FeedId feed, const FeedInfo& info) {
    connection
        .query(R"sql(
UPDATE feeds SET title = ?, site_url = ?, description = ?, language = ?, image_url = ? WHERE id = ?
)sql")
        .bind(info.title, info.site_url, info.description, info.language, info.image_url, feed)
        .run();
}

void count_items(Connection& connection, const PollOutcome& outcome, int items, bool any_added) {
    std::optional<Time> last_new;
    if (any_added) last_new = outcome.at;
    connection
        .query(R"sql(
UPDATE feeds SET item_count = item_count + ?, last_new_at = coalesce(?, last_new_at) WHERE id = ?
)sql")
        .bind(items, last_new, outcome.feed)
        .run();
}

void write_poll(Connection& connection, const PollOutcome& outcome, const PollReport& report) {
    std::optional<int> status;
    if (outcome.http_status != 0) status = outcome.http_status;
    const bool failed = outcome.error != PollError::none;
    connection
        .query(R"sql(
INSERT INTO polls (feed_id, at, outcome, http_status, duration_ms, bytes, items, new, revised,
    sighted, recovered, gap_suspected, error_class, error)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
)sql")
        .bind(outcome.feed, outcome.at, name(outcome.result), status, outcome.duration.count(),
              outcome.wire_bytes, outcome.items, report.added, report.revised, report.sighted,
              outcome.recovered ? 1 : 0, outcome.gap_suspected ? 1 : 0,
              failed ? name(outcome.error) : std::string_view{}, outcome.error_text)
        .run();
}

}  // namespace feedd::sqlite
