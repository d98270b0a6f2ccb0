#include "service/committer.h"

#include <algorithm>
#include <exception>
#include <utility>

#include <spdlog/spdlog.h>

#include "base/log.h"
#include "dedup/judge.h"
#include "dedup/story_matcher.h"

namespace feedd {

namespace {

constexpr std::size_t kCommitTogether = 64;  // outcomes: a commit costs a sync, whatever is in it
constexpr std::size_t kQueuedOutcomes = 256;
constexpr std::size_t kQueuedBytes = std::size_t{64} << 20U;
constexpr Seconds kKeepPolls{std::chrono::hours{24 * 30}};
constexpr Seconds kKeepHosts{std::chrono::hours{24 * 90}};
constexpr Seconds kClockProof{std::chrono::hours{24}};  // NTP has mended a wrong clock by then
constexpr Seconds kPruneEvery{std::chrono::hours{1}};
constexpr int kPrunePolls = 2000;  // rows at once: a few milliseconds
constexpr int kPruneHosts = 1000;
constexpr int kPruneFingerprints = 2000;
constexpr int kPruneArticles = 100;  // at once: each takes its words out of the index
// Articles indexed in one transaction, some 40 ms: the more at once, the fewer segments to merge.
constexpr int kIndexTogether = 500;
// The index waits for a quiet moment, but not for ever.
constexpr std::int64_t kMostNotIndexed = 20'000;

std::size_t bytes_of(const PollOutcome& outcome) {
    std::size_t bytes = sizeof outcome;
    for (const Candidate& candidate : outcome.candidates) {
        const Article& article = candidate.article;
        bytes += sizeof candidate + article.content_html.size() + article.content_text.size() +
                 article.summary_html.size();
    }
    return bytes;
}

}  // namespace

Committer::Committer(std::unique_ptr<StoreWriter> writer, Finished finished)
    : writer_(std::move(writer)),
      finished_(std::move(finished)),
      queue_(kQueuedOutcomes, kQueuedBytes),
      thread_([this] { run(); }) {}

Committer::~Committer() {
    stop();
}

void Committer::push(PollOutcome outcome) {
    const std::size_t bytes = bytes_of(outcome);
    queue_.push(std::move(outcome), bytes);
}

void Committer::apply_list(std::vector<FeedSpec> list, Upkeep upkeep, Time now, Listed listed) {
    queue_.push_at_once(ListChange{std::move(list), upkeep, now, std::move(listed)});
}

void Committer::stop(Stop how) {
    stop_ = how;
    queue_.close();
    if (thread_.joinable()) thread_.join();
}

void Committer::run() {
    while (true) {
        const bool indexing = may_index();
        std::vector<Work> batch = indexing ? queue_.pop_batch_at_once(kCommitTogether)
                                           : queue_.pop_batch(kCommitTogether);
        if (batch.empty() && !indexing) return;
        const bool idle = batch.empty();
        handle(std::move(batch));
        if (idle || (indexing && not_indexed_ > kMostNotIndexed)) index();
    }
}

void Committer::handle(std::vector<Work> batch) {
    std::vector<PollOutcome> outcomes;
    for (Work& work : batch) {
        if (auto* outcome = std::get_if<PollOutcome>(&work)) {
            outcomes.push_back(std::move(*outcome));
            continue;
        }
        commit(std::exchange(outcomes, {}));
        auto& change = std::get<ListChange>(work);
        auto states = writer_->apply_list(change.list, change.now);
        if (states) {
            adopt(change.upkeep);
            listed_ = true;
        }
        change.listed(std::move(states));
    }
    commit(std::move(outcomes));
}

void Committer::adopt(const Upkeep& upkeep) {
    if (upkeep.story_window != upkeep_.story_window) {
        writer_->match_stories(upkeep.story_window ? make_story_matcher(*upkeep.story_window)
                                                   : nullptr);
    }
    upkeep_ = upkeep;
}

bool Committer::may_index() const {
    return listed_ && upkeep_.search && index_waits_ &&
           (!queue_.closed() || stop_ == Stop::indexed);
}

void Committer::index() {
    const auto indexed = writer_->index_articles(kIndexTogether);
    if (!indexed) {
        spdlog::warn("articles could not be indexed error={}", log_value(message(indexed.error())));
    }
    // After a failure the next commit tries again.
    index_waits_ = indexed && *indexed == kIndexTogether;
    not_indexed_ = std::max<std::int64_t>(0, not_indexed_ - kIndexTogether);
}

std::vector<PollReport> Committer::written(std::span<const PollOutcome> outcomes) {
    const auto all_fail = [&](const Error& error) {
        std::vector<PollReport> reports;
        for (const PollOutcome& outcome : outcomes)
            reports.push_back({.feed = outcome.feed, .error = error});
        return reports;
    };
    // Each attempt may take as long as a lock is waited for; systemd would not wait for them all.
    if (store_fails_ && queue_.closed())
        return all_fail({ErrorKind::io, "store", "not written: the store fails at the end", {}});
    std::vector<PollReport> reports;
    try {
        reports = writer_->commit(outcomes, judge);
    } catch (const std::exception& error) {
        // A bug costs this commit, not the daemon: its polls are tried again.
        reports = all_fail({ErrorKind::internal, "store", error.what(), {}});
    }
    store_fails_ = std::ranges::all_of(reports, [](const PollReport& report) {
        return report.error && report.error->kind == ErrorKind::io;
    });
    return reports;
}

void Committer::commit(std::vector<PollOutcome> outcomes) {
    if (outcomes.empty()) return;
    std::vector<PollReport> reports = written(outcomes);
    for (const PollReport& report : reports)
        not_indexed_ += report.added + report.revised;
    index_waits_ = index_waits_ || not_indexed_ > 0;
    const Time now = outcomes.back().at;
    std::vector<FinishedPoll> finished;
    finished.reserve(outcomes.size());
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
        outcomes[i].candidates.clear();
        outcomes[i].reseen.clear();
        finished.push_back({std::move(outcomes[i]), std::move(reports[i])});
    }
    finished_(std::move(finished));
    prune(now);
}

