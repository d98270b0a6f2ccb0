// Feeds that move to where another one is polled.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "samples.h"

namespace feedd::test {
namespace {

using testing::HasSubstr;

constexpr const char* kMerged =
    "SELECT group_concat(name || '=' || coalesce(merged_into, '-'), ' ') FROM "
    "(SELECT * FROM feeds ORDER BY id)";

// The poll after which the feed would be at `url`.
PollOutcome moving(const FeedState& feed, const std::string& url, int when = 60) {
    PollOutcome outcome = poll(feed, at(when), {item("a", "alpha")});
    outcome.state.url = url;
    return outcome;
}

TEST(Merge, KeepsAFeedWhereItIsWhenAnotherIsPolledAtItsNewUrl) {
    Store store;
    const FeedState one = store.feed(0);
    const std::string two = store.feed(1).url;
    const PollReport report = store.commit(moving(one, two));
    ASSERT_FALSE(report.error);
    EXPECT_EQ(report.merged_into, store.feed(1).id);
    EXPECT_EQ(report.added, 1) << "what it brought stays";
    EXPECT_EQ(store.value("SELECT url FROM feeds WHERE id = 1"), one.url);
    EXPECT_THAT(store.value(kMerged), HasSubstr("one=2 two=-"));
    EXPECT_EQ(store.reader()->feeds({.names = {"one"}})->front().merged_into, "two");
}

TEST(Merge, ComparesWhatIsAskedNotHowItIsWritten) {
    Store store;
    EXPECT_TRUE(
        store.commit(moving(store.feed(0), "HTTPS://Two.Example:443/feed#top")).merged_into);
}

TEST(Merge, LeavesAFeedAloneThatMovesToAPlaceOfItsOwn) {
    Store store;
    const PollReport report = store.commit(moving(store.feed(0), "https://two.example/feed?other"));
    EXPECT_FALSE(report.merged_into);
    EXPECT_EQ(store.value("SELECT url FROM feeds WHERE id = 1"), "https://two.example/feed?other");
}

TEST(Merge, IsNotWithAFeedThatIsAskedInAnotherWay) {
    Store store;
    FeedSpec two = spec(store.feed(1).listed_url, "two");
    two.user_agent = "another/1";
    store.apply({spec(store.feed(0).listed_url, "one"), two}, at(1));
    EXPECT_FALSE(store.commit(moving(store.feed(0), store.feed(1).url)).merged_into);
}

TEST(Merge, IsNotMutual) {
    Store store;
    const FeedState one = store.feed(0);
    const FeedState two = store.feed(1);
    EXPECT_TRUE(store.commit(moving(one, two.url)).merged_into);
    EXPECT_FALSE(store.commit(moving(two, one.url, 120)).merged_into) << "one of them is polled";
}

TEST(Merge, TakesAlongWhatWasMergedBefore) {
    Store store;
    const auto feeds = store.apply(
        {spec("https://one.example/feed", "one"), spec("https://two.example/feed", "two"),
         spec("https://three.example/feed", "three")},
        at(1));
    EXPECT_TRUE(store.commit(moving(feeds[0], feeds[1].url)).merged_into);
    EXPECT_TRUE(store.commit(moving(feeds[1], feeds[2].url)).merged_into);
    const std::string third = std::to_string(feeds[2].id);
    EXPECT_THAT(store.value(kMerged), HasSubstr("one=" + third + " two=" + third));
}

struct ReleaseCase {
    const char* name;
    std::vector<FeedSpec> list;
    bool released;
};

class Release : public testing::TestWithParam<ReleaseCase> {};

TEST_P(Release, IsWhenTheOtherIsNoLongerPolledThereOrTheEntryIsTouched) {
    Store store;
    ASSERT_TRUE(store.commit(moving(store.feed(0), store.feed(1).url)).merged_into);
    EXPECT_EQ(store.apply(GetParam().list, at(120)).front().merged_into.has_value(),
              !GetParam().released);
}

FeedSpec with_agent(FeedSpec spec) {
    spec.user_agent = "another/1";
    return spec;
}

const FeedSpec kOne = spec("https://one.example/feed", "one");
const FeedSpec kTwo = spec("https://two.example/feed", "two");

const ReleaseCase kReleases[] = {
    {"nothing_changed", {kOne, kTwo}, false},
    {"the_other_was_renamed", {kOne, spec(kTwo.url, "zwei")}, false},
    {"the_other_left", {kOne}, true},
    {"the_other_has_another_url", {kOne, spec("https://elsewhere.example/", "two")}, true},
    {"renamed", {spec(kOne.url, "eins"), kTwo}, true},
    {"asked_in_another_way", {with_agent(kOne), kTwo}, true},
};

INSTANTIATE_TEST_SUITE_P(Edits, Release, testing::ValuesIn(kReleases),
                         [](const auto& test) { return test.param.name; });

TEST(Merge, EndsWhenTheOtherIsGone) {
    Store store;
    ASSERT_TRUE(store.commit(moving(store.feed(0), store.feed(1).url)).merged_into);
    PollOutcome gone = poll(store.feed(1), at(120), {});
    gone.result = PollResult::failed;
    gone.error = PollError::gone;
    gone.state.status = FeedStatus::gone;
    gone.plan.never = true;
    ASSERT_FALSE(store.commit(gone).error);
    EXPECT_THAT(store.value(kMerged), HasSubstr("one=- two=-"));
}

}  // namespace
}  // namespace feedd::test
