// What a feed costs in memory while it rests, in a poller as it runs: the whole of it, with its
// entry of the list, its state, rhythm and places in queues.
#include <cstdint>
#include <cstdio>

#include <malloc.h>

#include "schedule/rhythm.h"
#include "service/polling.h"
#include "store/open.h"

namespace feedd::test {
namespace {

constexpr int kFeeds = 10'000;
// 100,000 feeds are to take less than 100 MB; they take 63.
constexpr std::int64_t kMostPerFeed = 720;  // bytes

std::int64_t in_use() {
    const struct mallinfo2 all = mallinfo2();
    return static_cast<std::int64_t>(all.uordblks + all.hblkhd);
}

class Footprint : public Polling {
  protected:
    // What the memory in use grows by when the list is taken over.
    std::int64_t adopted() {
        const std::int64_t before = in_use();
        poller_->apply(std::exchange(config_, {}), [this](const Result<ListReport>& applied) {
            EXPECT_TRUE(applied);
            loop_.post([this] { loop_.stop(); });  // when all that it took is given back
        });
        run(std::chrono::seconds{60}, true);
        return in_use() - before;
    }

    void make_list() {
        config_.fetch.user_agent = "test/1 (+http://test.example/)";
        for (int i = 0; i < kFeeds; ++i) {
            const std::string name = "site" + std::to_string(i) + ".example";
            config_.feeds.push_back({.url = "https://" + name + "/blog/category/feed.xml",
                                     .name = name + "/blog/category",
                                     .place = "feeds.yaml:" + std::to_string(i)});
        }
    }

    // As after weeks of polling; none is due today.
    void have_polled() {
        const Time now = now_utc();
        std::vector<Time> dates;
        for (int i = 0; i < 20; ++i)
            dates.push_back(now - std::chrono::hours{7 + 19 * i} - Seconds{i * i * 61});
        Rhythm rhythm = learned({}, {.published = dates, .window = 20}, now);
        for (int i = 0; i < 40; ++i) {
            const Time later = now + std::chrono::hours{3 + 5 * i};
            rhythm = learned(rhythm, {.published = std::vector{later - Seconds{60}}}, later);
        }
        SQLite::Database store(db_, SQLite::OPEN_READWRITE);
        SQLite::Statement update(store, R"sql(
UPDATE feeds SET etag = '"5f3a-62d1c0ffee' || id || '"', last_modified = ?, body_hash = ?,
    last_polled_at = ?, last_success_at = ?, last_new_at = ?, next_poll_at = ?, rhythm = ?,
    period_seconds = 86400)sql");
        update.bind(1, "Tue, 08 Apr 2025 01:02:03 GMT");
        update.bind(2, "0123456789abcdef0123456789abcdef");
        for (const int column : {3, 4, 5})
            update.bind(column, format_utc(now));
        update.bind(6, format_utc(now + std::chrono::hours{24}));
        update.bind(7, to_text(rhythm));
        update.exec();
    }
};

TEST_F(Footprint, OfARestingFeedIsSmall) {
#ifdef FEEDD_SANITIZED
    GTEST_SKIP() << "the sanitizer's allocator does not tell";
#endif
    make_list();
    const Config list = config_;
    // Not by a poller, which would begin to ask them.
    ASSERT_TRUE((*open_writer(db_))->apply_list(list.feeds, now_utc()));
    have_polled();
    open(Poller::Mode::forever);
    const std::int64_t per_feed = adopted() / kFeeds;
    EXPECT_EQ(poller_->feeds(), static_cast<std::size_t>(kFeeds));
    std::printf("bytes a feed: %d\n", static_cast<int>(per_feed));
    EXPECT_LT(per_feed, kMostPerFeed);
    EXPECT_GT(per_feed, 100) << "nothing was measured";
    config_ = list;
    EXPECT_LT(adopted(), 50 * kFeeds) << "the list once more takes no more";
}

}  // namespace
}  // namespace feedd::test
