// The loop thread's part: hands out due feeds, fetches them, passes answers on, and takes back
// what became of them. Used by `run` for ever and by `once` until the last feed is done.
#pragma once

#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "fetch/fetcher.h"
#include "model/config.h"
#include "schedule/due_queue.h"
#include "schedule/manners.h"
#include "schedule/outage.h"
#include "schedule/price.h"
#include "service/committer.h"
#include "service/loop.h"
#include "service/metrics.h"
#include "service/resting_feed.h"
#include "service/surroundings.h"
#include "service/wal_guard.h"
#include "service/workers.h"

namespace feedd {

[[nodiscard]] Moment moment();  // by both clocks, now

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
    std::size_t skipped = 0;  // once: their hosts are held
    std::int64_t added = 0;
    std::int64_t revised = 0;
    std::int64_t sighted = 0;
    std::array<std::size_t, 4> by_outcome{};  // polls, by PollResult
    std::size_t not_stored = 0;               // of `failed`
    std::size_t requests = 0;                 // redirects included
    std::size_t not_modified = 0;             // of these, answered with 304
    std::uint64_t bytes = 0;                  // received
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
        // once: not asked, since its host wants to be left alone.
        std::function<void(const FeedSpec&, const std::string& why)> skipped;
        std::function<void()> idle;  // once: nothing is left to do
    };

    // Opens the store to write; its workers open it to read. Errors as of store/open.h.
    [[nodiscard]] static Result<std::unique_ptr<Poller>> open(Loop& loop, Mode mode,
                                                              const std::string& db, Events events,
                                                              Surroundings surroundings = {});
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
    // What monitoring is told, but for what only the store and the system know.
    [[nodiscard]] Metrics metrics() const;
    // Polls begun and not yet committed.
    [[nodiscard]] std::size_t under_way() const noexcept {
        return fetching_ + waiting_hops_.size() + suspects_.size() + processing_;
    }

  private:
    enum class Phase : std::uint8_t {
        idle,
        waiting,    // in the line of its host
        fetching,   // a hop of it may wait in the line of another host
        suspected,  // not reached; whose fault it is will show
        processing,
        parked,  // until the outage is over
    };
    struct Entry {
        RestingFeed feed;
        std::unique_ptr<Poll> poll;    // while fetching: the entry and state it was begun with
        std::uint32_t body_bytes = 0;  // while processing
        Phase phase = Phase::idle;
        bool removed = false;   // from the list, while it was under way
        bool relisted = false;  // another request is listed since it was begun: `feed` is newer
        bool replan = false;    // another rhythm is
    };

    // A redirect waits so long for its turn at the next host; then the poll is put off.
    static constexpr Seconds kPatience{10};
    static constexpr Seconds kBackInLine{600};
    // So long it may take to see that it is not one host but our own network.
    static constexpr Seconds kSuspectFor{60};

    Poller(Loop& loop, Mode mode, std::unique_ptr<StoreWriter> writer,
           Workers::OpenReader open_reader, std::unique_ptr<Checkpointer> checkpointer,
           Events events, Surroundings surroundings);

    void adopt(const Config& config, std::vector<FeedState>& states, ListReport& report);
    void adopt_feed(const FeedSpec& spec, FeedState& state, ListReport& report);
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
    void set_timer();

    // poller_hosts.cpp: what is owed to hosts.
    [[nodiscard]] Traffic traffic();
    [[nodiscard]] bool may_ask(FeedId feed, Entry& entry);
    void take_turn(FeedId feed);
    [[nodiscard]] bool follow(FeedId feed, const std::string& url);
    void note_visits(FeedId feed, const Response& response, Poll& poll);
    void put_off_late_hops(SteadyTime now);
    void put_off(FeedId feed, const std::string& why, Time until);
    void turn_away(const std::string& host, const Throttle& throttle);
    void skip(FeedId feed, const std::string& why);

    // poller_outage.cpp: when it is our own network.
    [[nodiscard]] bool judge_reach(FeedId feed, Entry& entry, Response& response);
    void begin_outage(SteadyTime now);
    void end_outage(SteadyTime now);
    void release_suspects(bool outage);
    void release_late_suspects(SteadyTime now);
    void park(FeedId feed, Entry& entry);
    void probe(SteadyTime now);
    [[nodiscard]] std::vector<FeedId> probes(SteadyTime now);
    void forget(FeedId feed, Entry& entry);
    [[nodiscard]] std::unique_ptr<Poll> poll_of(const Entry& entry);
    void process(Entry& entry, Response response);
    void finish(const FinishedPoll& finished);
    void settle(Entry& entry, const FinishedPoll& finished);
    void settle_merged(FeedId feed, std::optional<FeedId> merged_into);
    void count(const FinishedPoll& finished);
    void log(const Entry& entry, const FinishedPoll& finished) const;
    [[nodiscard]] Request request_of(const Poll& poll) const;

    Loop& loop_;
    const Mode mode_;
    Events events_;
    const Surroundings surroundings_;
    FetchConfig fetch_;
    bool stories_ = false;                // are looked for
    Price price_ = kDefaultPrice;         // of a request, by the budget
    std::chrono::nanoseconds asleep_{0};  // how long the machine has been suspended since it booted
    CommonSpecs common_specs_;
    std::unordered_map<FeedId, Entry> entries_;
    DueQueue due_;
    Manners manners_;
    DueQueue waiting_hops_;  // redirects in a line, by the end of their patience
    OutageDetector outage_;
    DueQueue suspects_;                   // by when they are taken for guilty
    DueQueue parked_;                     // the longest first
    std::optional<SteadyTime> probe_at_;  // during an outage
    Seconds probe_every_{0};
    std::mt19937_64 random_{std::random_device{}()};
    std::size_t fetching_ = 0;
    std::size_t processing_ = 0;
    std::size_t processing_bytes_ = 0;
    std::size_t selected_ = 0;  // once: feeds not yet done
    bool stopping_ = false;
    PollTotals totals_;
    const Time started_ = now_utc();
    Timer timer_;
    Timer minute_;
    Timer pricing_;
    Fetcher fetcher_;
    // Callbacks posted by other threads may arrive after stop(): they look whether it still lives.
    std::shared_ptr<Poller*> self_ = std::make_shared<Poller*>(this);
    WalGuard wal_guard_;  // the committer tells it of commits
    Committer committer_;
    Workers workers_;
};

}  // namespace feedd
