#include "service/committer.h"

#include <algorithm>
#include <exception>
#include <utility>

#include <pthread.h>
#include <spdlog/spdlog.h>

#include "base/log.h"
#include "dedup/judge.h"
#include "dedup/story_matcher.h"

namespace feedd {

namespace {

// Outcomes: a commit writes whole pages and syncs, whatever is in it. So it waits a moment for
// more.
constexpr std::size_t kCommitTogether = 64;
constexpr std::chrono::milliseconds kLinger{20};
constexpr std::size_t kQueuedOutcomes = 256;
constexpr std::size_t kQueuedBytes = std::size_t{6} << 20U;  // some 1,000 articles
constexpr Seconds kPruneEvery{std::chrono::hours{1}};
// Articles indexed in one transaction, some 200 ms: the more at once, the fewer segments to merge.
// Where fewer wait, they wait for others so long.
constexpr int kIndexTogether = 1'000;
constexpr std::chrono::milliseconds kIndexWithin{500};
constexpr std::chrono::seconds kIndexAgain{10};  // after a failure
constexpr std::chrono::milliseconds kAtOnce{0};

std::size_t bytes_of(const PollOutcome& outcome) {
    std::size_t bytes = sizeof outcome;
    for (const Candidate& candidate : outcome.candidates) {
        const Article& article = candidate.article;
        bytes += sizeof candidate + article.content_html.size() + article.content_text.size() +
                 article.summary_html.size();
    }
    if (outcome.document) bytes += outcome.document->body.bytes.size();
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

void Committer::apply_list(std::shared_ptr<const Config> list, Time now, Listed listed) {
    queue_.push_at_once(ListChange{std::move(list), now, std::move(listed)});
}

void Committer::stop(Stop how) {
    stop_ = how;
    queue_.close();
    if (thread_.joinable()) thread_.join();
}

void Committer::run() {
    pthread_setname_np(pthread_self(), "feedd-store");
    while (true) {
        const auto indexing = until_index();
        const bool pruning = may_prune();
        const bool at_once = pruning || indexing == kAtOnce;
        std::vector<Work> batch = queue_.pop_batch(kCommitTogether, at_once ? kAtOnce : kLinger,
                                                   at_once ? kAtOnce : indexing);
        if (batch.empty() && !indexing && !pruning) return;
        handle(std::move(batch));
        // In turn with commits, also while these follow each other without a pause: meanwhile the
        // workers prepare the next.
        if (until_index() == kAtOnce) index();
        if (pruning && may_prune()) prune();  // a list that came has ended the pass
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
        auto states = writer_->apply_list(change.list->feeds, change.now);
        if (states) {
            adopt(*change.list, *states);
            listed_ = true;
        }
        change.listed(std::move(states));
    }
    commit(std::move(outcomes));
}

void Committer::adopt(const Config& list, std::span<const FeedState> feeds) {
    search_ = list.search;
    rules_ = prune_rules(list, feeds);
    pruning_.reset();  // what was let go of may be kept now
    if (list.story_window == story_window_) return;
    story_window_ = list.story_window;
    writer_->match_stories(story_window_ ? make_story_matcher(*story_window_) : nullptr);
}

std::optional<std::chrono::milliseconds> Committer::until_index() const {
    if (!listed_ || !search_ || !index_waits_) return std::nullopt;
    if (queue_.closed()) return stop_ == Stop::complete ? std::optional(kAtOnce) : std::nullopt;
    if (not_indexed_ >= kIndexTogether && !index_fails_) return kAtOnce;
    const auto wait = std::chrono::duration_cast<std::chrono::milliseconds>(
        index_due_ - std::chrono::steady_clock::now());
    return std::max(wait, kAtOnce);
}

void Committer::index() {
    const auto indexed = writer_->index_articles(kIndexTogether);
    const SteadyTime now = std::chrono::steady_clock::now();
    index_fails_ = !indexed;
    if (!indexed) {
        spdlog::warn("articles could not be indexed error={}", log_value(message(indexed.error())));
        index_waits_ = !queue_.closed();  // at the end it is tried once
        index_due_ = now + kIndexAgain;
        return;
    }
    index_waits_ = *indexed == kIndexTogether;
    // An article that was revised or purged meanwhile counts more than once, until nothing waits.
    not_indexed_ = index_waits_ ? std::max<std::int64_t>(0, not_indexed_ - *indexed) : 0;
    // What an earlier run left is not counted: it goes on at once.
    index_due_ = not_indexed_ > 0 ? now + kIndexWithin : now;
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
    const SteadyTime began = std::chrono::steady_clock::now();
    std::vector<PollReport> reports = written(outcomes);
    durations_.add(std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count());
    for (const PollReport& report : reports)
        not_indexed_ += report.added + report.revised;
    if (!index_waits_ && not_indexed_ > 0) {
        index_waits_ = true;
        index_due_ = std::chrono::steady_clock::now() + kIndexWithin;
    }
    const Time now = outcomes.back().at;
    std::vector<FinishedPoll> finished;
    finished.reserve(outcomes.size());
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
        outcomes[i].candidates.clear();
        outcomes[i].reseen.clear();
        outcomes[i].document.reset();
        finished.push_back({std::move(outcomes[i]), std::move(reports[i])});
    }
    finished_(std::move(finished));
    const SteadyTime steady = std::chrono::steady_clock::now();
    if (pruning_ || !listed_ || (pruned_at_ && steady - *pruned_at_ < kPruneEvery)) return;
    pruned_at_ = steady;
    pruning_.emplace(rules_, PrunePass::Clock::doubted, now);
}

bool Committer::may_prune() const {
    return pruning_ && !store_fails_ && (!queue_.closed() || stop_ == Stop::complete);
}

// One slice, also between commits that follow each other without a pause: it is a short one.
void Committer::prune() {
    const auto more = pruning_->step(*writer_);
    if (!more) {
        spdlog::warn("what is outdated could not be pruned error={}",
                     log_value(message(more.error())));
    } else if (*more) {
        return;
    }
    const Pruned& pruned = pruning_->pruned();
    if (pruned.articles > 0 || pruned.documents > 0) {
        spdlog::info("pruned articles={} documents={} longest_ms={}", pruned.articles,
                     pruned.documents, pruning_->longest().count() / 1000);
    }
    pruning_.reset();
}

}  // namespace feedd
