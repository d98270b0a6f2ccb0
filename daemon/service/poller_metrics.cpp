// What the poller tells monitoring.
#include <algorithm>
#include <string>

#include "service/poller.h"

namespace feedd {

namespace {

constexpr Seconds kOverdue{60};

std::string status_of(const RestingFeed& feed) {
    return feed.merged_into() ? "merged" : std::string(name(feed.status()));
}

}  // namespace

void Poller::count(const FinishedPoll& finished) {
    const PollOutcome& outcome = finished.outcome;
    const PollReport& report = finished.report;
    ++totals_.polls;
    ++totals_.by_outcome.at(static_cast<std::size_t>(outcome.result));
    totals_.failed += outcome.result == PollResult::failed || report.error ? 1 : 0;
    totals_.not_stored += report.error ? 1 : 0;
    totals_.added += report.added;
    totals_.revised += report.revised;
    totals_.sighted += report.sighted;
    for (const HostVisit& visit : outcome.visits) {
        constexpr int kNotModified = 304;
        ++totals_.requests;
        totals_.not_modified += visit.status == kNotModified ? 1 : 0;
        totals_.bytes += visit.bytes;
    }
}

Metrics Poller::metrics() const {
    Metrics all{.started = started_};
    const Time now = now_utc();
    for (const FeedStatus status : {FeedStatus::active, FeedStatus::failing, FeedStatus::gone})
        all.feeds[std::string(name(status))] = 0;
    std::size_t in_line = 0;
    for (const auto& [id, entry] : entries_) {
        ++all.feeds[status_of(entry.feed)];
        in_line += entry.phase == Phase::waiting ? 1 : 0;
        const bool waits = entry.phase == Phase::idle || entry.phase == Phase::waiting;
        if (!waits || entry.feed.asleep()) continue;
        const Time due = entry.feed.due(now);
        all.due += due <= now ? 1 : 0;
        all.overdue += due + kOverdue < now ? 1 : 0;
    }
    for (const PollResult result :
         {PollResult::ok, PollResult::not_modified, PollResult::unchanged, PollResult::failed}) {
        all.polls[std::string(name(result))] =
            totals_.by_outcome.at(static_cast<std::size_t>(result));
    }
    all.polls_not_stored = totals_.not_stored;
    all.requests = totals_.requests;
    all.not_modified = totals_.not_modified;
    all.received_bytes = totals_.bytes;
    all.articles = {{"new", static_cast<std::uint64_t>(totals_.added)},
                    {"revised", static_cast<std::uint64_t>(totals_.revised)},
                    {"sighted", static_cast<std::uint64_t>(totals_.sighted)}};
    all.commits = committer_.durations();
    const std::size_t committing = std::min(committer_.waiting(), processing_);
    all.queues = {{"waiting_for_host", in_line + waiting_hops_.size()},
                  {"waiting_for_network", suspects_.size() + parked_.size()},
                  {"fetching", fetching_},
                  {"processing", processing_ - committing},
                  {"committing", committing}};
    const SteadyTime steady = std::chrono::steady_clock::now();
    for (const WalHolder& holder : wal_guard_.status().holders) {
        all.wal_readers.push_back(
            {.pid = holder.pid,
             .program = holder.program,
             .seconds = std::chrono::duration<double>(steady - holder.since).count()});
    }
    return all;
}

}  // namespace feedd
