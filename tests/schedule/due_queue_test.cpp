#include "schedule/due_queue.h"

#include <algorithm>
#include <ctime>
#include <random>
#include <vector>

#include <gtest/gtest.h>

namespace feedd {
namespace {

SteadyTime at(int seconds) {
    return SteadyTime{} + std::chrono::seconds{seconds};
}

// The contract in its plainest form: a list, searched from end to end.
class Model {
  public:
    void put(FeedId feed, SteadyTime due) {
        drop(feed);
        entries_.push_back({feed, due});
    }
    void drop(FeedId feed) {
        std::erase_if(entries_, [&](const Entry& entry) { return entry.feed == feed; });
    }
    std::optional<FeedId> take(SteadyTime now) {
        const auto first = next();
        if (first == entries_.end() || first->due > now) return std::nullopt;
        const FeedId feed = first->feed;
        entries_.erase(first);
        return feed;
    }
    std::optional<SteadyTime> next_due() {
        const auto first = next();
        return first == entries_.end() ? std::nullopt : std::optional(first->due);
    }
    bool contains(FeedId feed) {
        return std::any_of(entries_.begin(), entries_.end(),
                           [&](const Entry& entry) { return entry.feed == feed; });
    }
    std::size_t size() { return entries_.size(); }

  private:
    struct Entry {
        FeedId feed;
        SteadyTime due;
    };
    std::vector<Entry>::iterator next() {
        return std::min_element(entries_.begin(), entries_.end(),
                                [](const Entry& a, const Entry& b) { return a.due < b.due; });
    }
    std::vector<Entry> entries_;
};

TEST(DueQueue, DoesAsTheModelDoesUnderRandomOperations) {
    std::mt19937 random(20250408);
    const auto below = [&](int limit) {
        return std::uniform_int_distribution<int>(0, limit - 1)(random);
    };
    for (int round = 0; round < 50; ++round) {
        DueQueue queue;
        Model model;
        const int feeds = 1 + below(60);
        for (int step = 0; step < 2000; ++step) {
            const FeedId feed = below(feeds);
            const SteadyTime time = at(below(40));  // few values: many are equal
            switch (below(4)) {
                case 0:
                case 1:
                    queue.put(feed, time);
                    model.put(feed, time);
                    break;
                case 2:
                    queue.drop(feed);
                    model.drop(feed);
                    break;
                default:
                    ASSERT_EQ(queue.take(time), model.take(time));
            }
            ASSERT_EQ(queue.size(), model.size());
            ASSERT_EQ(queue.next_due(), model.next_due());
            ASSERT_EQ(queue.contains(feed), model.contains(feed));
        }
    }
}

TEST(DueQueue, IsEmptyAtFirst) {
    DueQueue queue;
    EXPECT_EQ(queue.take(at(1000)), std::nullopt);
    EXPECT_EQ(queue.next_due(), std::nullopt);
    EXPECT_FALSE(queue.contains(1));
    queue.drop(1);
    EXPECT_EQ(queue.size(), 0U);
}

TEST(DueQueue, HandsOutWhatIsDueAndNothingElse) {
    DueQueue queue;
    queue.put(1, at(20));
    queue.put(2, at(10));
    EXPECT_EQ(queue.take(at(9)), std::nullopt);
    EXPECT_EQ(queue.take(at(10)), 2);
    EXPECT_EQ(queue.take(at(10)), std::nullopt);
    EXPECT_EQ(queue.next_due(), at(20));
}

// A queue that looked at each of them would take an hour.
TEST(DueQueue, PicksTheNextOfAHundredThousandQuickly) {
    std::mt19937 random(1);
    std::uniform_int_distribution<int> wait(1, 86400);
    DueQueue queue;
    SteadyTime now{};
    for (FeedId feed = 0; feed < 100'000; ++feed)
        queue.put(feed, now + Seconds{wait(random)});
    const auto begun = std::clock();
    for (int i = 0; i < 300'000; ++i) {
        const SteadyTime due = *queue.next_due();
        EXPECT_GE(due, now);
        now = due;
        const FeedId feed = *queue.take(now);
        queue.put(feed, now + Seconds{wait(random)});
        queue.put((feed + 50'000) % 100'000, now + Seconds{wait(random)});  // moves it
    }
    EXPECT_LT(std::clock() - begun, 20 * CLOCKS_PER_SEC);
    EXPECT_EQ(queue.size(), 100'000U);
}

TEST(DueQueue, KeepsTheOrderOfEquals) {
    DueQueue queue;
    for (FeedId feed = 1; feed <= 5; ++feed)
        queue.put(feed, at(7));
    queue.put(2, at(7));  // put again: now the last
    std::vector<FeedId> order;
    while (const auto feed = queue.take(at(7)))
        order.push_back(*feed);
    EXPECT_EQ(order, (std::vector<FeedId>{1, 3, 4, 5, 2}));
}

}  // namespace
}  // namespace feedd
