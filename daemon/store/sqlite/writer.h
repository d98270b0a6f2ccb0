#pragma once

#include <memory>
#include <utility>

#include "store/sqlite/connection.h"
#include "store/sqlite/lock.h"
#include "store/sqlite/stories.h"
#include "store/store.h"

namespace feedd::sqlite {

class Writer final : public StoreWriter {
  public:
    // `connection`: to write, its schema up to date.
    Writer(std::unique_ptr<Connection> connection, StoreLock lock)
        : lock_(std::move(lock)), connection_(std::move(connection)) {}

    Result<std::vector<FeedState>> apply_list(std::span<const FeedSpec> list, Time now) override;
    std::vector<PollReport> commit(std::span<const PollOutcome> outcomes, Judge judge) override;
    Result<int> index_articles(int most) override;
    void leave_checkpoints(std::function<void(std::uint64_t)> committed) override;
    Result<int> prune_polls(Time before, int most) override;
    Result<int> prune_hosts(Time before, int most) override;
    Result<int> prune_archive(const ArchiveBounds& bounds, int most, Time now) override;
    Result<bool> polled_between(Time from, Time to) override;
    Result<RetentionSlice> prune_articles(const RetentionRules& rules, RetentionPlace& place,
                                          int most, Time now) override;
    Result<void> rewrite(std::span<const Rewrite> changes, Time now) override;
    Result<void> shrink() override;
    void match_stories(std::unique_ptr<StoryMatcher> matcher) override;
    Result<int> prune_fingerprints(Time before, int most) override;
    Result<Restoried> restory(Time now) override;

  private:
    StoreLock lock_;  // outlives the connection
    std::unique_ptr<Connection> connection_;
    std::unique_ptr<Stories> stories_;  // null: they are not looked for
};

}  // namespace feedd::sqlite