void Committer::prune(Time now) {
    if (store_fails_) return;
    const SteadyTime steady = std::chrono::steady_clock::now();
    if (pruned_at_ && steady - *pruned_at_ < kPruneEvery) return;
    const auto more = prune_slice(now);
    if (!more)
        spdlog::warn("history could not be pruned error={}", log_value(message(more.error())));
    // While there is more, every commit goes on with it.
    if (!more || !*more) pruned_at_ = steady;
}

// True: there may be more.
Result<bool> Committer::prune_slice(Time now) {
    const auto polls = writer_->prune_polls(now - kKeepPolls, kPrunePolls);
    if (!polls) return tl::unexpected(polls.error());
    if (const auto hosts = writer_->prune_hosts(now - kKeepHosts, kPruneHosts); !hosts)
        return tl::unexpected(hosts.error());
    // Without a window what is known stays, for the day that stories are looked for again.
    if (upkeep_.story_window) {
        const auto passed =
            writer_->prune_fingerprints(now - *upkeep_.story_window, kPruneFingerprints);
        if (!passed) return tl::unexpected(passed.error());
        if (*passed == kPruneFingerprints) return true;
    }
    if (!upkeep_.keep_articles) return *polls == kPrunePolls;
    // A clock that runs years ahead, as after a boot without its battery, would purge the store.
    const auto believable = writer_->polled_between(now - kKeepPolls, now - kClockProof);
    if (!believable) return tl::unexpected(believable.error());
    if (!*believable) return *polls == kPrunePolls;
    const auto articles =
        writer_->prune_articles(now - *upkeep_.keep_articles, kPruneArticles, now);
    if (!articles) return tl::unexpected(articles.error());
    if (*articles > 0) spdlog::info("articles purged by age count={}", *articles);
    return *polls == kPrunePolls || *articles == kPruneArticles;
}

}  // namespace feedd
