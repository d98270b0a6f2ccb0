// Articles by the passages that are kept of them, in memory: which have several in common?
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <vector>

#include "dedup/slot_table.h"
#include "model/story.h"

namespace feedd {

// Costs some 360 bytes an article, and the same time with many as with few.
class StoryIndex {
  public:
    struct Near {
        ArticleId article = 0;
        std::optional<StoryId> story;
        double weight = 0;  // of the passages in common; one that several stories share counts less
    };

    // Of the articles of the window at most so many, the newest.
    explicit StoryIndex(Seconds window, std::size_t most = kMostFindable);

    // An article that was added before is found by its new passages, and no longer by the old.
    void add(const StoryMember& member, std::span<const std::uint32_t> kept);
    // As add() for one after the other. `to_come` more will follow: behind the first there is room
    // made for all of them at once.
    void add_all(std::span<const FoundBy> articles, std::size_t to_come);
    void assign(ArticleId article, std::optional<StoryId> story);
    void clear();

    // Of the window around `member`, itself aside, by weight.
    [[nodiscard]] std::vector<Near> near(const StoryMember& member,
                                         std::span<const std::uint32_t> asked) const;

    [[nodiscard]] std::size_t size() const noexcept { return slots_.size() - dead_; }
    [[nodiscard]] Seconds window() const noexcept { return window_; }

  private:
    using Slot = SlotTable::Slot;
    struct Entry {
        ArticleId article = 0;  // 0: gone
        StoryId story = 0;      // 0: none
        Time at{};
        Time seen_at{};
        [[nodiscard]] bool alive() const { return article != 0; }
    };
    // A passage on its way into the table.
    struct Arrival {
        std::uint32_t passage;
        Slot slot;
    };

    void make_room(std::size_t to_come);
    void add_some(std::span<const FoundBy> articles);
    Slot enter(const StoryMember& member);
    [[nodiscard]] std::optional<Slot> slot_of(ArticleId article) const;
    [[nodiscard]] static std::vector<Arrival> by_neighbourhood(std::span<const Arrival> arrivals);
    void leave(Entry& entry);
    void expire(Time newest);
    void compact();
    void insert(std::uint32_t passage, Slot slot);
    [[nodiscard]] bool same_story(Slot a, Slot b) const;

    Seconds window_;
    std::size_t most_;
    std::deque<Entry> slots_;
    std::size_t first_alive_ = 0;
    std::size_t dead_ = 0;
    SlotTable passages_;
    SlotTable articles_;
};

}  // namespace feedd
