// The thread that owns the only writing connection and groups outcomes into commits.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <thread>
#include <variant>
#include <vector>

#include "base/queue.h"
#include "service/poll.h"
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
    // In turn with the outcomes, without waiting; `listed` is called on the committer's thread.
    // From then on articles are kept for `keep_articles`; nullopt: for ever.
    void apply_list(std::vector<FeedSpec> list, std::optional<Seconds> keep_articles, Time now,
                    Listed listed);
    // Commits what is queued and ends the thread.
    void stop();

  private:
    struct ListChange {
        std::vector<FeedSpec> list;
        std::optional<Seconds> keep_articles;
        Time now{};
        Listed listed;
    };
    using Work = std::variant<PollOutcome, ListChange>;

    void run();
    void commit(std::vector<PollOutcome> outcomes);
    void prune(Time now);
    [[nodiscard]] Result<bool> prune_slice(Time now);

    std::unique_ptr<StoreWriter> writer_;
    Finished finished_;
    BoundedQueue<Work> queue_;
    std::optional<Seconds> keep_articles_;
    std::optional<SteadyTime> pruned_at_;
    std::thread thread_;
};

}  // namespace feedd
