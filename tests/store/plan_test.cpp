#include <memory>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "samples.h"
#include "store/sqlite/reader.h"
#include "store/sqlite/writer.h"

namespace feedd::test {
namespace {

using sqlite::Connection;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

std::string plan_of(Connection& connection, const std::string& sql) {
    std::string plan;
    sqlite::Query query = connection.query("EXPLAIN QUERY PLAN " + sql);
    while (query.next())
        plan += query.text(3) + "\n";
    return plan;
}

// Whether a plan reads a whole table that grows with the store, under whatever alias.
bool scans(const std::string& plan) {
    for (const char* table : {"articles", "a", "sightings", "s", "changes", "polls", "revisions",
                              "authors", "categories", "enclosures", "r"}) {
        for (std::size_t at = plan.find(std::string("SCAN ") + table); at != std::string::npos;
             at = plan.find(std::string("SCAN ") + table, at + 1)) {
            const char next = plan[at + 5 + std::string(table).size()];
            if (next == '\n' || next == ' ') return true;
        }
    }
    return false;
}

// What every poll does is done once; then each statement that was prepared for it is explained.
TEST(QueryPlan, NoPollReadsAWholeTable) {
    Store store;
    store.close();
    auto lock = sqlite::StoreLock::acquire(store.path());
    ASSERT_TRUE(lock);
    auto owned = std::make_unique<Connection>(store.path(), Connection::Mode::write);
    Connection& connection = *owned;
    sqlite::Writer writer(std::move(owned), std::move(*lock));
    const auto commit = [&](std::size_t feed, int when, std::vector<Candidate> items) {
        PollOutcome outcome = poll(store.feed(feed), at(when), std::move(items));
        outcome.reseen = {{.key = "guid:none", .position = 0}};
        outcome.info = FeedInfo{.title = "x"};
        for (Candidate& candidate : outcome.candidates)
            candidate.article.text_hash = candidate.article.content_hash;
        for (const auto& report : writer.commit(std::span(&outcome, 1), simple_judge))
            ASSERT_FALSE(report.error) << message(*report.error);
    };
    commit(0, 60, {item("a", "alpha")});
    commit(0, 120, {item("a", "alpha, edited")});
    commit(1, 120, {item("a", "alpha, edited")});
    ASSERT_TRUE(writer.prune_polls(at(60), 10));

    const auto statements = connection.statements();
    EXPECT_GT(statements.size(), 20U);
    for (const std::string& sql : statements)
        EXPECT_FALSE(scans(plan_of(connection, sql))) << sql << "\n" << plan_of(connection, sql);
}

TEST(QueryPlan, NoReaderOfAPollReadsAWholeTable) {
    Store store;
    auto owned = std::make_unique<Connection>(store.path(), Connection::Mode::read);
    Connection& connection = *owned;
    sqlite::Reader reader(std::move(owned));
    const std::vector<std::string> texts{"x"};
    ASSERT_TRUE(reader.known_items(1, texts));
    ASSERT_TRUE(reader.known_links(1, texts));
    ASSERT_TRUE(reader.has_items(1));
    ASSERT_TRUE(reader.feeds({}));
    for (const std::string& sql : connection.statements())
        EXPECT_FALSE(scans(plan_of(connection, sql))) << sql << "\n" << plan_of(connection, sql);
}

TEST(QueryPlan, ListsArticlesByAnIndex) {
    Store store;
    store.commit(poll(store.feed(0), at(60), {item("a", "alpha")}));
    const ArticleFilter filters[] = {{},
                                     {.since = at(0)},
                                     {.feed = "one"},
                                     {.tag = "news"},
                                     {.query = "alpha"},
                                     {.feed = "one", .query = "alpha"}};
    for (const ArticleFilter& filter : filters) {
        auto owned = std::make_unique<Connection>(store.path(), Connection::Mode::read);
        Connection& connection = *owned;
        sqlite::Reader reader(std::move(owned));
        ASSERT_TRUE(reader.articles(filter));
        for (const std::string& sql : connection.statements()) {
            const std::string plan = plan_of(connection, sql);
            EXPECT_FALSE(scans(plan)) << sql << "\n" << plan;
            const bool walks_newest_first =
                filter.feed.empty() && filter.query.empty() && !filter.since;
            if (walks_newest_first && sql.find("SELECT a.id") != std::string::npos) {
                EXPECT_THAT(plan, Not(HasSubstr("TEMP B-TREE FOR ORDER BY"))) << sql;
            }
        }
    }
}

}  // namespace
}  // namespace feedd::test
