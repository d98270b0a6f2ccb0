// How the poller takes a list over, and what `once` selects of it.
#include <algorithm>
#include <chrono>
#include <unordered_set>
#include <utility>

#include <malloc.h>

#include "schedule/host_key.h"
#include "schedule/next_poll.h"
#include "service/poller.h"

namespace feedd {

namespace {

constexpr std::chrono::minutes kLookForSleep{1};
constexpr std::chrono::minutes kPriceEvery{10};  // rates change by the day

bool same_rhythm(const FeedSpec& a, const FeedSpec& b) {
    return a.interval == b.interval && a.min_interval == b.min_interval &&
           a.max_interval == b.max_interval;
}

// What a fetch depends on: a change of it makes a known feed worth another look.
bool same_request(const RestingFeed& a, const FeedSpec& b) {
    return a.listed_url() == b.url && a.common().access == b.access &&
           a.common().user_agent == b.user_agent;
}

// Null: none.
HostLine::Unlimited unlimited_of(HostSet hosts) {
    if (hosts.names.empty() && hosts.networks.empty()) return nullptr;
    std::unordered_set<std::string> names(hosts.names.begin(), hosts.names.end());
    return
        [names = std::move(names), networks = std::move(hosts.networks)](const std::string& host) {
            if (names.contains(host)) return true;
            const bool bracketed = host.starts_with('[') && host.ends_with(']');
            const auto address =
                parse_network(bracketed ? host.substr(1, host.size() - 2) : host);  // a whole one
            return address && std::ranges::any_of(networks, [&](const Network& network) {
                       return contains(network, address->prefix);
                   });
        };
}

// Distinct hosts by the polled URLs, those on private addresses included; counted no further than
// is of interest.
std::size_t hosts_for_proof(const std::vector<FeedState>& states) {
    std::unordered_set<std::string> hosts;
    for (const FeedState& state : states) {
        if (hosts.size() >= OutageDetector::kHostsForProof) break;
        if (std::string host = host_key(state.url); !host.empty()) hosts.insert(std::move(host));
    }
    return hosts.size();
}

}  // namespace

void Poller::apply(Config config, std::function<void(Result<ListReport>)> done) {
    auto shared = std::make_shared<Config>(std::move(config));
    committer_.apply_list(
        shared, now_utc(),
        [this, self = std::weak_ptr(self_), shared,
         done = std::move(done)](Result<std::vector<FeedState>> states) {
            loop_.post([self, shared, done, states = std::move(states)]() mutable {
                const auto alive = self.lock();
                if (!alive || (*alive)->stopping_) return;
                if (!states) {
                    done(tl::unexpected(states.error()));
                    return;
                }
                ListReport report;
                (*alive)->adopt(*shared, *states, report);
                done(report);
                (*alive)->pump();
                // Reading a list takes many times the room that is left of it:
                // a third of the memory with 100,000 feeds.
                (*alive)->loop_.post([] { malloc_trim(0); });
            });
        });
}

void Poller::adopt(const Config& config, std::vector<FeedState>& states, ListReport& report) {
    fetch_ = config.fetch;
    stories_ = config.story_window.has_value();
    fetcher_.guard(AddressGuard(fetch_.private_addresses));
    manners_.limits(fetch_.per_host, fetch_.host_pause, unlimited_of(fetch_.unlimited_hosts));
    report.feeds = states.size();
    entries_.reserve(states.size());
    for (std::size_t i = 0; i < states.size(); ++i) {
        adopt_feed(config.feeds[i], states[i], report);
    }
    drop_unlisted(states, report);
    outage_.expect(hosts_for_proof(states));
    if (mode_ == Mode::once) return;
    catch_up();
    set_price();
    minute_.every(kLookForSleep);
    if (fetch_.requests_per_hour) pricing_.every(kPriceEvery);
}

void Poller::adopt_feed(const FeedSpec& spec, FeedState& state, ListReport& report) {
    const auto [at, fresh] = entries_.try_emplace(state.id);
    Entry& entry = at->second;
    const bool another_request = !fresh && !same_request(entry.feed, spec);
    const bool another_rhythm = !fresh && !same_rhythm(entry.feed.common(), spec);
    report.added += fresh ? 1 : 0;
    report.changed += another_request || another_rhythm ? 1 : 0;
    SharedSpec common = common_specs_.of(spec);
    entry.removed = false;
    const bool under_way = entry.phase == Phase::fetching || entry.phase == Phase::suspected ||
                           entry.phase == Phase::processing;
    if (under_way) {
        entry.replan = entry.replan || another_rhythm;
        if (!another_request) {  // its outcome is newer than `state`
            entry.feed.list_as(std::move(common), spec);
            return;
        }
        entry.relisted = true;
    }
    const bool awaits = entry.phase == Phase::waiting || entry.phase == Phase::parked;
    if (awaits && another_request) forget(state.id, entry);
    if (another_request && under_way) state.next_poll_at = state.not_before;
    if (another_rhythm) {
        state.next_poll_at = replanned(spec, state, now_utc(), price_);
    } else if (fresh && state.next_poll_at) {
        state.next_poll_at = due_at_start(spec, state, now_utc());
    }
    entry.feed = RestingFeed(std::move(common), spec, state);  // catch_up() schedules it
}

void Poller::drop_unlisted(const std::vector<FeedState>& states, ListReport& report) {
    if (entries_.size() == states.size()) return;  // all are there, and no others
    std::unordered_set<FeedId> listed;
    for (const FeedState& state : states)
        listed.insert(state.id);
    for (auto at = entries_.begin(); at != entries_.end();) {
        Entry& entry = at->second;
        if (listed.contains(at->first) || entry.removed) {
            ++at;
            continue;
        }
        ++report.removed;
        if (entry.phase == Phase::waiting || entry.phase == Phase::parked) forget(at->first, entry);
        if (entry.phase == Phase::idle) {
            due_.drop(at->first);
            at = entries_.erase(at);
        } else {
            entry.removed = true;
            ++at;
        }
    }
}

Result<std::size_t> Poller::select(const std::vector<std::string>& names, bool all) {
    const SteadyTime now = std::chrono::steady_clock::now();
    const Time utc = now_utc();
    std::unordered_set<std::string_view> wanted(names.begin(), names.end());
    std::unordered_set<std::string_view> found;
    std::vector<FeedId> chosen;
    for (const auto& [id, entry] : entries_) {
        const RestingFeed& feed = entry.feed;
        if (!wanted.empty()) {
            for (const std::string_view name : {feed.name(), feed.listed_url()}) {
                if (!wanted.contains(name)) continue;
                found.insert(*wanted.find(name));
                if (chosen.empty() || chosen.back() != id) chosen.push_back(id);
            }
            continue;
        }
        if (!feed.asleep() && (all || feed.due(utc) <= utc)) chosen.push_back(id);
    }
    for (const std::string& name : names) {
        if (!found.contains(name)) {
            return fail(ErrorKind::not_found, {}, "no feed on the list is called '" + name + "'",
                        "'feedd feeds' shows the names");
        }
    }
    std::sort(chosen.begin(), chosen.end());  // the order of the list
    for (const FeedId feed : chosen)
        due_.put(feed, now);
    selected_ = chosen.size();
    if (selected_ == 0) {
        loop_.post(events_.idle);
    } else {
        pump();
    }
    return selected_;
}

}  // namespace feedd
