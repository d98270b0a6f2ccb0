// The politeness ledger.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "samples.h"

namespace feedd::test {
namespace {

using std::chrono::milliseconds;
using testing::ElementsAre;

HostVisit visit(const std::string& host, int when, int status,
                std::optional<milliseconds> spacing = std::nullopt) {
    return {.host = host, .at = at(when), .spacing = spacing, .status = status, .bytes = 100};
}

constexpr const char* kLedger =
    "SELECT host, first_at, last_at, requests, not_modified, complaints, breaches, bytes, "
    "least_spacing_ms FROM hosts ORDER BY host";

TEST(Hosts, AreAddedUpOverPollsAndCommits) {
    Store store;
    PollOutcome first = poll(store.feed(0), at(60), {});
    first.visits = {visit("a.example", 60, 301), visit("b.example", 61, 304)};
    PollOutcome second = poll(store.feed(1), at(90), {});
    second.visits = {visit("b.example", 90, 200, milliseconds{29'000})};
    second.visits[0].breach = true;
    const std::vector<PollOutcome> together{first, second};
    for (const PollReport& report : store.writer().commit(together, simple_judge))
        EXPECT_FALSE(report.error);
    PollOutcome third = poll(store.feed(1), at(120), {});
    third.visits = {visit("b.example", 120, 304, milliseconds{500})};
    store.commit(third);
    EXPECT_THAT(store.rows(kLedger),
                ElementsAre("a.example|2025-04-08T00:01:00Z|2025-04-08T00:01:00Z|1|0|0|0|100|NULL",
                            "b.example|2025-04-08T00:01:01Z|2025-04-08T00:02:00Z|3|2|0|1|300|500"));
}

TEST(Hosts, AreChargedEvenIfTheOutcomeIsRefused) {
    Store store;
    PollOutcome outcome = poll(store.feed(0), at(60), {});
    outcome.visits = {visit("a.example", 60, 200)};
    store.apply({spec(store.feed(1).listed_url, "two")}, at(50));
    EXPECT_TRUE(store.commit(outcome).error);
    EXPECT_EQ(store.value("SELECT requests FROM hosts"), "1");
}

TEST(Hosts, KeepTheLaterEndOfAHold) {
    Store store;
    const auto held = [&](int when, int until, const char* reason) {
        PollOutcome outcome = poll(store.feed(0), at(when), {});
        outcome.visits = {visit("a.example", when, 429)};
        outcome.visits[0].throttle = Throttle{.strikes = 1,
                                              .struck_at = at(when),
                                              .held_from = at(when),
                                              .held_until = at(until),
                                              .reason = reason};
        store.commit(outcome);
    };
    held(60, 600, "first");
    held(50, 300, "an older one, committed later");
    const auto hosts = store.reader()->hosts({.throttled = true});
    ASSERT_TRUE(hosts);
    ASSERT_EQ(hosts->size(), 1U);
    EXPECT_EQ(hosts->front().throttle, (Throttle{.strikes = 1,
                                                 .struck_at = at(60),
                                                 .held_from = at(60),
                                                 .held_until = at(600),
                                                 .reason = "first"}));
    EXPECT_EQ(hosts->front().complaints, 2);
}

TEST(Hosts, ArePrunedWhenTheyWereNotAskedForLong) {
    Store store;
    PollOutcome outcome = poll(store.feed(0), at(60), {});
    outcome.visits = {visit("old.example", 10, 200), visit("new.example", 60, 200)};
    store.commit(outcome);
    EXPECT_TRUE(store.reader()->hosts({.throttled = true})->empty());
    EXPECT_EQ(store.writer().prune_hosts(at(30), 10), 1);
    EXPECT_EQ(store.value("SELECT host FROM hosts"), "new.example");
}

TEST(Gaps, AreCountedPerFeed) {
    Store store;
    for (int i = 0; i < 4; ++i) {
        PollOutcome outcome = poll(store.feed(0), at(60 * i), {});
        outcome.gap_suspected = i % 2 == 1;
        outcome.items = 10 + i;
        store.commit(outcome);
        store.commit(poll(store.feed(1), at(60 * i), {}));
    }
    const auto gaps = store.reader()->gaps();
    ASSERT_TRUE(gaps);
    ASSERT_EQ(gaps->size(), 1U);
    EXPECT_EQ(gaps->front().feed, "one");
    EXPECT_EQ(gaps->front().polls, 4);
    EXPECT_EQ(gaps->front().gaps, 2);
    EXPECT_EQ(gaps->front().items, 13);
    EXPECT_EQ(gaps->front().last_gap_at, at(180));
}

// A bug that one outcome meets.
Verdict throwing_judge(const Candidate& candidate, const Evidence& evidence) {
    if (candidate.guid == "bad") throw std::logic_error("a bug");
    return simple_judge(candidate, evidence);
}

TEST(Commit, CostsABugOneOutcomeAndNotItsNeighbours) {
    Store store;
    const std::vector<PollOutcome> outcomes{
        poll(store.feed(0), at(60), {item("good", "alpha"), item("bad", "beta")}),
        poll(store.feed(1), at(60), {item("fine", "gamma")})};
    const auto reports = store.writer().commit(outcomes, throwing_judge);
    ASSERT_EQ(reports.size(), 2U);
    EXPECT_TRUE(reports[0].error);
    EXPECT_FALSE(reports[1].error);
    EXPECT_EQ(store.value("SELECT group_concat(content_text) FROM articles"), "gamma");
    EXPECT_EQ(store.value("SELECT max(seq) FROM changes"), "1");
}

}  // namespace
}  // namespace feedd::test
