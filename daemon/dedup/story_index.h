// Articles by the passages that are kept of them, in memory: which have several in common?
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include "dedup/passage_table.h"
#include "model/story.h"

namespace feedd {

// Costs some 700 bytes an article, and the same time with many as with few.
class StoryIndex {
  public:
    struct Near {
        StoryMember member;
        double weight = 0;  // of the passages in common; one that several stories share counts less
    };

    // Of the articles of the window at most so many, the newest.
    explicit StoryIndex(Seconds window, std::size_t most = kMostFindable);

    // An article that was added before is found by its new passages, and no longer by the old.
    void add(const StoryMember& member, std::span<const std::uint32_t> kept);
    // As add() for one after the other.
    void add_all(std::span<const FoundBy> articles);
    void assign(ArticleId article, std::optional<StoryId> story);
    void clear();

    // Of the window around `member`, itself aside, by weight.
    [[nodiscard]] std::vector<Near> near(const StoryMember& member,
                                         std::span<const std::uint32_t> asked) const;

    [[nodiscard]] std::size_t size() const noexcept { return slots_.size() - dead_; }
    [[nodiscard]] Seconds window() const noexcept { return window_; }

  private:
    using Slot = PassageTable::Slot;
    struct Entry {
        StoryMember member;
        bool alive = true;
    };
    // A passage on its way into the table.
    struct Arrival {
        std::uint32_t passage;
        Slot slot;
    };

    Slot enter(const StoryMember& member);
    [[nodiscard]] static std::vector<Arrival> by_neighbourhood(std::span<const Arrival> arrivals);
    void expire(Time newest);
    void compact();
    void fetch(std::span<const std::uint32_t> passages) const;
    void insert(std::uint32_t passage, Slot slot);
    [[nodiscard]] bool same_story(Slot a, Slot b) const;
    template <typename Visit>
    void postings_of(std::uint32_t passage, Visit visit) const;

    Seconds window_;
    std::size_t most_;
    std::vector<Entry> slots_;
    std::size_t first_alive_ = 0;
    std::size_t dead_ = 0;
    PassageTable table_;
    std::unordered_map<ArticleId, Slot> by_article_;
};

}  // namespace feedd
