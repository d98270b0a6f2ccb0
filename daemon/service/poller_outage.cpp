// The poller while our own network is down: no feed is charged for it, a few feeds find out when it
// is back, and then all come back one by one.
#include <algorithm>
#include <chrono>
#include <unordered_set>
#include <utility>

#include <spdlog/spdlog.h>

#include "schedule/host_key.h"
#include "service/poller.h"

namespace feedd {

namespace {

constexpr Seconds kFirstProbe{5};
constexpr Seconds kLongestProbe{300};
constexpr std::size_t kProbes = 3;  // hosts asked at a time
constexpr std::size_t kProbeCandidates = 100;

// Who waited for the network comes back within such a time, so that neither it nor the hosts are
// met by all of them at once.
constexpr std::chrono::milliseconds kShortestReturn{5'000};
constexpr std::chrono::milliseconds kLongestReturn{600'000};
constexpr std::chrono::milliseconds kReturnPerFeed{20};

}  // namespace

// Whether the answer may be processed now. One that could not be had is kept back: if our own
// network turns out to be down, its feed is not to blame.
bool Poller::judge_reach(FeedId feed, Entry& entry, Response& response) {
    const Reach reach = reach_of(response);
    if (reach == Reach::unknown || manners_.is_private(entry.poll->state.url)) return true;
    const SteadyTime now = std::chrono::steady_clock::now();
    if (reach == Reach::reached) {
        if (outage_.reached()) end_outage(now);
        release_suspects(false);
        return true;
    }
    const bool routed = outage_.on() || surroundings_.has_route();
    if (outage_.unreached(host_key(entry.poll->state.url), routed, now)) begin_outage(now);
    if (outage_.on()) {
        response.outage = true;
        return true;
    }
    entry.poll->response = std::move(response);
    entry.phase = Phase::suspected;
    suspects_.put(feed, now + kSuspectFor);
    return false;
}

void Poller::begin_outage(SteadyTime now) {
    spdlog::warn("network down: polling is suspended but for a few feeds hosts={}",
                 outage_.hosts());
    probe_every_ = kFirstProbe;
    probe_at_ = now + probe_every_;
    release_suspects(true);
}

void Poller::end_outage(SteadyTime now) {
    spdlog::info("network up again: polling goes on waiting={}", parked_.size());
    probe_at_.reset();
    const auto window = std::clamp(kReturnPerFeed * static_cast<std::int64_t>(parked_.size()),
                                   kShortestReturn, kLongestReturn);
    std::uniform_int_distribution<std::int64_t> spread(0, window.count());
    while (const auto feed = parked_.take(SteadyTime::max())) {
        entries_.at(*feed).phase = Phase::idle;
        due_.put(*feed, now + std::chrono::milliseconds(spread(random_)));
    }
}

void Poller::release_suspects(bool outage) {
    while (const auto feed = suspects_.take(SteadyTime::max())) {
        Entry& entry = entries_.at(*feed);
        Response response = std::move(entry.poll->response);
        response.outage = outage;
        process(entry, std::move(response));
    }
}

// Nothing else has failed meanwhile: it is the host. `once` does not wait when nothing else is to
// come.
void Poller::release_late_suspects(SteadyTime now) {
    const auto oldest = suspects_.next_due();
    if (!oldest) return;
    const bool alone = mode_ == Mode::once && fetching_ == 0 && waiting_hops_.size() == 0 &&
                       due_.size() == 0 && manners_.waiting() == 0;
    if (alone || *oldest <= now) release_suspects(false);
}

void Poller::park(FeedId feed, Entry& entry) {
    entry.phase = Phase::parked;
    const SteadyTime now = std::chrono::steady_clock::now();
    parked_.put(feed, now);
    if (!probe_at_) probe_at_ = now + probe_every_;
}

// Ever more rarely, a few feeds are asked all the same.
void Poller::probe(SteadyTime now) {
    if (!outage_.on() || !probe_at_ || *probe_at_ > now || !room()) return;
    probe_every_ = std::min(probe_every_ * 2, kLongestProbe);
    probe_at_.reset();  // with nobody to send, the next feed that is due sets it
    for (const FeedId feed : probes(now)) {
        Entry& entry = entries_.at(feed);
        entry.phase = Phase::waiting;
        if (manners_.arrive(feed, std::string(entry.feed.url()), {now, now_utc()})) start(feed);
        probe_at_ = now + probe_every_;
    }
}

// Of different hosts; healthy feeds first, since a dead host proves nothing. Who is looked at and
// not chosen goes to the end: the next probe asks others.
std::vector<FeedId> Poller::probes(SteadyTime now) {
    std::vector<FeedId> seen;
    while (seen.size() < kProbeCandidates) {
        const auto feed = parked_.take(SteadyTime::max());
        if (!feed) break;
        seen.push_back(*feed);
    }
    std::stable_partition(seen.begin(), seen.end(),
                          [&](FeedId feed) { return entries_.at(feed).feed.failures() == 0; });
    std::vector<FeedId> chosen;
    std::unordered_set<std::string> hosts;
    for (const FeedId feed : seen) {
        if (chosen.size() < kProbes &&
            hosts.insert(host_key(entries_.at(feed).feed.url())).second) {
            chosen.push_back(feed);
        } else {
            parked_.put(feed, now);
        }
    }
    return chosen;
}

void Poller::forget(FeedId feed, Entry& entry) {
    manners_.give_up(feed);
    parked_.drop(feed);
    entry.phase = Phase::idle;
}

}  // namespace feedd
