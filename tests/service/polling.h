// A poller on a real loop, store and server, which a seam makes public.
#pragma once

#include <algorithm>
#include <chrono>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>

#include "service/poller.h"
#include "support/feed_maker.h"
#include "support/http_server.h"
#include "support/temp_dir.h"

namespace feedd::test {

class Polling : public ::testing::Test {
  protected:
    Polling() {
        config_.fetch = {.user_agent = "test/1 (+http://test.example/)", .concurrency = 16};
        config_.fetch.private_addresses.all = true;
        config_.fetch.host_pause = std::chrono::milliseconds{0};
    }
    ~Polling() override { poller_.reset(); }

    void open(Poller::Mode mode) {
        poller_.reset();
        auto opened =
            Poller::open(loop_, mode, db_,
                         {.finished =
                              [this](const FinishedPoll& poll) {
                                  if (poll.outcome.result == PollResult::ok)
                                      good_.insert(poll.outcome.feed);
                                  if (++finished_ == awaited_ || good_.size() == awaited_good_)
                                      loop_.stop();
                              },
                          .skipped = [this](const FeedSpec&,
                                            const std::string& why) { skipped_.push_back(why); },
                          .idle = [this] { loop_.stop(); }},
                         {.is_public = [this](const sockaddr&) { return public_; },
                          .has_route = [] { return true; }});
        ASSERT_TRUE(opened) << message(opened.error());
        poller_ = std::move(*opened);
    }

    void list(const std::string& url) {
        config_.feeds.push_back({.url = url, .name = url, .interval = Seconds{3600}});
    }

    // Polls until `count` more polls are finished.
    void poll(int count) {
        awaited_ = finished_ + count;
        poller_->apply(config_, [](const Result<ListReport>& applied) { ASSERT_TRUE(applied); });
        run(std::chrono::seconds{20}, true);
    }

    void once() {
        open(Poller::Mode::once);
        poller_->apply(config_, [this](const Result<ListReport>& applied) {
            ASSERT_TRUE(applied);
            ASSERT_TRUE(poller_->select({}, true));
        });
        run(std::chrono::seconds{20}, true);
        poller_->stop();
    }

    // Ends a test that hangs; or lets time pass.
    void run(std::chrono::milliseconds length, bool must_stop) {
        Timer late(loop_, [this, must_stop] {
            if (must_stop) ADD_FAILURE() << "nothing happened in time";
            loop_.stop();
        });
        late.once(length);
        loop_.run();
    }

    [[nodiscard]] std::string value(const std::string& sql) const {
        SQLite::Database store(db_);
        SQLite::Statement query(store, sql);
        return query.executeStep() ? query.getColumn(0).getString() : "no row";
    }

    static std::chrono::milliseconds least_spacing(std::vector<HttpRequest> requests) {
        std::chrono::milliseconds least = std::chrono::milliseconds::max();
        for (std::size_t i = 1; i < requests.size(); ++i) {
            least = std::min(least, std::chrono::duration_cast<std::chrono::milliseconds>(
                                        requests[i].at - requests[i - 1].at));
        }
        return least;
    }

    TempDir directory_;
    const std::string db_ = directory_.path("feedd.db");
    HttpServer server_;
    Loop loop_;
    Config config_;
    bool public_ = true;
    std::vector<std::string> skipped_;
    std::unique_ptr<Poller> poller_;
    int finished_ = 0;
    int awaited_ = -1;
    std::set<FeedId> good_;
    std::size_t awaited_good_ = 1'000'000;
};

}  // namespace feedd::test
