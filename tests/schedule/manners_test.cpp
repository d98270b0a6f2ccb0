#include "schedule/manners.h"

#include <gtest/gtest.h>

namespace feedd {
namespace {

using std::chrono::milliseconds;

const Time kNow{std::chrono::sys_days{std::chrono::year{2025} / 4 / 8}};

Moment at(int ms) {
    return {.steady = SteadyTime{} + std::chrono::hours{1} + milliseconds{ms},
            .utc = kNow + Seconds{ms / 1000}};
}

Manners manners_of(std::size_t per_host, milliseconds pause) {
    Manners manners;
    manners.limits(per_host, pause);
    return manners;
}

Response answer(const std::string& url, int status, std::optional<std::string> retry_after = {}) {
    return {.status = status,
            .hops = {{.url = url, .status = status, .bytes = 100, .retry_after = retry_after}}};
}

// A whole fetch by a feed that may go at once.
std::vector<HostVisit> fetch(Manners& manners, FeedId feed, const std::string& url,
                             const Response& response, int ms) {
    EXPECT_TRUE(manners.arrive(feed, url, at(ms)));
    manners.sent(feed, url, at(ms));
    return manners.depart(feed, response, at(ms));
}

const std::string kOne = "https://one.tumblr.com/rss";
const std::string kTwo = "https://two.tumblr.com/rss";

TEST(Manners, HoldAllSitesOfAPlatformAfterA429) {
    Manners manners = manners_of(2, milliseconds{0});
    const auto visits = fetch(manners, 1, kOne, answer(kOne, 429, "60"), 0);
    ASSERT_EQ(visits.size(), 1U);
    EXPECT_EQ(visits[0].host, "tumblr.com");
    EXPECT_EQ(visits[0].status, 429);
    EXPECT_EQ(visits[0].bytes, 100U);
    ASSERT_TRUE(visits[0].throttle);
    EXPECT_EQ(visits[0].throttle->held_until, kNow + Seconds{60});
    EXPECT_FALSE(manners.arrive(2, kTwo, at(1000)));
    EXPECT_FALSE(manners.arrive(3, kOne, at(1000)));
    EXPECT_TRUE(manners.arrive(4, "https://example.org/", at(1000))) << "nobody else waits";
    EXPECT_EQ(manners.next_turn(), at(60'000).steady);
    ASSERT_TRUE(manners.hold_on(kTwo, kNow + Seconds{59}));
    EXPECT_FALSE(manners.hold_on(kTwo, kNow + Seconds{60}));
    EXPECT_EQ(manners.next(at(60'000).steady), 2);
    manners.sent(2, kTwo, at(60'000));
    EXPECT_EQ(manners.next(at(61'999).steady), std::nullopt) << "not all in the same second";
    EXPECT_EQ(manners.next(at(62'000).steady), 3);
    const auto after = manners.depart(2, answer(kTwo, 304), at(62'100));
    ASSERT_EQ(after.size(), 1U);
    EXPECT_FALSE(after[0].breach);
}

TEST(Manners, HoldOnlyTheFeedOnAPrivateAddress) {
    Manners manners = manners_of(2, milliseconds{500});
    const std::string url = "http://127.0.0.1:1200/route";
    manners.learn_public(url, false);
    EXPECT_TRUE(manners.is_private("http://127.0.0.1:9/"));
    const auto visits = fetch(manners, 1, url, answer(url, 429, "60"), 0);
    EXPECT_FALSE(visits.at(0).throttle);
    EXPECT_TRUE(manners.arrive(2, "http://127.0.0.1:1200/other", at(1)));
    EXPECT_TRUE(manners.arrive(3, "http://127.0.0.1:1200/third", at(1))) << "and without a pause";
    manners.sent(2, "http://127.0.0.1:1200/other", at(1));
    manners.sent(3, url, at(2));
    EXPECT_FALSE(manners.depart(2, answer("", 200), at(3)).at(0).breach);
    EXPECT_TRUE(manners.depart(3, answer("", 200), at(3)).at(0).breach)
        << "that very URL was not to be asked";
}

TEST(Manners, HoldOnlyTheFeedAfterA503) {
    Manners manners = manners_of(2, milliseconds{0});
    EXPECT_FALSE(fetch(manners, 1, kOne, answer(kOne, 503, "60"), 0).at(0).throttle);
    EXPECT_TRUE(manners.arrive(2, kTwo, at(1)));
}

TEST(Manners, ReportWhatWasSentAgainstTheWishOfTheServer) {
    Manners manners = manners_of(2, milliseconds{0});
    EXPECT_TRUE(manners.arrive(1, kOne, at(0)));
    EXPECT_TRUE(manners.arrive(2, kTwo, at(0)));
    manners.sent(1, kOne, at(0));
    (void)manners.depart(1, answer(kOne, 429, "60"), at(100));
    // It had its slot before: that it sends now is a mistake, and must show.
    manners.sent(2, kTwo, at(200));
    const auto visits = manners.depart(2, answer(kTwo, 200), at(300));
    ASSERT_EQ(visits.size(), 1U);
    EXPECT_TRUE(visits[0].breach);
    EXPECT_EQ(visits[0].spacing, milliseconds{200});
}

TEST(Manners, ChargeEachHopToItsHost) {
    Manners manners = manners_of(1, milliseconds{0});
    const std::string from = "https://feeds.feedburner.com/a";
    const std::string to = "https://example.org/a";
    EXPECT_TRUE(manners.arrive(1, from, at(0)));
    manners.sent(1, from, at(0));
    EXPECT_TRUE(manners.redirected(1, to, at(50)));
    EXPECT_TRUE(manners.arrive(2, from, at(60))) << "its slot there is free again";
    EXPECT_FALSE(manners.arrive(3, to, at(60))) << "and one here is taken";
    manners.sent(1, to, at(70));
    const auto visits = manners.depart(
        1, {.hops = {{.url = from, .status = 301, .bytes = 10}, {.url = to, .status = 200}}},
        at(80));
    ASSERT_EQ(visits.size(), 2U);
    EXPECT_EQ(visits[0].host, "feedburner.com");
    EXPECT_EQ(visits[0].status, 301);
    EXPECT_EQ(visits[1].host, "example.org");
    EXPECT_EQ(visits[1].status, 200);
    EXPECT_EQ(manners.next(at(90).steady), 3);
}

TEST(Manners, MakeARedirectIntoAHeldHostWait) {
    Manners manners = manners_of(2, milliseconds{0});
    (void)fetch(manners, 1, kOne, answer(kOne, 429, "60"), 0);
    const std::string from = "https://example.org/a";
    EXPECT_TRUE(manners.arrive(2, from, at(10)));
    manners.sent(2, from, at(10));
    EXPECT_FALSE(manners.redirected(2, kTwo, at(20)));
    manners.give_up(2);
    EXPECT_EQ(manners.waiting(), 0U);
    const auto visits = manners.depart(2, answer(from, 301), at(30));
    ASSERT_EQ(visits.size(), 1U);
    EXPECT_EQ(visits[0].host, "example.org");
}

TEST(Manners, RememberAHoldAcrossARestart) {
    Manners before = manners_of(2, milliseconds{0});
    const auto throttle = fetch(before, 1, kOne, answer(kOne, 429, "60"), 0).at(0).throttle;
    ASSERT_TRUE(throttle);
    Manners after = manners_of(2, milliseconds{0});
    after.remember("tumblr.com", *throttle, at(20'000));
    EXPECT_FALSE(after.arrive(1, kOne, at(20'000)));
    EXPECT_EQ(after.next(at(59'999).steady), std::nullopt);
    EXPECT_EQ(after.next(at(60'000).steady), 1);
}

TEST(Manners, TurnAwayWhoWaits) {
    Manners manners = manners_of(1, milliseconds{0});
    EXPECT_TRUE(manners.arrive(1, kOne, at(0)));
    EXPECT_FALSE(manners.arrive(2, kTwo, at(0)));
    EXPECT_FALSE(manners.arrive(3, kTwo, at(0)));
    EXPECT_EQ(manners.turn_away("tumblr.com"), (std::vector<FeedId>{2, 3}));
    EXPECT_EQ(manners.waiting(), 0U);
}

}  // namespace
}  // namespace feedd
