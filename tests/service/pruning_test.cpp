// Upkeep in slices, against a store with many articles.
#include "service/pruning.h"

#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/hash.h"
#include "dedup/judge.h"
#include "store/open.h"
#include "support/temp_dir.h"

namespace feedd::test {
namespace {

using testing::IsEmpty;

const Time kBegin = *parse_utc("2025-04-08T00:00:00Z");
constexpr int kPolls = 40;
constexpr int kItems = 100;  // in each

Candidate item(int number) {
    Candidate candidate{.key = fmt::format("guid:{}", number), .item_hash = 1};
    Article& article = candidate.article;
    article.url = article.link = fmt::format("https://a.example/{}", number);
    article.url_key = fmt::format("a.example/{}", number);
    article.title = fmt::format("Title {}", number);
    for (int word = 0; word < 150; ++word)
        article.content_text += fmt::format(
            "w{} ", quick_hash(std::to_string(word), static_cast<std::uint64_t>(number)) % 20000);
    article.content_html = "<p>" + article.content_text + "</p>";
    article.content_hash = digest_of(article.content_text);
    return candidate;
}

class PruneStore : public ::testing::Test {
  protected:
    PruneStore() : writer_(*open_writer(directory_.path("feedd.db"))) {
        config_.feeds.push_back({.url = "https://a.example/feed", .name = "a"});
        states_ = writer_->apply_list(config_.feeds, kBegin).value();
        for (int poll = 0; poll < kPolls; ++poll) {
            PollOutcome outcome{.feed = states_[0].id,
                                .at = kBegin + std::chrono::hours{poll},
                                .result = PollResult::ok,
                                .state = states_[0]};
            for (int i = 0; i < kItems; ++i)
                outcome.candidates.push_back(item(poll * kItems + i));
            EXPECT_FALSE(writer_->commit({&outcome, 1}, judge)[0].error);
        }
        while (writer_->index_articles(1000).value_or(0) > 0) {
        }
    }

    PruneRules rules() const { return prune_rules(config_, states_); }

    [[nodiscard]] std::int64_t articles() const {
        return (*open_reader(directory_.path("feedd.db")))->stats()->articles;
    }

    TempDir directory_;
    std::unique_ptr<StoreWriter> writer_;
    Config config_;
    std::vector<FeedState> states_;
};

TEST_F(PruneStore, InShortSlicesDownToWhatTheListKeeps) {
    config_.feeds[0].retention.age = std::chrono::hours{20};
    const Time now = kBegin + std::chrono::hours{kPolls};
    PrunePass pass(rules(), PrunePass::Clock::trusted, now);
    int slices = 1;
    while (*pass.step(*writer_))
        ++slices;
    EXPECT_EQ(pass.pruned().articles, 20 * kItems);
    EXPECT_EQ(articles(), 20 * kItems);
    // Some 20 ms on a quiet machine; this one may be busy.
    EXPECT_LT(pass.longest(), std::chrono::seconds{1});
    EXPECT_GT(slices, 10);

    config_.feeds[0].retention = {.count = 150};
    PrunePass by_count(rules(), PrunePass::Clock::trusted, now);
    while (*by_count.step(*writer_)) {
    }
    EXPECT_EQ(articles(), 150);
    const auto findings = check_store(directory_.path("feedd.db"));
    ASSERT_TRUE(findings);
    EXPECT_THAT(*findings, IsEmpty());
}

TEST_F(PruneStore, DoesNotBelieveAClockThatIsYearsAhead) {
    config_.feeds[0].retention.age = std::chrono::hours{20};
    const Time wrong = kBegin + std::chrono::hours{24 * 365 * 10};
    PrunePass doubted(rules(), PrunePass::Clock::doubted, wrong);
    while (*doubted.step(*writer_)) {
    }
    EXPECT_EQ(doubted.pruned().articles, 0);
    // Polls of the day before bear this one out.
    PrunePass right(rules(), PrunePass::Clock::doubted, kBegin + std::chrono::hours{25});
    while (*right.step(*writer_)) {
    }
    EXPECT_EQ(right.pruned().articles, 5 * kItems);
}

TEST(SliceSize, FollowsTheTimeThatSlicesTake) {
    using std::chrono::microseconds;
    SliceSize size(32);
    size.took(microseconds{1'000});
    EXPECT_EQ(size.rows(), 64);
    size.took(microseconds{15'000});
    EXPECT_EQ(size.rows(), 64);
    size.took(microseconds{80'000});
    EXPECT_EQ(size.rows(), 8);
    size.took(std::chrono::seconds{60});
    EXPECT_EQ(size.rows(), 1);
    for (int i = 0; i < 50; ++i)
        size.took(microseconds{1});
    EXPECT_EQ(size.rows(), 4096);
}

TEST(PruneRules, JoinTheListAndTheStoreByUrl) {
    Config config;
    config.retention = {.age = Seconds{86400}};
    config.feeds.push_back({.url = "https://a.example/", .retention = {.count = 7}});
    config.feeds.push_back({.url = "https://b.example/"});
    config.keep_tags = {"x"};
    const std::vector<FeedState> states{{.id = 3, .listed_url = "https://a.example/"},
                                        {.id = 4, .listed_url = "https://gone.example/"}};
    const RetentionRules rules = prune_rules(config, states).articles;
    EXPECT_EQ(rules.of(3), (Retention{.count = 7}));
    EXPECT_EQ(rules.of(4), config.retention);
    EXPECT_EQ(rules.keep_tags, config.keep_tags);
    EXPECT_EQ(rules.shortest_age(), Seconds{86400});
    EXPECT_TRUE(rules.any_count());
}

}  // namespace
}  // namespace feedd::test
