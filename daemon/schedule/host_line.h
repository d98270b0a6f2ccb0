// Who may ask a host now: at most so many at a time, a pause between any two, nobody while it is
// held. The others wait in its line.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/time.h"
#include "model/feed.h"

namespace feedd {

// For one thread. O(log n) per call, however many wait for one host.
//
// A feed that may go stands at the door of its host until sent(): with a pause, only one feed at a
// time does. So the pause lies between requests on the wire, not between decisions to make one,
// however long a name lookup or a handshake takes.
class HostLine {
  public:
    using Milliseconds = std::chrono::milliseconds;

    // per_host 0: no limit. A lower limit takes no slot away; it holds from the next leave() on.
    // `unlimited` says which hosts have neither limit; null: none. Holds concern them, too.
    using Unlimited = std::function<bool(const std::string& host)>;
    void limits(std::size_t per_host, Milliseconds pause, Unlimited unlimited = nullptr);
    // What one host wants beyond that: a longer pause, because it complained ...
    void slow_down(const std::string& host, Milliseconds least_pause);
    // ... or none, because it is our own: a private address.
    void lift_pause(const std::string& host, bool lifted);
    // Nobody may go before `until`. A later hold lengthens an earlier one, never the reverse.
    void hold(const std::string& host, SteadyTime until);
    [[nodiscard]] bool held(const std::string& host, SteadyTime now) const;

    // True: the slot is the feed's until leave(). False: it waits, and next() will name it; asking
    // again while it waits changes nothing.
    [[nodiscard]] bool enter(const std::string& host, FeedId feed, SteadyTime now);
    // The same for a request that another host redirected here: it goes before who waits.
    [[nodiscard]] bool enter_first(const std::string& host, FeedId feed, SteadyTime now);
    // The request of the feed that has a slot is on its way: the pause begins.
    void sent(const std::string& host, FeedId feed, SteadyTime now);
    void leave(const std::string& host, FeedId feed);

    // A waiting feed that may go now; it has its slot then.
    [[nodiscard]] std::optional<FeedId> next(SteadyTime now);
    // When next() may have an answer; nullopt: not before a sent() or leave().
    [[nodiscard]] std::optional<SteadyTime> next_turn() const;
    // Takes a waiting feed out. Nothing if it does not wait.
    void forget(FeedId feed);
    // Takes out all who wait for one host, in their order.
    [[nodiscard]] std::vector<FeedId> turn_away(const std::string& host);
    [[nodiscard]] std::size_t waiting() const noexcept { return places_.size(); }
    [[nodiscard]] std::size_t hosts() const noexcept { return hosts_.size(); }

  private:
    struct Host {
        std::size_t busy = 0;
        std::optional<FeedId> at_door;  // may go, and has not sent yet
        SteadyTime free_at{};           // the pause is over
        SteadyTime held_until{};
        std::optional<Milliseconds> least_pause;
        bool no_pause = false;
        bool unlimited = false;
        std::map<std::int64_t, FeedId> queue;  // by order
        std::optional<SteadyTime> turn;        // its key in turns_
    };
    struct Place {
        Host* host;
        std::int64_t order;
    };
    using Turn = std::pair<SteadyTime, Host*>;

    [[nodiscard]] Host& host_named(const std::string& name);
    [[nodiscard]] bool has_slot(const Host& host) const;
    [[nodiscard]] Milliseconds pause_of(const Host& host) const;
    [[nodiscard]] bool may_go(const Host& host, SteadyTime now) const;
    void let_go(Host& host, FeedId feed);
    void wait(Host& host, FeedId feed, std::int64_t order);
    void plan(Host& host);
    void sweep(SteadyTime now);

    std::size_t per_host_ = 2;
    Milliseconds pause_{0};
    Unlimited unlimited_;
    std::unordered_map<std::string, Host> hosts_;
    std::unordered_map<FeedId, Place> places_;  // of who waits
    std::set<Turn> turns_;                      // hosts whose first in line waits for a time only
    std::int64_t last_ = 0;
    std::int64_t first_ = 0;
    std::size_t sweep_at_ = 1024;
};

}  // namespace feedd
