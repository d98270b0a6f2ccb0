#include "schedule/host_line.h"

#include <algorithm>
#include <utility>

namespace feedd {

HostLine::Host& HostLine::host_named(const std::string& name) {
    const auto [at, fresh] = hosts_.try_emplace(name);
    if (fresh) at->second.unlimited = unlimited_ && unlimited_(name);
    return at->second;
}

HostLine::Milliseconds HostLine::pause_of(const Host& host) const {
    const bool none = host.no_pause || host.unlimited;
    if (host.least_pause) return std::max(*host.least_pause, none ? Milliseconds{0} : pause_);
    return none ? Milliseconds{0} : pause_;
}

bool HostLine::has_slot(const Host& host) const {
    return per_host_ == 0 || host.unlimited || host.busy < per_host_;
}

bool HostLine::may_go(const Host& host, SteadyTime now) const {
    return has_slot(host) && !host.at_door && host.free_at <= now && host.held_until <= now;
}

// Keeps turns_ true after anything about the host has changed.
void HostLine::plan(Host& host) {
    if (host.turn) turns_.erase({*host.turn, &host});
    host.turn.reset();
    if (host.queue.empty() || !has_slot(host) || host.at_door) return;
    host.turn = std::max(host.free_at, host.held_until);
    turns_.emplace(*host.turn, &host);
}

void HostLine::limits(std::size_t per_host, Milliseconds pause, Unlimited unlimited) {
    per_host_ = per_host;
    pause_ = pause;
    unlimited_ = std::move(unlimited);
    for (auto& [name, host] : hosts_) {
        host.unlimited = unlimited_ && unlimited_(name);
        plan(host);
    }
}

void HostLine::slow_down(const std::string& host, Milliseconds least_pause) {
    Host& at = host_named(host);
    at.least_pause = least_pause > Milliseconds{0} ? std::optional(least_pause) : std::nullopt;
}

void HostLine::lift_pause(const std::string& host, bool lifted) {
    Host& at = host_named(host);
    at.no_pause = lifted;
    if (pause_of(at) == Milliseconds{0}) {
        at.at_door.reset();
        at.free_at = {};
    }
    plan(at);
}

void HostLine::hold(const std::string& host, SteadyTime until) {
    Host& at = host_named(host);
    at.held_until = std::max(at.held_until, until);
    plan(at);
}

bool HostLine::held(const std::string& host, SteadyTime now) const {
    const auto found = hosts_.find(host);
    return found != hosts_.end() && found->second.held_until > now;
}

void HostLine::let_go(Host& host, FeedId feed) {
    ++host.busy;
    if (pause_of(host) > Milliseconds{0}) host.at_door = feed;
    plan(host);
}

void HostLine::wait(Host& host, FeedId feed, std::int64_t order) {
    host.queue.emplace(order, feed);
    places_.emplace(feed, Place{.host = &host, .order = order});
    plan(host);
}

bool HostLine::enter(const std::string& host, FeedId feed, SteadyTime now) {
    if (places_.contains(feed)) return false;
    sweep(now);
    Host& at = host_named(host);
    if (at.queue.empty() && may_go(at, now)) {
        let_go(at, feed);
        return true;
    }
    wait(at, feed, ++last_);
    return false;
}

bool HostLine::enter_first(const std::string& host, FeedId feed, SteadyTime now) {
    if (places_.contains(feed)) return false;
    sweep(now);
    Host& at = host_named(host);
    if (may_go(at, now)) {
        let_go(at, feed);
        return true;
    }
    wait(at, feed, --first_);
    return false;
}

void HostLine::sent(const std::string& host, FeedId feed, SteadyTime now) {
    const auto found = hosts_.find(host);
    if (found == hosts_.end()) return;
    Host& at = found->second;
    if (at.at_door == feed) at.at_door.reset();
    at.free_at = std::max(at.free_at, now + pause_of(at));
    plan(at);
}

void HostLine::leave(const std::string& host, FeedId feed) {
    const auto found = hosts_.find(host);
    if (found == hosts_.end()) return;
    Host& at = found->second;
    if (at.busy > 0) --at.busy;
    if (at.at_door == feed) at.at_door.reset();  // it never came to send anything
    plan(at);
}

std::optional<FeedId> HostLine::next(SteadyTime now) {
    if (turns_.empty() || turns_.begin()->first > now) return std::nullopt;
    Host& at = *turns_.begin()->second;
    const FeedId feed = at.queue.begin()->second;
    at.queue.erase(at.queue.begin());
    places_.erase(feed);
    let_go(at, feed);
    return feed;
}

std::optional<SteadyTime> HostLine::next_turn() const {
    if (turns_.empty()) return std::nullopt;
    return turns_.begin()->first;
}

void HostLine::forget(FeedId feed) {
    const auto found = places_.find(feed);
    if (found == places_.end()) return;
    Host& at = *found->second.host;
    at.queue.erase(found->second.order);
    places_.erase(found);
    plan(at);
}

std::vector<FeedId> HostLine::turn_away(const std::string& host) {
    std::vector<FeedId> away;
    const auto found = hosts_.find(host);
    if (found == hosts_.end()) return away;
    for (const auto& [order, feed] : std::exchange(found->second.queue, {})) {
        places_.erase(feed);
        away.push_back(feed);
    }
    plan(found->second);
    return away;
}

// Redirects may lead to any number of hosts: what there is nothing left to remember of is dropped,
// when the hosts have doubled.
void HostLine::sweep(SteadyTime now) {
    if (hosts_.size() < sweep_at_) return;
    std::erase_if(hosts_, [&](const auto& each) {
        const Host& host = each.second;
        return host.busy == 0 && host.queue.empty() && host.free_at <= now &&
               host.held_until <= now && !host.least_pause && !host.no_pause;
    });
    constexpr std::size_t kFewHosts = 1024;
    sweep_at_ = std::max(kFewHosts, 2 * hosts_.size());
}

}  // namespace feedd
