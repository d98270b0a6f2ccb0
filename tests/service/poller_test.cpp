// The poller on a real loop, server and store: what happens while polls are under way.
#include "service/poller.h"

#include <algorithm>
#include <optional>

#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>

#include "support/feed_maker.h"
#include "support/http_server.h"
#include "support/temp_dir.h"

namespace feedd::test {
namespace {

class PollerTest : public ::testing::Test {
  protected:
    ~PollerTest() override { poller_.reset(); }

    void open(Poller::Mode mode) {
        auto opened = Poller::open(loop_, mode, directory_.path("feedd.db"),
                                   {.finished = [this](const FinishedPoll& f) { finished(f); },
                                    .idle = [this] { loop_.stop(); }});
        ASSERT_TRUE(opened) << message(opened.error());
        poller_ = std::move(*opened);
    }

    void finished(const FinishedPoll& poll) {
        refused_ += poll.report.error ? 1 : 0;
        if (++finished_ == awaited_) loop_.stop();
    }

    [[nodiscard]] Config list_of(const std::vector<std::string>& paths) const {
        Config config;
        config.fetch = {.user_agent = "test/1 (+http://test.example/)", .concurrency = 4};
        config.fetch.private_addresses.all = true;
        for (const std::string& path : paths) {
            config.feeds.push_back({.url = server_.url(path),
                                    .name = paths.size() == 1 ? "the feed" : path,
                                    .interval = Seconds{3600}});
        }
        return config;
    }

    // Ends a test that hangs.
    void run() {
        Timer late(loop_, [this] {
            ADD_FAILURE() << "nothing happened for 20 seconds";
            loop_.stop();
        });
        late.once(std::chrono::seconds{20});
        loop_.run();
    }

