#include "service/resting_feed.h"

#include <gtest/gtest.h>

#include "schedule/next_poll.h"
#include "schedule/rhythm.h"

namespace feedd::test {
namespace {

using std::chrono::days;
using std::chrono::hours;

const Time kNow{std::chrono::sys_days{std::chrono::year{2025} / 5 / 1}};

FeedSpec full_spec() {
    FeedSpec spec{.url = "https://one.example/feed",
                  .name = "one",
                  .interval = Seconds{900},
                  .min_interval = Seconds{61},
                  .max_interval = Seconds{7200},
                  .timeout = Seconds{7},
                  .max_body = 12345,
                  .user_agent = "me/1",
                  .archive = true,
                  .retention = {.age = days{3}, .count = 7}};
    spec.access.headers = {{"Authorization", Secret("Bearer x")}};
    spec.access.client_certificate = "/c.pem";
    spec.access.proxy = Proxy{.url = "http://proxy:3128", .user = Secret("u")};
    spec.secret_url = true;
    return spec;
}

Rhythm daily() {
    std::vector<Time> dates;
    for (int i = 0; i < 20; ++i)
        dates.push_back(kNow - days{i} - Seconds{i * i});
    return learned({}, {.published = dates, .window = 20}, kNow);
}

FeedState full_state() {
    return {.id = 17,
            .listed_url = "https://one.example/feed",
            .url = "https://moved.example/feed",
            .name = "one",
            .status = FeedStatus::failing,
            .validators = {.etag = std::string("W/\"a\0b\"", 7), .last_modified = "yesterday"},
            .body_hash = "0123456789abcdef0123456789abcdef",
            .last_polled_at = kNow,
            .last_success_at = kNow - hours{1},
            .last_new_at = kNow - days{40},
            .next_poll_at = kNow + hours{9},
            .not_before = kNow + hours{2},
            .failures = 3,
            .last_error = "HTTP 404",
            .move = Move{.to = "https://new.example/", .polls = 2},
            .merged_into = 4,
            .guid_trust = GuidTrust::volatile_guids,
            .period = days{1},
            .silent_since = kNow - days{2},
            .hints = {.ttl_minutes = 60,
                      .update_period = Seconds{86400},
                      .skip_hours = 0x800001,
                      .skip_days = 0x41}};
}

void expect_same(const FeedState& is, const FeedState& was) {
    EXPECT_EQ(is.id, was.id);
    EXPECT_EQ(is.listed_url, was.listed_url);
    EXPECT_EQ(is.url, was.url);
    EXPECT_EQ(is.name, was.name);
    EXPECT_EQ(is.status, was.status);
    EXPECT_EQ(is.validators, was.validators);
    EXPECT_EQ(is.body_hash, was.body_hash);
    EXPECT_EQ(is.last_polled_at, was.last_polled_at);
    EXPECT_EQ(is.last_success_at, was.last_success_at);
    EXPECT_EQ(is.last_new_at, was.last_new_at);
    EXPECT_EQ(is.next_poll_at, was.next_poll_at);
    EXPECT_EQ(is.not_before, was.not_before);
    EXPECT_EQ(is.failures, was.failures);
    EXPECT_EQ(is.last_error, was.last_error);
    EXPECT_EQ(is.move, was.move);
    EXPECT_EQ(is.merged_into, was.merged_into);
    EXPECT_EQ(is.guid_trust, was.guid_trust);
    EXPECT_EQ(is.period, was.period);
    EXPECT_EQ(is.silent_since, was.silent_since);
    EXPECT_EQ(is.hints, was.hints);
}

TEST(RestingFeed, GivesBackAllThatItWasGiven) {
    CommonSpecs specs;
    const FeedSpec spec = full_spec();
    FeedState plain{.id = 1, .listed_url = spec.url, .url = spec.url, .name = spec.name};
    for (const FeedState& state : {full_state(), plain}) {
        const RestingFeed feed(specs.of(spec), spec, state);
        EXPECT_EQ(feed.spec(), spec);
        expect_same(feed.state(), state);
        EXPECT_EQ(feed.state().rhythm, std::nullopt);
        EXPECT_EQ(feed.url(), state.url);
        EXPECT_EQ(feed.listed_url(), spec.url);
        EXPECT_EQ(feed.name(), spec.name);
        EXPECT_EQ(feed.asleep(), is_asleep(state.status, state.merged_into));
        EXPECT_EQ(feed.due(kNow), due_at(state, kNow));
    }
}

TEST(RestingFeed, HasTheRhythmThatTheStoreHas) {
    CommonSpecs specs;
    FeedState state = full_state();
    state.rhythm = daily();
    const RestingFeed feed(specs.of(full_spec()), full_spec(), state);
    expect_same(feed.state(), state);
    ASSERT_TRUE(feed.state().rhythm);
    EXPECT_EQ(feed.state().rhythm, rhythm_from_text(to_text(*state.rhythm)));
}

TEST(RestingFeed, KeepsItsStateWhenItIsListedAnew) {
    CommonSpecs specs;
    RestingFeed feed(specs.of(full_spec()), full_spec(), full_state());
    FeedSpec other = full_spec();
    other.name = "another name";
    other.interval.reset();
    feed.list_as(specs.of(other), other);
    EXPECT_EQ(feed.spec(), other);
    FeedState renamed = full_state();
    renamed.name = other.name;
    expect_same(feed.state(), renamed);
    renamed.failures = 0;
    renamed.validators = {};
    feed.keep(renamed);
    expect_same(feed.state(), renamed);
    EXPECT_EQ(feed.failures(), 0);
}

TEST(CommonSpecs, AreOneForEntriesThatDifferInUrlAndNameAlone) {
    CommonSpecs specs;
    FeedSpec one = full_spec();
    FeedSpec two = one;
    two.url = "https://two.example/";
    two.name = "two";
    two.tags = {"news"};
    two.place = "feeds.yaml:9";
    const SharedSpec common = specs.of(one);
    EXPECT_EQ(common, specs.of(two));
    for (const auto& edit : std::initializer_list<void (*)(FeedSpec&)>{
             [](FeedSpec& spec) { spec.interval = Seconds{901}; },
             [](FeedSpec& spec) { spec.archive = false; },
             [](FeedSpec& spec) { spec.retention = {}; },
             [](FeedSpec& spec) { spec.access.proxy.reset(); },
             [](FeedSpec& spec) { spec.access.headers[0].value = Secret("Bearer y"); },
             [](FeedSpec& spec) { spec.access.ca_file = "/ca.pem"; }}) {
        FeedSpec other = one;
        edit(other);
        EXPECT_NE(common, specs.of(other));
    }
}

TEST(CommonSpecs, AreForgottenWithTheirLastEntry) {
    CommonSpecs specs;
    for (int i = 0; i < 1000; ++i) {
        FeedSpec spec = full_spec();
        spec.timeout = Seconds{i + 1};
        EXPECT_NE(specs.of(spec), nullptr);
    }
    EXPECT_LE(specs.size(), 64U);
}

}  // namespace
}  // namespace feedd::test
