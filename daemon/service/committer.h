// The thread that owns the only writing connection and groups outcomes into commits.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <thread>
#include <variant>
#include <vector>

#include "base/queue.h"
#include "service/poll.h"
#include "store/store.h"

namespace feedd {

// What the writing thread does besides committing, as the list says.
struct Upkeep {
    std::optional<Seconds> keep_articles;  // nullopt: for ever
    bool search = true;                    // keep the full-text index
    std::optional<Seconds> story_window;   // nullopt: stories are not looked for
};

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
    // In turn with the outcomes, without waiting; `listed` is called on the committer's thread.
    // `upkeep` holds from then on.
    void apply_list(std::vector<FeedSpec> list, Upkeep upkeep, Time now, Listed listed);

    enum class Stop : std::uint8_t {
        soon,     // what waits for the full-text index goes on waiting, in the store
        indexed,  // when the full-text index is complete
    };
    // Commits what is queued and ends the thread.
    void stop(Stop how = Stop::soon);

  private:
    struct ListChange {
        std::vector<FeedSpec> list;
        Upkeep upkeep;
        Time now{};
        Listed listed;
    };
    using Work = std::variant<PollOutcome, ListChange>;

    void run();
    void handle(std::vector<Work> batch);
    void adopt(const Upkeep& upkeep);
    [[nodiscard]] bool may_index() const;
    void index();
    void commit(std::vector<PollOutcome> outcomes);
    [[nodiscard]] std::vector<PollReport> written(std::span<const PollOutcome> outcomes);
    void prune(Time now);
    [[nodiscard]] Result<bool> prune_slice(Time now);

    std::unique_ptr<StoreWriter> writer_;
    Finished finished_;
    BoundedQueue<Work> queue_;
    Upkeep upkeep_;
    bool listed_ = false;           // `upkeep_` is the list's
    bool index_waits_ = true;       // perhaps, from an earlier run
    std::int64_t not_indexed_ = 0;  // articles that this run brought
    std::atomic<Stop> stop_ = Stop::soon;
    std::optional<SteadyTime> pruned_at_;
    bool store_fails_ = false;  // the last commit failed as a whole
    std::thread thread_;
};

}  // namespace feedd
