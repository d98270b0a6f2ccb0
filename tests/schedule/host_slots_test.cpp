#include "schedule/host_slots.h"

#include <algorithm>
#include <deque>
#include <map>
#include <random>
#include <set>

#include <gtest/gtest.h>

namespace feedd {
namespace {

TEST(HostSlots, LetSoManyInAndQueueTheOthersInOrder) {
    HostSlots slots(2);
    EXPECT_TRUE(slots.enter("a", 1));
    EXPECT_TRUE(slots.enter("a", 2));
    EXPECT_FALSE(slots.enter("a", 3));
    EXPECT_FALSE(slots.enter("a", 4));
    EXPECT_TRUE(slots.enter("b", 5)) << "another host is another door";
    EXPECT_EQ(slots.waiting(), 2U);
    EXPECT_EQ(slots.leave("a"), 3);
    EXPECT_EQ(slots.leave("a"), 4);
    EXPECT_EQ(slots.leave("a"), std::nullopt);
    EXPECT_EQ(slots.leave("a"), std::nullopt);
    EXPECT_EQ(slots.waiting(), 0U);
    EXPECT_TRUE(slots.enter("a", 6));
}

TEST(HostSlots, DoNotQueueAFeedTwice) {
    HostSlots slots(1);
    EXPECT_TRUE(slots.enter("a", 1));
    EXPECT_FALSE(slots.enter("a", 2));
    EXPECT_FALSE(slots.enter("a", 2));
    EXPECT_EQ(slots.waiting(), 1U);
    EXPECT_EQ(slots.leave("a"), 2);
    EXPECT_EQ(slots.leave("a"), std::nullopt);
}

TEST(HostSlots, ForgetAFeedThatLeftTheList) {
    HostSlots slots(1);
    EXPECT_TRUE(slots.enter("a", 1));
    EXPECT_FALSE(slots.enter("a", 2));
    EXPECT_FALSE(slots.enter("a", 3));
    slots.forget("a", 2);
    slots.forget("a", 9);
    slots.forget("nowhere", 3);
    EXPECT_EQ(slots.waiting(), 1U);
    EXPECT_EQ(slots.leave("a"), 3);
}

TEST(HostSlots, FollowALimitThatIsLowered) {
    HostSlots slots(3);
    for (FeedId feed = 1; feed <= 3; ++feed)
        EXPECT_TRUE(slots.enter("a", feed));
    EXPECT_FALSE(slots.enter("a", 4));
    slots.per_host(1);
    EXPECT_EQ(slots.leave("a"), std::nullopt) << "two are still busy";
    EXPECT_EQ(slots.leave("a"), std::nullopt);
    EXPECT_EQ(slots.leave("a"), 4);
}

TEST(HostSlots, TakeALimitOfZeroForOne) {
    HostSlots slots(0);
    EXPECT_TRUE(slots.enter("a", 1));
    EXPECT_FALSE(slots.enter("a", 2));
    EXPECT_EQ(slots.leave("a"), 2);
}

TEST(HostSlots, IgnoreALeaveThatNobodyEnteredFor) {
    HostSlots slots(1);
    EXPECT_EQ(slots.leave("a"), std::nullopt);
    EXPECT_TRUE(slots.enter("a", 1));
}

TEST(HostSlots, NeverExceedTheLimitAndLoseNobodyUnderRandomOperations) {
    std::mt19937 random(7);
    HostSlots slots(2);
    std::map<std::string, std::set<FeedId>> inside;
    std::map<std::string, std::deque<FeedId>> outside;
    const auto has = [](const std::deque<FeedId>& queue, FeedId feed) {
        return std::find(queue.begin(), queue.end(), feed) != queue.end();
    };
    for (int step = 0; step < 20'000; ++step) {
        const FeedId feed = static_cast<FeedId>(random() % 30);
        const std::string host(1, static_cast<char>('a' + feed % 4));
        auto& in = inside[host];
        auto& out = outside[host];
        const auto action = random() % 3;
        if (action == 0 && !in.contains(feed) && !has(out, feed)) {
            const bool entered = slots.enter(host, feed);
            ASSERT_EQ(entered, in.size() < 2);
            if (entered) in.insert(feed);
            if (!entered) out.push_back(feed);
        } else if (action == 1 && in.contains(feed)) {
            in.erase(feed);
            const auto next = slots.leave(host);
            ASSERT_EQ(next, out.empty() ? std::nullopt : std::optional(out.front()));
            if (next) {
                out.pop_front();
                in.insert(*next);
            }
        } else if (action == 2) {
            slots.forget(host, feed);
            std::erase(out, feed);
        }
        ASSERT_LE(in.size(), 2U);
        std::size_t waiting = 0;
        for (const auto& [name, queue] : outside)
            waiting += queue.size();
        ASSERT_EQ(slots.waiting(), waiting);
    }
}

}  // namespace
}  // namespace feedd
