// The feeds in the order in which they are due. For one thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

#include "base/time.h"
#include "model/feed.h"

namespace feedd {

// A binary heap with an index: O(log n) to put, move, drop and take. At equal times the feed that
// was put first comes first.
class DueQueue {
  public:
    // Puts the feed, or moves it if it is there.
    void put(FeedId feed, SteadyTime due);
    void drop(FeedId feed);
    // The next feed if it is due at `now`, taken out.
    [[nodiscard]] std::optional<FeedId> take(SteadyTime now);
    [[nodiscard]] std::optional<SteadyTime> next_due() const;
    [[nodiscard]] bool contains(FeedId feed) const;
    [[nodiscard]] std::size_t size() const noexcept { return heap_.size(); }

  private:
    struct Entry {
        SteadyTime due;
        std::uint64_t order;
        FeedId feed;
    };
    [[nodiscard]] static bool before(const Entry& a, const Entry& b) noexcept;
    void place(std::size_t at, const Entry& entry);
    void sift_up(std::size_t at);
    void sift_down(std::size_t at);
    void remove_at(std::size_t at);

    std::vector<Entry> heap_;
    std::unordered_map<FeedId, std::size_t> index_;  // feed → place in heap_
    std::uint64_t next_order_ = 0;
};

}  // namespace feedd
