#include "schedule/host_line.h"

#include <algorithm>
#include <deque>
#include <map>
#include <random>
#include <set>

#include <gtest/gtest.h>

namespace feedd {
namespace {

using std::chrono::milliseconds;

SteadyTime ms(int count) {
    return SteadyTime{} + std::chrono::hours{1} + milliseconds{count};
}

HostLine line_of(std::size_t per_host, milliseconds pause) {
    HostLine line;
    line.limits(per_host, pause);
    return line;
}

TEST(HostLine, LetsSoManyInAndTheOthersWaitInOrder) {
    HostLine line = line_of(2, milliseconds{0});
    EXPECT_TRUE(line.enter("a", 1, ms(0)));
    EXPECT_TRUE(line.enter("a", 2, ms(0)));
    EXPECT_FALSE(line.enter("a", 3, ms(0)));
    EXPECT_FALSE(line.enter("a", 4, ms(0)));
    EXPECT_FALSE(line.enter("a", 3, ms(0))) << "it waits already";
    EXPECT_TRUE(line.enter("b", 5, ms(0))) << "another host is another line";
    EXPECT_EQ(line.waiting(), 2U);
    EXPECT_EQ(line.next(ms(0)), std::nullopt);
    EXPECT_EQ(line.next_turn(), std::nullopt) << "a slot is missing, not time";
    line.leave("a", 1);
    EXPECT_EQ(line.next(ms(0)), 3);
    EXPECT_EQ(line.next(ms(0)), std::nullopt);
    line.leave("a", 2);
    EXPECT_EQ(line.next(ms(0)), 4);
    EXPECT_EQ(line.waiting(), 0U);
}

TEST(HostLine, LaysThePauseBetweenRequestsNotBetweenDecisions) {
    HostLine line = line_of(4, milliseconds{500});
    EXPECT_TRUE(line.enter("a", 1, ms(0)));
    EXPECT_FALSE(line.enter("a", 2, ms(0)));
    EXPECT_EQ(line.next(ms(2000)), std::nullopt) << "the first still looks its name up";
    line.sent("a", 1, ms(2100));
    EXPECT_EQ(line.next_turn(), ms(2600));
    EXPECT_EQ(line.next(ms(2599)), std::nullopt);
    EXPECT_EQ(line.next(ms(2600)), 2) << "although the first is not answered yet";
}

TEST(HostLine, LimitsNobodyAtAnUnlimitedHostButHoldsIt) {
    HostLine line;
    line.limits(1, milliseconds{500}, [](const std::string& host) { return host == "mine"; });
    for (FeedId feed = 1; feed < 100; ++feed)
        EXPECT_TRUE(line.enter("mine", feed, ms(0)));
    line.hold("mine", ms(1000));
    EXPECT_FALSE(line.enter("mine", 100, ms(0)));
    EXPECT_EQ(line.next(ms(1000)), 100);
    EXPECT_TRUE(line.enter("other", 201, ms(0)));
    EXPECT_FALSE(line.enter("other", 202, ms(0)));
    EXPECT_FALSE(line.enter("mine", 203, ms(999)));
    line.limits(1, milliseconds{500});
    EXPECT_EQ(line.next(ms(5000)), std::nullopt) << "a list may take it back";
}

TEST(HostLine, GoesOnWhenSomebodyLeavesWithoutHavingSent) {
    HostLine line = line_of(4, milliseconds{500});
    EXPECT_TRUE(line.enter("a", 1, ms(0)));
    EXPECT_FALSE(line.enter("a", 2, ms(0)));
    line.leave("a", 1);
    EXPECT_EQ(line.next(ms(10)), 2);
}

TEST(HostLine, KeepsThePauseWhenTheHostIsLeft) {
    HostLine line = line_of(2, milliseconds{500});
    EXPECT_TRUE(line.enter("a", 1, ms(0)));
    line.sent("a", 1, ms(5));
    line.leave("a", 1);
    EXPECT_FALSE(line.enter("a", 1, ms(100)));
    EXPECT_EQ(line.next(ms(505)), 1);
}

TEST(HostLine, HasNoPauseAtAPrivateHost) {
    HostLine line = line_of(3, milliseconds{500});
    EXPECT_TRUE(line.enter("a", 1, ms(0)));
    EXPECT_FALSE(line.enter("a", 2, ms(0)));
    line.lift_pause("a", true);
    EXPECT_EQ(line.next(ms(0)), 2);
    EXPECT_TRUE(line.enter("a", 3, ms(0)));
    EXPECT_FALSE(line.enter("a", 4, ms(0))) << "per_host holds there, too";
    line.lift_pause("a", false);
    line.sent("a", 3, ms(10));
    line.leave("a", 1);
    EXPECT_EQ(line.next(ms(10)), std::nullopt);
    EXPECT_EQ(line.next(ms(510)), 4);
}

TEST(HostLine, SlowsDownForAHostThatComplainedEvenIfPausesAreLifted) {
    HostLine line = line_of(8, milliseconds{0});
    line.slow_down("a", milliseconds{2000});
    EXPECT_TRUE(line.enter("a", 1, ms(0)));
    line.sent("a", 1, ms(0));
    EXPECT_FALSE(line.enter("a", 2, ms(1999)));
    EXPECT_EQ(line.next(ms(2000)), 2);
    line.slow_down("a", milliseconds{0});
    line.sent("a", 2, ms(2000));
    EXPECT_TRUE(line.enter("a", 3, ms(2000)));
}

TEST(HostLine, LetsNobodyInWhileItIsHeldAndThenOneByOne) {
    HostLine line = line_of(2, milliseconds{500});
    line.hold("a", ms(60'000));
    line.hold("a", ms(30'000));
    EXPECT_TRUE(line.held("a", ms(59'999)));
    EXPECT_FALSE(line.held("a", ms(60'000)));
    EXPECT_FALSE(line.held("b", ms(0)));
    for (FeedId feed = 1; feed <= 3; ++feed)
        EXPECT_FALSE(line.enter("a", feed, ms(0)));
    EXPECT_FALSE(line.enter_first("a", 9, ms(0)));
    EXPECT_EQ(line.next_turn(), ms(60'000));
    EXPECT_EQ(line.next(ms(60'000)), 9) << "the redirect first";
    line.sent("a", 9, ms(60'000));
    EXPECT_EQ(line.next(ms(60'499)), std::nullopt);
    EXPECT_EQ(line.next(ms(60'500)), 1);
}

TEST(HostLine, ForgetsWhoLeftTheListAndTurnsAllAway) {
    HostLine line = line_of(1, milliseconds{0});
    EXPECT_TRUE(line.enter("a", 1, ms(0)));
    for (FeedId feed = 2; feed <= 5; ++feed)
        EXPECT_FALSE(line.enter("a", feed, ms(0)));
    line.forget(3);
    line.forget(77);
    EXPECT_EQ(line.turn_away("a"), (std::vector<FeedId>{2, 4, 5}));
    EXPECT_EQ(line.turn_away("nowhere"), std::vector<FeedId>{});
    EXPECT_EQ(line.waiting(), 0U);
    line.leave("a", 1);
    EXPECT_EQ(line.next(ms(0)), std::nullopt);
}

TEST(HostLine, TakesNewLimitsOver) {
    HostLine line = line_of(3, milliseconds{0});
    for (FeedId feed = 1; feed <= 3; ++feed)
        EXPECT_TRUE(line.enter("a", feed, ms(0)));
    EXPECT_FALSE(line.enter("a", 4, ms(0)));
    line.limits(1, milliseconds{0});
    line.leave("a", 1);
    line.leave("a", 2);
    EXPECT_EQ(line.next(ms(0)), std::nullopt) << "one is still busy";
    line.limits(0, milliseconds{0});
    EXPECT_EQ(line.next(ms(0)), 4) << "0 lifts it";
    EXPECT_TRUE(line.enter("a", 5, ms(0)));
}

TEST(HostLine, ForgetsHostsThatNothingIsToBeRememberedOf) {
    HostLine line = line_of(2, milliseconds{500});
    for (int i = 0; i < 100'000; ++i) {
        const std::string host = "h" + std::to_string(i);
        ASSERT_TRUE(line.enter(host, i, ms(i)));
        line.sent(host, i, ms(i));
        line.leave(host, i);
    }
    EXPECT_LT(line.hosts(), 5000U);
}

// Random operations against a plain model: the limit and the pause hold on the wire, nobody is
// lost, and the order is kept.
TEST(HostLine, NeverBreaksALimitOrAPauseAndLosesNobody) {
    std::mt19937 random(7);
    constexpr milliseconds kPause{40};
    HostLine line = line_of(2, kPause);
    struct Model {
        std::set<FeedId> inside;
        std::deque<FeedId> outside;
        std::set<FeedId> unsent;
        std::optional<int> last_sent;
        int held_until = 0;
    };
    std::map<std::string, Model> hosts;
    int now = 0;
    std::size_t served = 0;
    const auto let_in = [&](Model& model, FeedId feed) {
        ASSERT_LT(model.inside.size(), 2U);
        ASSERT_TRUE(model.unsent.empty());
        ASSERT_GE(now, model.held_until);
        model.inside.insert(feed);
        model.unsent.insert(feed);
        ++served;
    };
    for (int step = 0; step < 50'000; ++step) {
        now += static_cast<int>(random() % 20);
        const FeedId feed = static_cast<FeedId>(random() % 30);
        const std::string host(1, static_cast<char>('a' + feed % 4));
        Model& model = hosts[host];
        const bool waits = std::ranges::find(model.outside, feed) != model.outside.end();
        const auto action = random() % 16;
        if (action < 6 && !model.inside.contains(feed) && !waits) {
            if (line.enter(host, feed, ms(now))) {
                ASSERT_TRUE(model.outside.empty());
                let_in(model, feed);
            } else {
                model.outside.push_back(feed);
            }
        } else if (action < 10 && model.unsent.contains(feed)) {
            if (model.last_sent) {
                ASSERT_GE(now - *model.last_sent, kPause.count());
            }
            line.sent(host, feed, ms(now));
            model.unsent.erase(feed);
            model.last_sent = now;
        } else if (action < 13 && model.inside.erase(feed) > 0) {
            model.unsent.erase(feed);
            line.leave(host, feed);
        } else if (action == 13) {
            line.forget(feed);
            std::erase(model.outside, feed);
        } else if (action == 14 && random() % 50 == 0) {
            model.held_until = std::max(model.held_until, now + 300);
            line.hold(host, ms(now + 300));
        }
        while (const auto next = line.next(ms(now))) {
            Model& of = hosts[std::string(1, static_cast<char>('a' + *next % 4))];
            ASSERT_EQ(of.outside.front(), *next);
            of.outside.pop_front();
            let_in(of, *next);
        }
        std::size_t waiting = 0;
        for (const auto& [name, each] : hosts)
            waiting += each.outside.size();
        ASSERT_EQ(line.waiting(), waiting);
    }
    EXPECT_GT(served, 3000U);
}

TEST(HostLine, ServesAHundredThousandFeedsOfOneHostQuickly) {
    constexpr FeedId kFeeds = 100'000;
    HostLine line = line_of(2, milliseconds{1});
    for (FeedId feed = 0; feed < kFeeds; ++feed)
        (void)line.enter("a", feed, ms(0));
    for (FeedId feed = kFeeds / 2; feed < kFeeds; ++feed)
        line.forget(feed);
    line.sent("a", 0, ms(0));
    line.leave("a", 0);
    const auto begun = std::chrono::steady_clock::now();
    int now = 0;
    FeedId last = 0;
    while (line.waiting() > 0) {
        const auto feed = line.next(ms(++now));
        ASSERT_TRUE(feed);
        ASSERT_EQ(*feed, last + 1);
        last = *feed;
        line.sent("a", *feed, ms(now));
        line.leave("a", *feed);
    }
    EXPECT_EQ(now, kFeeds / 2 - 1) << "one per pause";
    // A scan of the line for each would take minutes.
    EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds{5});
}

}  // namespace
}  // namespace feedd
