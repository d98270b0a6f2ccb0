#include "store/sqlite/hosts.h"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>

namespace feedd::sqlite {

namespace {

constexpr int kNotModified = 304;

constexpr std::string_view kAddVisits = R"sql(
INSERT INTO hosts (host, first_at, last_at, requests, not_modified, complaints, breaches, bytes,
    least_spacing_ms)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
ON CONFLICT (host) DO UPDATE SET
    last_at = max(last_at, excluded.last_at),
    requests = requests + excluded.requests,
    not_modified = not_modified + excluded.not_modified,
    complaints = complaints + excluded.complaints,
    breaches = breaches + excluded.breaches,
    bytes = bytes + excluded.bytes,
    least_spacing_ms = CASE
        WHEN least_spacing_ms IS NULL THEN excluded.least_spacing_ms
        WHEN excluded.least_spacing_ms IS NULL THEN least_spacing_ms
        ELSE min(least_spacing_ms, excluded.least_spacing_ms) END
)sql";

constexpr std::string_view kSetThrottle = R"sql(
UPDATE hosts SET strikes = ?1, struck_at = ?2, held_from = ?3, held_until = ?4, held_reason = ?5
WHERE host = ?6 AND (held_until IS NULL OR held_until <= ?4)
)sql";

constexpr std::string_view kSelectHosts = R"sql(
SELECT host, first_at, last_at, requests, not_modified, complaints, breaches, bytes,
    least_spacing_ms, strikes, struck_at, held_from, held_until, held_reason
FROM hosts WHERE ?1 = 0 OR struck_at IS NOT NULL ORDER BY host
)sql";

constexpr std::string_view kSelectGaps = R"sql(
SELECT f.name, f.polls - f.failed_polls, count(*), max(p.at), max(p.items), f.next_poll_reason
FROM polls AS p
JOIN feeds AS f ON f.id = p.feed_id
WHERE p.gap_suspected = 1 AND p.outcome <> 'failed' AND f.status <> 'removed'
GROUP BY p.feed_id
ORDER BY 3 DESC, f.name
)sql";

// The visits of one host, added up. `throttle`, the latest one, is the whole state.
void add(HostRow& sum, const HostVisit& visit) {
    if (sum.requests == 0) sum.first_at = sum.last_at = visit.at;
    sum.first_at = std::min(sum.first_at, visit.at);
    sum.last_at = std::max(sum.last_at, visit.at);
    ++sum.requests;
    sum.not_modified += visit.status == kNotModified ? 1 : 0;
    sum.complaints += visit.throttle ? 1 : 0;
    sum.breaches += visit.breach ? 1 : 0;
    sum.bytes += static_cast<std::int64_t>(visit.bytes);
    if (visit.spacing) {
        const std::int64_t spacing = visit.spacing->count();
        sum.least_spacing_ms = std::min(sum.least_spacing_ms.value_or(spacing), spacing);
    }
    const auto end_of = [](const Throttle& throttle) { return throttle.held_until; };
    // Polls may be committed in another order than they were answered in.
    if (visit.throttle && end_of(*visit.throttle) >= end_of(sum.throttle))
        sum.throttle = *visit.throttle;
}

void write(Connection& connection, const HostRow& sum) {
    connection.query(kAddVisits)
        .bind(sum.host, sum.first_at, sum.last_at, sum.requests, sum.not_modified, sum.complaints,
              sum.breaches, sum.bytes, sum.least_spacing_ms)
        .run();
    const Throttle& throttle = sum.throttle;
    if (!throttle.struck_at) return;
    connection.query(kSetThrottle)
        .bind(throttle.strikes, throttle.struck_at, throttle.held_from, throttle.held_until,
              throttle.reason, sum.host)
        .run();
}

}  // namespace

void write_visits(Connection& connection, std::span<const PollOutcome> outcomes) {
    std::map<std::string_view, HostRow> sums;
    for (const PollOutcome& outcome : outcomes) {
        for (const HostVisit& visit : outcome.visits) {
            HostRow& sum = sums[visit.host];
            sum.host = visit.host;
            add(sum, visit);
        }
    }
    for (const auto& [host, sum] : sums)
        write(connection, sum);
}

std::vector<HostRow> list_hosts(Connection& connection, const HostFilter& filter) {
    Query query = connection.query(kSelectHosts);
    query.bind(filter.throttled ? 1 : 0);
    std::vector<HostRow> hosts;
    while (query.next()) {
        hosts.push_back({.host = query.text(0),
                         .first_at = query.time(1).value_or(Time{}),
                         .last_at = query.time(2).value_or(Time{}),
                         .requests = query.integer(3),
                         .not_modified = query.integer(4),
                         .complaints = query.integer(5),
                         .breaches = query.integer(6),
                         .bytes = query.integer(7),
                         .least_spacing_ms = query.optional_integer(8),
                         .throttle = {.strikes = static_cast<int>(query.integer(9)),
                                      .struck_at = query.time(10),
                                      .held_from = query.time(11),
                                      .held_until = query.time(12),
                                      .reason = query.text(13)}});
    }
    return hosts;
}

std::vector<GapRow> list_gaps(Connection& connection) {
    Query query = connection.query(kSelectGaps);
    std::vector<GapRow> gaps;
    while (query.next()) {
        gaps.push_back({.feed = query.text(0),
                        .polls = query.integer(1),
                        .gaps = query.integer(2),
                        .last_gap_at = query.time(3),
                        .items = query.integer(4),
                        .next_poll_reason = query.text(5)});
    }
    return gaps;
}

}  // namespace feedd::sqlite
