// The loop thread's part: hands out due feeds, fetches them, passes answers on, and takes back
// what became of them. Used by `run` for ever and by `once` until the last feed is done.
#pragma once

#include <functional>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "fetch/fetcher.h"
#include "model/config.h"
#include "schedule/due_queue.h"
#include "schedule/host_slots.h"
#include "schedule/price.h"
#include "service/committer.h"
#include "service/loop.h"
#include "service/workers.h"

namespace feedd {

// What changed when a list was applied.
struct ListReport {
    std::size_t feeds = 0;
    std::size_t added = 0;
    std::size_t removed = 0;
    std::size_t changed = 0;
};

struct PollTotals {
    std::size_t polls = 0;
    std::size_t failed = 0;
    std::int64_t added = 0;
    std::int64_t revised = 0;
    std::int64_t sighted = 0;
};

// Everything here is called on, and calls back on, the loop's thread.
class Poller {
  public:
    enum class Mode : std::uint8_t {
        forever,  // each feed again when it is due
        once,     // only what select() named, each feed once
    };
    struct Events {
        std::function<void(const FinishedPoll&)> finished;
        std::function<void()> idle;  // once: nothing is left to do
    };

    // Opens the store to write, and a reader per worker thread. Errors as of store/open.h.
    [[nodiscard]] static Result<std::unique_ptr<Poller>> open(Loop& loop, Mode mode,
                                                              const std::string& db, Events events);
    ~Poller();  // stop()
    Poller(const Poller&) = delete;
    Poller& operator=(const Poller&) = delete;

    // Makes `config` the running one: the store's feeds are made those of the list, and `done` is
    // called when polling goes by it. On an error the running list stays.
    void apply(Config config, std::function<void(Result<ListReport>)> done);

    // once: polls these feeds now. By name or URL; empty: all that are due, or with `all` every
    // feed that is not gone or paused. Error not_found: no such feed on the list.
    [[nodiscard]] Result<std::size_t> select(const std::vector<std::string>& names, bool all);

    // Abandons what is being fetched, finishes and commits what has been, ends the threads.
    void stop();

    [[nodiscard]] const PollTotals& totals() const noexcept { return totals_; }
    [[nodiscard]] std::size_t feeds() const noexcept { return entries_.size(); }
    [[nodiscard]] std::size_t failing() const;
    // Polls begun and not yet committed.
    [[nodiscard]] std::size_t under_way() const noexcept { return fetching_ + processing_; }

  private:
    enum class Phase : std::uint8_t { idle, waiting, fetching, processing };
    struct Entry {
        std::shared_ptr<const FeedSpec> spec;
        FeedState state;
        Phase phase = Phase::idle;
        std::string host;            // the slot it holds or waits for, "" none (file:)
        std::size_t body_bytes = 0;  // while processing
        std::unique_ptr<Poll> poll;  // while fetching: the entry and state it was begun with
        bool removed = false;        // from the list, while it was under way
        bool relisted = false;  // another request is listed since it was begun: `state` is newer
        bool replan = false;    // another rhythm is
    };

    Poller(Loop& loop, Mode mode, std::unique_ptr<StoreWriter> writer,
           std::vector<std::unique_ptr<StoreReader>> readers, Events events);

    void adopt(const Config& config, const std::vector<FeedState>& states, ListReport& report);
    void adopt_feed(std::shared_ptr<const FeedSpec> spec, const FeedState& state,
                    ListReport& report);
    void drop_unlisted(const std::vector<FeedState>& states, ListReport& report);
    void schedule(const Entry& entry);
    void catch_up();
    void look_for_sleep();
    void set_price();
    void pump();
    [[nodiscard]] bool room() const;
    void begin(FeedId feed);
    void start(FeedId feed);
    void fetched(FeedId feed, Response response);
    void pass_on(const std::string& host);
    [[nodiscard]] std::unique_ptr<Poll> poll_of(const Entry& entry);
    void process(Entry& entry, Response response);
    void finish(const FinishedPoll& finished);
    void settle(Entry& entry, const FinishedPoll& finished);
    void log(const Entry& entry, const FinishedPoll& finished) const;
    [[nodiscard]] Request request_of(const Entry& entry) const;

    Loop& loop_;
    const Mode mode_;
    Events events_;
    FetchConfig fetch_;
    Price price_ = kDefaultPrice;         // of a request, by the budget
    std::chrono::nanoseconds asleep_{0};  // how long the machine has been suspended since it booted
    std::unordered_map<FeedId, Entry> entries_;
    DueQueue due_;
    HostSlots slots_{1};
    std::mt19937_64 random_{std::random_device{}()};
    std::size_t fetching_ = 0;
    std::size_t processing_ = 0;
    std::size_t processing_bytes_ = 0;
    std::size_t selected_ = 0;  // once: feeds not yet done
    bool stopping_ = false;
    PollTotals totals_;
    Timer timer_;
    Timer minute_;
    Timer pricing_;
    Fetcher fetcher_;
    // Callbacks posted by other threads may arrive after stop(): they look whether it still lives.
    std::shared_ptr<Poller*> self_ = std::make_shared<Poller*>(this);
    Committer committer_;
    Workers workers_;
};

}  // namespace feedd
