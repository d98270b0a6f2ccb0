// Deletes what is kept for a while only, in slices: outdated articles, documents beyond the bounds
// of the archive, what articles beyond the window of stories are found by, old polls and hosts.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>

#include "model/archive.h"
#include "model/config.h"
#include "model/retention.h"
#include "store/store.h"

namespace feedd {

inline constexpr Seconds kKeepPolls{std::chrono::hours{24 * 30}};
inline constexpr Seconds kKeepHosts{std::chrono::hours{24 * 90}};

struct PruneRules {
    RetentionRules articles;
    ArchiveBounds archive;
    std::optional<Seconds> story_window;  // nullopt: stories are off, and what is known stays
};

// `feeds`: the states of config.feeds that the store knows, by their listed_url.
[[nodiscard]] PruneRules prune_rules(const Config& config, std::span<const FeedState> feeds);

struct Pruned {
    std::int64_t polls = 0;
    std::int64_t hosts = 0;
    std::int64_t articles = 0;
    std::int64_t documents = 0;  // of the archive
    std::int64_t fingerprints = 0;
};

// Rows per slice, so that whoever waits for the writer waits for no more than some 20 ms.
class SliceSize {
  public:
    explicit SliceSize(int rows) : rows_(rows) {}
    [[nodiscard]] int rows() const noexcept { return rows_; }
    // After a slice of so many rows.
    void took(std::chrono::microseconds time);

  private:
    int rows_;
};

// One pass through everything.
class PrunePass {
  public:
    enum class Clock : std::uint8_t {
        doubted,  // nothing is deleted by its age unless polls of earlier days bear the clock out
        trusted,
    };
    PrunePass(const PruneRules& rules, Clock clock, Time now);

    // A slice, which is a transaction of its own. False: the pass is at its end.
    [[nodiscard]] Result<bool> step(StoreWriter& writer);

    [[nodiscard]] const Pruned& pruned() const noexcept { return pruned_; }
    [[nodiscard]] std::chrono::microseconds longest() const noexcept { return longest_; }

  private:
    enum class Stage : std::uint8_t { clock, polls, hosts, stories, articles, archive, done };

    [[nodiscard]] Result<Stage> slice(StoreWriter& writer);
    [[nodiscard]] Result<Stage> rows(const Result<int>& deleted, std::int64_t& sum,
                                     Stage next) const;

    PruneRules rules_;
    Clock clock_;
    Time now_;
    Stage stage_ = Stage::clock;
    RetentionPlace place_;
    SliceSize size_;
    Pruned pruned_;
    std::chrono::microseconds longest_{0};
};

}  // namespace feedd