    TempDir directory_;
    HttpServer server_;
    Loop loop_;
    std::unique_ptr<Poller> poller_;
    int finished_ = 0;
    int refused_ = 0;
    int awaited_ = -1;
};

TEST_F(PollerTest, AnAnswerOfTheOldUrlIsNotStoredUnderTheEditedEntry) {
    open(Poller::Mode::forever);
    server_.route("/new", HttpResponse{.body = feed_of("new")});
    server_.route("/old", [this](const HttpRequest&) {
        loop_.post([this] {
            poller_->apply(list_of({"/new"}), [this](const Result<ListReport>& applied) {
                ASSERT_TRUE(applied);
                EXPECT_EQ(applied->changed, 1U);
                server_.release("/old");
            });
        });
        return HttpResponse{.body = feed_of("old"), .hold = true};
    });
    awaited_ = 2;
    poller_->apply(list_of({"/old"}),
                   [](const Result<ListReport>& applied) { EXPECT_TRUE(applied); });
    run();
    EXPECT_EQ(refused_, 1);
    poller_->stop();
    SQLite::Database store(directory_.path("feedd.db"));
    SQLite::Statement titles(store, "SELECT group_concat(title) FROM articles");
    ASSERT_TRUE(titles.executeStep());
    EXPECT_EQ(titles.getColumn(0).getString(), "new");
}

TEST_F(PollerTest, AFeedTakenOffTheListWhileItIsPolledIsNotStored) {
    open(Poller::Mode::forever);
    server_.route("/stays", HttpResponse{.body = feed_of("stays")});
    server_.route("/goes", [this](const HttpRequest&) {
        loop_.post([this] {
            poller_->apply(list_of({"/stays"}),
                           [this](const Result<ListReport>&) { server_.release("/goes"); });
        });
        return HttpResponse{.body = feed_of("goes"), .hold = true};
    });
    awaited_ = 2;
    poller_->apply(list_of({"/stays", "/goes"}), [](const Result<ListReport>&) {});
    run();
    EXPECT_EQ(refused_, 1);
    EXPECT_EQ(poller_->feeds(), 1U);
}

TEST_F(PollerTest, OnceEndsWhenEachFeedOfOneHostHadItsTurn) {
    open(Poller::Mode::once);
    std::vector<std::string> paths;
    for (int i = 0; i < 40; ++i) {
        paths.push_back("/" + std::to_string(i));
        server_.route(paths.back(), HttpResponse{.body = feed_of("n" + std::to_string(i))});
    }
    poller_->apply(list_of(paths), [this](const Result<ListReport>& applied) {
        ASSERT_TRUE(applied);
        EXPECT_EQ(poller_->select({}, true), 40U);
    });
    run();
    EXPECT_EQ(finished_, 40);
    EXPECT_EQ(poller_->under_way(), 0U);
    EXPECT_LE(server_.connections(), 4);
}

TEST_F(PollerTest, OnceWithNothingToDoEndsAtOnce) {
    open(Poller::Mode::once);
    poller_->apply(list_of({}), [this](const Result<ListReport>& applied) {
        ASSERT_TRUE(applied);
        EXPECT_EQ(poller_->select({}, true), 0U);
    });
    run();
    EXPECT_EQ(finished_, 0);
}

// When an hourly feed has its next item, half an hour from now or a quarter more or less: not near
// a full hour, where the forecast has a bound that a plan may be drawn to.
Time next_hourly() {
    constexpr Seconds kApart{std::chrono::minutes{15}};
    constexpr Seconds kHour{std::chrono::hours{1}};
    const Time next = now_utc() + std::chrono::minutes{30};
    const Time hour = std::chrono::floor<std::chrono::hours>(next);
    return hour + std::clamp<Seconds>(next - hour, kApart, kHour - kApart);
}

// An item an hour up to then.
std::string hourly_feed(Time next) {
    std::vector<MadeItem> items;
    for (int i = 0; i < 20; ++i) {
        const std::string id = std::to_string(i);
        items.push_back({.guid = id,
                         .link = "http://hourly.example/" + id,
                         .title = "Title " + id,
                         .text = "Text " + id,
                         .byline = "Ann Lee",
                         .date = format_utc(next - std::chrono::hours{1 + i}),
                         .enclosure = "http://hourly.example/" + id + ".mp3"});
    }
    return made_feed(MadeFormat::rss20, "Hourly", "http://hourly.example/", items);
}

// Seconds from the poll to the next one, as planned.
std::int64_t planned_wait(const std::string& db) {
    return SQLite::Database(db)
        .execAndGet("SELECT unixepoch(next_poll_at) - unixepoch(last_polled_at) FROM feeds")
        .getInt64();
}

TEST_F(PollerTest, ABudgetOfRequestsMakesThemRarer) {
    const Time next = next_hourly();
    const auto until_next = (next - now_utc()).count();
    server_.route("/hourly", HttpResponse{.body = hourly_feed(next)});
    Config config = list_of({"/hourly"});
    config.feeds[0].interval.reset();
    std::vector<std::int64_t> waits;
    for (const std::optional<std::size_t> budget : {std::optional<std::size_t>{}, {1}}) {
        config.fetch.requests_per_hour = budget;
        open(Poller::Mode::forever);
        awaited_ = finished_ + 1;
        poller_->apply(config, [](const Result<ListReport>&) {});
        run();
        poller_.reset();
        waits.push_back(planned_wait(directory_.path("feedd.db")));
        SQLite::Database(directory_.path("feedd.db"), SQLite::OPEN_READWRITE)
            .exec("UPDATE feeds SET next_poll_at = NULL");
    }
    // Soon after the next item is due, and with a budget some time later.
    EXPECT_GT(waits[0], until_next);
    EXPECT_GT(waits[1], waits[0] + 60);
    EXPECT_LT(waits[1], 5400);
}

TEST_F(PollerTest, FeedsThatAreDueAtTheStartBeginOneAfterTheOther) {
    constexpr int kFeeds = 30;
    std::vector<std::string> paths;
    for (int i = 0; i < kFeeds; ++i) {
        paths.push_back("/" + std::to_string(i));
        server_.route(paths.back(), HttpResponse{.body = feed_of("f" + std::to_string(i))});
    }
    open(Poller::Mode::forever);
    awaited_ = kFeeds;
    Config config = list_of(paths);
    config.fetch.per_host = kFeeds;
    config.fetch.concurrency = kFeeds;
    const auto began = std::chrono::steady_clock::now();
    poller_->apply(config, [](const Result<ListReport>&) {});
    run();
    EXPECT_GE(std::chrono::steady_clock::now() - began,
              std::chrono::milliseconds{20 * (kFeeds - 1)});
}

}  // namespace
}  // namespace feedd::test
