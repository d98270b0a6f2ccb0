#include <memory>
#include <stdexcept>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "plans.h"
#include "samples.h"
#include "store/sqlite/reader.h"
#include "store/sqlite/writer.h"

namespace feedd::test {
namespace {

using sqlite::Connection;
using testing::HasSubstr;
using testing::Not;

// What was done is done once; then each statement that was prepared for it is explained.
void expect_no_whole_table(const Store& store, const Connection& connection) {
    for (const std::string& sql : connection.statements()) {
        const std::string plan = plan_of(store.path(), sql);
        EXPECT_EQ(whole_tables(plan, sql), "") << sql << "\n" << plan;
    }
}

// A store that was written to by one connection, whose statements are then explained.
class WriterPlan : public testing::Test {
  protected:
    WriterPlan() {
        store_.close();
        auto lock = sqlite::StoreLock::acquire(store_.path());
        if (!lock) throw std::runtime_error(message(lock.error()));
        auto owned = std::make_unique<Connection>(store_.path(), Connection::Mode::write);
        connection_ = owned.get();
        writer_ = std::make_unique<sqlite::Writer>(std::move(owned), std::move(*lock));
    }
    void commit(std::size_t feed, int when, std::vector<Candidate> items) {
        PollOutcome outcome = poll(store_.feed(feed), at(when), std::move(items));
        outcome.reseen = {{.key = "guid:none", .position = 0}};
        outcome.info = FeedInfo{.title = "x"};
        for (Candidate& candidate : outcome.candidates)
            candidate.article.text_hash = candidate.article.content_hash;
        for (const auto& report : writer_->commit(std::span(&outcome, 1), simple_judge))
            ASSERT_FALSE(report.error) << message(*report.error);
    }
    Store store_;
    Connection* connection_ = nullptr;
    std::unique_ptr<sqlite::Writer> writer_;
};

TEST_F(WriterPlan, NoPollReadsAWholeTable) {
    commit(0, 60, {item("a", "alpha")});
    commit(0, 120, {item("a", "alpha, edited")});
    commit(1, 120, {item("a", "alpha, edited")});
    PollOutcome withdrawal = poll(store_.feed(0), at(180), {item("b", "beta")});
    withdrawal.departed = {{.key = "guid:a", .withdrawn = true}};
    PollOutcome return_ = poll(store_.feed(0), at(240), {});
    return_.reseen = {{.key = "guid:a", .position = 0}};
    for (const PollOutcome& outcome : {withdrawal, return_})
        ASSERT_FALSE(writer_->commit(std::span(&outcome, 1), simple_judge).at(0).error);
    ASSERT_TRUE(writer_->prune_polls(at(60), 10));
    EXPECT_GT(connection_->statements().size(), 20U);
    expect_no_whole_table(store_, *connection_);
}

// One article may be carried by as many feeds as there are.
TEST_F(WriterPlan, APollSortsNothingForAnArticleThatOtherFeedsCarry) {
    commit(0, 60, {item("a", "alpha")});
    commit(1, 120, {item("a", "alpha")});
    commit(1, 180, {item("a", "alpha, edited")});
    for (const std::string& sql : connection_->statements()) {
        if (sql.find("DELETE") != std::string::npos) continue;  // of one feed
        EXPECT_THAT(plan_of(store_.path(), sql), Not(HasSubstr("TEMP B-TREE"))) << sql;
    }
}

// A store that was read by one connection, whose statements are then explained.
class ReaderPlan : public testing::Test {
  protected:
    ReaderPlan() {
        store_.commit(poll(store_.feed(0), at(60), {item("a", "alpha")}));
        auto owned = std::make_unique<Connection>(store_.path(), Connection::Mode::read);
        connection_ = owned.get();
        reader_ = std::make_unique<sqlite::Reader>(std::move(owned));
    }
    Store store_;
    Connection* connection_ = nullptr;
    std::unique_ptr<sqlite::Reader> reader_;
};

TEST_F(ReaderPlan, NothingButCountingTheStoreReadsAWholeTable) {
    const std::vector<std::string> texts{"x"};
    ASSERT_TRUE(reader_->known_items(1, texts));
    ASSERT_TRUE(reader_->known_links(1, texts));
    ASSERT_TRUE(reader_->window(1));
    ASSERT_TRUE(reader_->has_items(1));
    ASSERT_TRUE(reader_->feeds({}));
    ASSERT_TRUE(reader_->polls(1, 10));
    ASSERT_TRUE(reader_->history(1));
    ASSERT_TRUE(reader_->hosts({}));
    ASSERT_TRUE(reader_->gaps());
    ASSERT_TRUE(reader_->changes(0, 10));
    ASSERT_TRUE(reader_->last_seq());
    ASSERT_TRUE(reader_->consumers());
    expect_no_whole_table(store_, *connection_);
}

TEST_F(ReaderPlan, NoFilterReadsAWholeTable) {
    const ArticleFilter filters[] = {
        {},
        {.since = at(0)},
        {.since = at(0), .until = at(60)},
        {.feed = "one"},
        {.tag = "news"},
        {.language = "en"},
        {.author = "ann"},
        {.revised = true},
        {.since = at(0), .feed = "one", .query = "alpha", .revised = true},
        {.feed = "one", .language = "en", .author = "ann"},
        {.query = "alpha"},
        {.query = "alpha", .by_date = true},
        {.since = at(0), .query = "alpha"},
        {.language = "en", .query = "alpha"},
        {.feed = "one", .tag = "x", .author = "ann", .query = "alpha"}};
    for (const ArticleFilter& filter : filters)
        ASSERT_TRUE(reader_->articles(filter));
    // Parts of names have no index: `authors` is read from its end until enough are found.
    for (const std::string& sql : connection_->statements()) {
        const std::string plan = plan_of(store_.path(), sql);
        const std::string whole = whole_tables(plan, sql);
        EXPECT_TRUE(whole.empty() || whole == "SCAN authors\n") << sql << "\n" << plan;
    }
}

TEST_F(ReaderPlan, TheNewestAreWalked) {
    ASSERT_TRUE(reader_->articles({}));
    bool walked = false;
    for (const std::string& sql : connection_->statements()) {
        if (sql.find("SELECT a.id") == std::string::npos) continue;
        const std::string plan = plan_of(store_.path(), sql);
        EXPECT_THAT(plan, HasSubstr("USING INDEX articles_newest")) << sql;
        EXPECT_EQ(plan.find("TEMP B-TREE FOR ORDER BY"), std::string::npos) << sql;
        walked = true;
    }
    EXPECT_TRUE(walked);
}

}  // namespace
}  // namespace feedd::test
