#include "schedule/manners.h"

#include <algorithm>
#include <utility>

#include "schedule/floors.h"
#include "schedule/host_key.h"
#include "schedule/throttle.h"

namespace feedd {

void Manners::remember(const std::string& host, const Throttle& throttle, Moment now) {
    Throttle known = throttle;
    const Seconds left = hold_left(throttle, now.utc);
    // By a clock that was wrong then, or is now, the end may lie years ahead.
    if (known.held_until) known.held_until = std::min(*known.held_until, now.utc + left);
    line_.slow_down(host, least_pause(known, now.utc));
    if (left > Seconds{0}) {
        line_.hold(host, now.steady + left);
        wire_.forbid(host, now.steady + left, now.steady);
    }
    throttles_[host] = std::move(known);
}

const std::string& Manners::key_of(const std::string& url) const {
    if (url != last_url_) {
        std::string key = host_key(url);
        last_url_ = url;
        last_key_ = std::move(key);
    }
    return last_key_;
}

void Manners::learn_public(const std::string& url, bool is_public) {
    const std::string& host = key_of(url);
    const bool changed = is_public ? private_.erase(host) > 0 : private_.insert(host).second;
    if (changed) line_.lift_pause(host, !is_public);
}

bool Manners::is_private(const std::string& url) const {
    return !private_.empty() && private_.contains(key_of(url));
}

std::optional<Throttle> Manners::hold_on(const std::string& url, Time now) const {
    const auto found = throttles_.find(key_of(url));
    if (found == throttles_.end() || hold_left(found->second, now) <= Seconds{0})
        return std::nullopt;
    return found->second;
}

bool Manners::arrive(FeedId feed, const std::string& url, Moment now) {
    Guest& guest = guests_[feed];
    guest.host = key_of(url);
    guest.inside = line_.enter(guest.host, feed, now.steady);
    return guest.inside;
}

bool Manners::redirected(FeedId feed, const std::string& url, Moment now) {
    Guest& guest = guests_[feed];
    leave(feed, guest);
    guest.host = key_of(url);
    guest.inside = line_.enter_first(guest.host, feed, now.steady);
    return guest.inside;
}

void Manners::sent(FeedId feed, const std::string& url, Moment now) {
    const std::string& host = key_of(url);
    line_.sent(host, feed, now.steady);
    guests_[feed].visits.push_back(wire_.sent(host, url, now.steady, now.utc));
}

std::vector<HostVisit> Manners::depart(FeedId feed, const Response& response, Moment now) {
    const auto found = guests_.find(feed);
    if (found == guests_.end()) return {};
    leave(feed, found->second);
    std::vector<HostVisit> visits = std::move(found->second.visits);
    guests_.erase(found);
    for (std::size_t i = 0; i < std::min(visits.size(), response.hops.size()); ++i)
        judge(visits[i], response.hops[i], i == 0, now);
    return visits;
}

void Manners::judge(HostVisit& visit, const Hop& hop, bool first, Moment now) {
    visit.status = hop.status;
    visit.bytes = hop.bytes;
    HostAnswer answer{.status = hop.status, .at = now.utc};
    if (hop.retry_after) answer.retry_after = retry_after_of(*hop.retry_after, now.utc);
    const Throttle before =
        throttles_.contains(visit.host) ? throttles_.at(visit.host) : Throttle{};
    if (!private_.contains(visit.host)) visit.throttle = throttled(before, answer);
    if (visit.throttle) {
        const SteadyTime until = now.steady + (*visit.throttle->held_until - now.utc);
        throttles_[visit.host] = *visit.throttle;
        line_.hold(visit.host, until);
        wire_.forbid(visit.host, until, now.steady);
    } else if (first && answer.retry_after && hop.status >= 300) {
        wire_.forbid(hop.url, now.steady + *answer.retry_after, now.steady);
    }
    if (const auto known = throttles_.find(visit.host); known != throttles_.end())
        line_.slow_down(visit.host, least_pause(known->second, now.utc));
}

void Manners::leave(FeedId feed, Guest& guest) {
    if (std::exchange(guest.inside, false)) {
        line_.leave(guest.host, feed);
    } else {
        line_.forget(feed);
    }
}

void Manners::give_up(FeedId feed) {
    const auto found = guests_.find(feed);
    if (found == guests_.end()) return;
    leave(feed, found->second);
    if (found->second.visits.empty()) guests_.erase(found);
}

std::optional<FeedId> Manners::next(SteadyTime now) {
    const auto feed = line_.next(now);
    if (feed) guests_.at(*feed).inside = true;
    return feed;
}

std::vector<FeedId> Manners::turn_away(const std::string& host) {
    std::vector<FeedId> away = line_.turn_away(host);
    for (const FeedId feed : away)
        give_up(feed);
    return away;
}

}  // namespace feedd
