// The thread that owns the only writing connection and groups outcomes into commits.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <thread>
#include <variant>
#include <vector>

#include "base/queue.h"
#include "model/config.h"
#include "service/metrics.h"
#include "service/poll.h"
#include "service/pruning.h"
#include "store/store.h"

namespace feedd {

class Committer {
  public:
    using Finished = std::function<void(std::vector<FinishedPoll>)>;
    using Listed = std::function<void(Result<std::vector<FeedState>>)>;

    // `finished` is called on the committer's thread, once per commit.
    Committer(std::unique_ptr<StoreWriter> writer, Finished finished);
    ~Committer();  // stop()
    Committer(const Committer&) = delete;
    Committer& operator=(const Committer&) = delete;

    // From any thread; waits while the disk is behind. What is pushed after stop() is dropped: it
    // was not committed and will be fetched again.
    void push(PollOutcome outcome);
    // From the loop's thread, which must not wait: for outcomes that bring nothing to store but a
    // plan. Their number is bounded by that of the polls under way (service/poller).
    void push_at_once(PollOutcome outcome) { queue_.push_patiently(std::move(outcome)); }
    // In turn with the outcomes, without waiting; `listed` is called on the committer's thread.
    // What `list` says of the index, the archive and retention holds from then on.
    void apply_list(std::shared_ptr<const Config> list, Time now, Listed listed);

    enum class Stop : std::uint8_t {
        soon,      // what waits for the full-text index goes on waiting, in the store
        complete,  // when the full-text index is, and a pass of pruning that was begun
    };
    // Commits what is queued and ends the thread.
    void stop(Stop how = Stop::soon);

    // From any thread: outcomes that wait, and how long commits took.
    [[nodiscard]] std::size_t waiting() const { return queue_.size(); }
    [[nodiscard]] Durations durations() const { return durations_.snapshot(); }

  private:
    struct ListChange {
        std::shared_ptr<const Config> list;
        Time now{};
        Listed listed;
    };
    using Work = std::variant<PollOutcome, ListChange>;

    void run();
    void handle(std::vector<Work> batch);
    void adopt(const Config& list, std::span<const FeedState> feeds);
    // nullopt: nothing waits to be indexed, or it is not to be.
    [[nodiscard]] std::optional<std::chrono::milliseconds> until_index() const;
    void index();
    void commit(std::vector<PollOutcome> outcomes);
    [[nodiscard]] std::vector<PollReport> written(std::span<const PollOutcome> outcomes);
    [[nodiscard]] bool may_prune() const;
    void prune();

    std::unique_ptr<StoreWriter> writer_;
    Finished finished_;
    BoundedQueue<Work> queue_;
    PruneRules rules_;                     // the list's
    std::optional<Seconds> story_window_;  // of the matcher that the writer has
    SteadyTime index_due_{};               // then fewer than a whole batch are indexed, too
    std::int64_t not_indexed_ = 0;         // articles that this run brought
    std::optional<PrunePass> pruning_;     // while it is not at its end
    std::optional<SteadyTime> pruned_at_;
    SharedDurations durations_;
    std::atomic<Stop> stop_ = Stop::soon;
    bool listed_ = false;
    bool search_ = true;        // the list's: keep the full-text index
    bool index_waits_ = true;   // perhaps, from an earlier run
    bool index_fails_ = false;  // did so the last time
    bool store_fails_ = false;  // the last commit failed as a whole
    std::thread thread_;
};

}  // namespace feedd
