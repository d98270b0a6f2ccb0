#include "base/queue.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <functional>
#include <future>
#include <memory>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace feedd {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(BoundedQueue, KeepsTheOrder) {
    BoundedQueue<int> queue(10, 100);
    for (int i = 1; i <= 3; ++i)
        EXPECT_TRUE(queue.push(i));
    EXPECT_EQ(queue.size(), 3U);
    EXPECT_EQ(queue.pop(), 1);
    EXPECT_THAT(queue.pop_batch(10), ElementsAre(2, 3));
    EXPECT_EQ(queue.size(), 0U);
}

TEST(BoundedQueue, TakesNoMoreThanABatch) {
    BoundedQueue<int> queue(10, 100);
    for (int i = 1; i <= 3; ++i)
        queue.push(i);
    EXPECT_THAT(queue.pop_batch(2), ElementsAre(1, 2));
}

TEST(BoundedQueue, LingersForMore) {
    constexpr std::chrono::seconds kLong{60};
    struct Case {
        const char* name;
        std::function<void(BoundedQueue<int>&)> meanwhile;
        std::vector<int> batch;
    };
    const Case cases[] = {
        {"until there are enough", [](auto& queue) { queue.push(2), queue.push(3); }, {1, 2, 3}},
        {"until there is no room",
         [](auto& queue) { queue.push(2, 60), queue.push(3, 60); },
         {1, 2}},
        {"until something is urgent", [](auto& queue) { queue.push_at_once(2); }, {1, 2}},
        {"until there are enough that are not",
         [](auto& queue) { queue.push_patiently(2), queue.push_patiently(3); },
         {1, 2, 3}},
        {"until it is closed", [](auto& queue) { queue.close(); }, {1}},
    };
    for (const Case& each : cases) {
        SCOPED_TRACE(each.name);
        BoundedQueue<int> queue(10, 100);
        queue.push(1);
        auto batch = std::async(std::launch::async, [&] { return queue.pop_batch(3, kLong); });
        EXPECT_EQ(batch.wait_for(std::chrono::milliseconds(20)), std::future_status::timeout);
        each.meanwhile(queue);
        EXPECT_EQ(batch.get(), each.batch);
    }
}

TEST(BoundedQueue, LingersOnForWhatIsNotUrgent) {
    BoundedQueue<int> queue(10, 100);
    queue.push(1);
    auto batch = std::async(std::launch::async,
                            [&] { return queue.pop_batch(3, std::chrono::seconds(60)); });
    queue.push_patiently(2);
    EXPECT_EQ(batch.wait_for(std::chrono::milliseconds(20)), std::future_status::timeout);
    queue.push(3);
    EXPECT_THAT(batch.get(), ElementsAre(1, 2, 3));
}

TEST(BoundedQueue, TakesMoreThanItsBoundsFromWhoMustNotWait) {
    BoundedQueue<int> queue(1, 1);
    EXPECT_TRUE(queue.push(1, 1));
    EXPECT_TRUE(queue.push_at_once(2));
    EXPECT_TRUE(queue.push_patiently(3));
    queue.close();
    EXPECT_FALSE(queue.push_patiently(4));
    EXPECT_THAT(queue.pop_batch(10), ElementsAre(1, 2, 3));
}

TEST(BoundedQueue, LingersNoLongerThanAsked) {
    BoundedQueue<int> queue(10, 100);
    queue.push(1);
    EXPECT_THAT(queue.pop_batch(3, std::chrono::milliseconds(1)), ElementsAre(1));
}

TEST(BoundedQueue, WaitsForTheFirstNoLongerThanAsked) {
    using std::chrono::milliseconds;
    constexpr std::chrono::seconds kLong{60};
    BoundedQueue<int> queue(10, 100);
    EXPECT_THAT(queue.pop_batch(3, kLong, milliseconds(1)), IsEmpty());
    queue.push(1);
    EXPECT_THAT(queue.pop_batch(3, milliseconds(1), kLong), ElementsAre(1));
    auto batch = std::async(std::launch::async,
                            [&] { return queue.pop_batch(2, kLong, std::chrono::seconds(60)); });
    queue.push(2);
    EXPECT_EQ(batch.wait_for(milliseconds(20)), std::future_status::timeout);
    queue.push(3);
    EXPECT_THAT(batch.get(), ElementsAre(2, 3));
}

