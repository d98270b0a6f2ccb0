// Everything that is owed to hosts, in one place: their lines, their complaints, and the log of
// what was sent to them. Time is passed in.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/time.h"
#include "model/host.h"
#include "model/response.h"
#include "schedule/host_line.h"
#include "schedule/wire_log.h"

namespace feedd {

// The same instant by both clocks: waiting uses the steady one, what is stored the other.
struct Moment {
    SteadyTime steady;
    Time utc;
};

// For one thread. A feed arrives with its first URL, may be redirected, and departs; between, it
// waits in the line of a host or has a slot there.
//
// A host on a private address is our own: no pauses there, and a 429 is a matter of the feed that
// it was said to, since one port may front many routes.
class Manners {
  public:
    void limits(std::size_t per_host, std::chrono::milliseconds pause,
                HostLine::Unlimited unlimited = nullptr) {
        line_.limits(per_host, pause, std::move(unlimited));
    }
    // What the store remembers of the host from before.
    void remember(const std::string& host, const Throttle& throttle, Moment now);

    // Whether the host of the URL is on a public address, as far as is known by now.
    void learn_public(const std::string& url, bool is_public);
    [[nodiscard]] bool is_private(const std::string& url) const;

    // The hold that keeps the host of `url` from being asked; nullopt: none. Its held_until is set.
    [[nodiscard]] std::optional<Throttle> hold_on(const std::string& url, Time now) const;

    // True: the feed may be fetched now. False: next() will name it.
    [[nodiscard]] bool arrive(FeedId feed, const std::string& url, Moment now);
    // True: its redirect may be followed now. False: next() will name it.
    [[nodiscard]] bool redirected(FeedId feed, const std::string& url, Moment now);
    // The request of the feed goes out.
    void sent(FeedId feed, const std::string& url, Moment now);
    // The fetch is over: its slot is free. Returns what it sent, with the answers.
    [[nodiscard]] std::vector<HostVisit> depart(FeedId feed, const Response& response, Moment now);

    [[nodiscard]] std::optional<FeedId> next(SteadyTime now);
    [[nodiscard]] std::optional<SteadyTime> next_turn() const { return line_.next_turn(); }
    // A feed that waits does so no longer.
    void give_up(FeedId feed);
    // All who wait for a host that is held, in their order; they do so no longer.
    [[nodiscard]] std::vector<FeedId> turn_away(const std::string& host);
    [[nodiscard]] std::size_t waiting() const noexcept { return line_.waiting(); }

  private:
    struct Guest {
        std::string host;  // whose slot it has or waits for
        bool inside = false;
        std::vector<HostVisit> visits;
    };
    [[nodiscard]] const std::string& key_of(const std::string& url) const;
    void leave(FeedId feed, Guest& guest);
    void judge(HostVisit& visit, const Hop& hop, bool first, Moment now);

    HostLine line_;
    WireLog wire_;
    std::unordered_map<std::string, Throttle> throttles_;  // only of hosts that complained
    std::unordered_set<std::string> private_;
    std::unordered_map<FeedId, Guest> guests_;
    // Several questions about one URL follow each other, and to read a URL costs more than any of
    // the answers.
    mutable std::string last_url_;
    mutable std::string last_key_;
};

}  // namespace feedd
