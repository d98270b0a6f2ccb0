// What the thread of the store does in which order: commits, the full-text index, the list,
// pruning.
#include "service/committer.h"

#include <future>
#include <memory>
#include <string>

#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/hash.h"
#include "store/open.h"
#include "support/patience.h"
#include "support/temp_dir.h"

namespace feedd::test {
namespace {

const Time kNow = *parse_utc("2025-04-08T00:00:00Z");

class CommitterTest : public ::testing::Test {
  protected:
    CommitterTest() {
        list_->story_window = std::nullopt;
        list_->feeds.push_back({.url = "https://a.example/feed", .name = "a"});
        feed_ = apply_list().get().at(0);
    }

    std::future<std::vector<FeedState>> apply_list() {
        auto listed = std::make_shared<std::promise<std::vector<FeedState>>>();
        committer_.apply_list(list_, kNow, [listed](Result<std::vector<FeedState>> states) {
            listed->set_value(states.value());
        });
        return listed->get_future();
    }

    // A poll that brings so many articles.
    PollOutcome poll(int articles) {
        PollOutcome outcome{.feed = feed_.id, .at = kNow, .result = PollResult::ok, .state = feed_};
        for (; articles > 0; --articles) {
            Candidate candidate{.key = fmt::format("guid:{}", ++brought_), .item_hash = 1};
            Article& article = candidate.article;
            article.url = article.link = fmt::format("https://a.example/{}", brought_);
            article.title = fmt::format("Title {}", brought_);
            article.content_text = "words of an article";
            article.content_html = std::string(10'000, 'x');
            article.content_hash = digest_of(article.title);
            outcome.candidates.push_back(std::move(candidate));
        }
        return outcome;
    }

    // A number that SQL tells.
    [[nodiscard]] std::int64_t ask(const std::string& sql) const {
        SQLite::Database store(path_, SQLite::OPEN_READONLY, 10'000);
        return store.execAndGet(sql).getInt64();
    }
    [[nodiscard]] std::int64_t indexed() const {
        return ask(
            "SELECT count(*) FROM articles WHERE id NOT IN "
            "(SELECT article_id FROM search_queue)");
    }

    std::shared_ptr<Config> list_ = std::make_shared<Config>();
    TempDir directory_;
    std::string path_ = directory_.path("feedd.db");
    Committer committer_{std::move(*open_writer(path_)), [](auto) {}};
    FeedState feed_;
    int brought_ = 0;
};

using CommitterIndex = CommitterTest;

TEST_F(CommitterIndex, IsFedSoonAfterAPoll) {
    committer_.push(poll(3));
    EXPECT_TRUE(comes_true([&] { return indexed() == 3; }));
}

TEST_F(CommitterIndex, IsFedWhilePollsBringMoreWithoutAPause) {
    // The queue has room for a few of these only: when the last is in it, most are committed.
    for (int i = 0; i < 60; ++i)
        committer_.push(poll(100));
    EXPECT_GE(indexed(), 1'000);
    committer_.stop(Committer::Stop::complete);
    EXPECT_EQ(indexed(), 6'000);
}

TEST_F(CommitterIndex, IsNotFedForEachArticleThatComes) {
    for (int i = 0; i < 6; ++i) {
        committer_.push(poll(1));
        EXPECT_TRUE(comes_true([&] { return ask("SELECT count(*) FROM articles") == i + 1; }));
    }
    EXPECT_TRUE(comes_true([&] { return indexed() == 6; }));
    // FTS5 writes a segment for each transaction.
    EXPECT_LE(ask("SELECT count(DISTINCT segid) FROM article_search_idx"), 3);
}

TEST_F(CommitterIndex, IsCompletedAtTheEndOnlyWhereThatIsAskedFor) {
    committer_.push(poll(2));
    committer_.stop(Committer::Stop::soon);
    EXPECT_EQ(ask("SELECT count(*) FROM articles"), 2);
    EXPECT_EQ(indexed(), 0);
}

// The first commit begins a pass over what is outdated, whose rules are of the list before.
TEST_F(CommitterTest, TakesAListInTheMiddleOfAPruningPass) {
    constexpr int kOneCommit = 64;
    for (int i = 0; i < kOneCommit; ++i)
        committer_.push(poll(2));
    list_ = std::make_shared<Config>(*list_);
    list_->feeds[0].retention.count = 10;
    EXPECT_EQ(apply_list().get().size(), 1U);
    committer_.stop(Committer::Stop::complete);
    EXPECT_EQ(ask("SELECT count(*) FROM articles"), kOneCommit * 2);
}

}  // namespace
}  // namespace feedd::test