TEST(BoundedQueue, CarriesWhatCannotBeCopied) {
    BoundedQueue<std::unique_ptr<int>> queue(1, 100);
    EXPECT_TRUE(queue.push(std::make_unique<int>(7)));
    EXPECT_EQ(**queue.pop(), 7);
}

TEST(BoundedQueue, DrainsAfterItIsClosed) {
    BoundedQueue<int> queue(10, 100);
    queue.push(1);
    queue.close();
    EXPECT_FALSE(queue.push(2));
    EXPECT_EQ(queue.pop(), 1);
    EXPECT_EQ(queue.pop(), std::nullopt);
    EXPECT_THAT(queue.pop_batch(5), IsEmpty());
}

TEST(BoundedQueue, LetsSomethingTooLargeInWhenItIsEmpty) {
    BoundedQueue<int> queue(10, 100);
    EXPECT_TRUE(queue.push(1, 1000));
    EXPECT_EQ(queue.pop(), 1);
}

// The second push can only return once the first element was popped.
void expect_push_waits(BoundedQueue<int>& queue, std::size_t bytes) {
    queue.push(1, bytes);
    std::atomic<bool> popped = false;
    auto second = std::async(std::launch::async, [&] {
        const bool pushed = queue.push(2, bytes);
        return pushed && popped;
    });
    popped = true;
    EXPECT_EQ(queue.pop(), 1);
    EXPECT_TRUE(second.get());
    EXPECT_EQ(queue.pop(), 2);
}

TEST(BoundedQueue, WaitsForRoomByCount) {
    BoundedQueue<int> queue(1, 1000);
    expect_push_waits(queue, 1);
}

TEST(BoundedQueue, WaitsForRoomByBytes) {
    BoundedQueue<int> queue(10, 100);
    expect_push_waits(queue, 60);
}

TEST(BoundedQueue, WakesThoseWhoWaitWhenItIsClosed) {
    BoundedQueue<int> full(1, 100);
    full.push(1);
    auto pusher = std::async(std::launch::async, [&] { return full.push(2); });
    full.close();
    EXPECT_FALSE(pusher.get());
    BoundedQueue<int> empty(1, 100);
    auto popper = std::async(std::launch::async, [&] { return empty.pop(); });
    empty.close();
    EXPECT_EQ(popper.get(), std::nullopt);
}

// A large element waits behind small ones whose room comes free one by one.
TEST(BoundedQueue, LosesNothingBetweenManyThreads) {
    constexpr int kThreads = 4;
    constexpr int kEach = 5'000;
    BoundedQueue<int> queue(16, 64);
    std::vector<std::thread> producers;
    for (int t = 0; t < kThreads; ++t) {
        producers.emplace_back([&queue, t] {
            for (int i = 0; i < kEach; ++i)
                queue.push(t * kEach + i, static_cast<std::size_t>(1 + i % 60));
        });
    }
    std::vector<std::future<std::vector<int>>> consumers;
    for (int t = 0; t < kThreads; ++t) {
        consumers.push_back(std::async(std::launch::async, [&queue, t] {
            std::vector<int> got;
            for (;;) {
                const auto batch = queue.pop_batch(t % 2 == 0 ? 1 : 8);
                if (batch.empty()) return got;
                got.insert(got.end(), batch.begin(), batch.end());
            }
        }));
    }
    for (auto& producer : producers)
        producer.join();
    queue.close();
    std::vector<int> seen(kThreads * kEach);
    for (auto& consumer : consumers) {
        for (const int value : consumer.get())
            ++seen[static_cast<std::size_t>(value)];
    }
    EXPECT_EQ(std::count(seen.begin(), seen.end(), 1), kThreads * kEach);
}

}  // namespace
}  // namespace feedd
