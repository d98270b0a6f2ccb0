// The poller's manners: who may ask which host now, and what was asked.
#include <chrono>
#include <utility>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "base/log.h"
#include "base/url.h"
#include "fetch/address.h"
#include "schedule/host_key.h"
#include "schedule/throttle.h"
#include "service/poller.h"

namespace feedd {

Moment moment() {
    return {.steady = std::chrono::steady_clock::now(), .utc = now_utc()};
}

namespace {

std::string why_held(const std::string& host, const Throttle& throttle) {
    return fmt::format("{} is left alone until {} ({})", host, format_utc(*throttle.held_until),
                       throttle.reason);
}

}  // namespace

Traffic Poller::traffic() {
    return {.turn = [this](FeedId feed, const std::string& url) { return follow(feed, url); },
            .sent =
                [this](FeedId feed, const std::string& url, const sockaddr* remote) {
                    if (remote != nullptr)
                        manners_.learn_public(url, surroundings_.is_public(*remote));
                    manners_.sent(feed, url, moment());
                    if (manners_.waiting() == 0) return;
                    // The next in line may go after the pause; not from within libcurl.
                    loop_.post([self = std::weak_ptr(self_)] {
                        if (const auto alive = self.lock()) (*alive)->pump();
                    });
                }};
}

// Whether the feed, which is due, may be fetched now; else it waits where it has to.
bool Poller::may_ask(FeedId feed, Entry& entry) {
    const std::string url(entry.feed.url());
    const std::string host = host_of(url);
    if (const auto address = numeric_address(host)) {
        manners_.learn_public(url,
                              surroundings_.is_public(reinterpret_cast<const sockaddr&>(*address)));
    }
    if (mode_ == Mode::forever && outage_.on() && !manners_.is_private(url)) {
        park(feed, entry);
        return false;
    }
    const Moment now = moment();
    if (const auto hold = manners_.hold_on(url, now.utc); hold && mode_ == Mode::once) {
        skip(feed, why_held(host_key(url), *hold));
        return false;
    }
    if (manners_.arrive(feed, url, now)) return true;
    entry.phase = Phase::waiting;
    return false;
}

// The feed has come to the head of a line: to begin, or to follow a redirect.
void Poller::take_turn(FeedId feed) {
    if (waiting_hops_.contains(feed)) {
        waiting_hops_.drop(feed);
        ++fetching_;
        fetcher_.resume(feed);
        return;
    }
    Entry& entry = entries_.at(feed);
    if (mode_ == Mode::forever && outage_.on() &&
        !manners_.is_private(std::string(entry.feed.url()))) {
        manners_.give_up(feed);
        park(feed, entry);
        return;
    }
    start(feed);
}

// Called within the fetcher, which must not be called back.
bool Poller::follow(FeedId feed, const std::string& url) {
    const Moment now = moment();
    if (manners_.redirected(feed, url, now)) return true;
    // What waits for its turn has no connection: it keeps nobody else from one.
    --fetching_;
    // A host that is held will not let it in before its patience is at an end.
    const bool held = manners_.hold_on(url, now.utc).has_value();
    waiting_hops_.put(feed, held ? now.steady : now.steady + kPatience);
    loop_.post([self = std::weak_ptr(self_)] {
        if (const auto alive = self.lock()) (*alive)->pump();
    });
    return false;
}

void Poller::put_off_late_hops(SteadyTime now) {
    const Time utc = now_utc();
    while (const auto feed = waiting_hops_.take(now)) {
        const std::string url = fetcher_.next_url(*feed);
        if (const auto hold = manners_.hold_on(url, utc)) {
            put_off(*feed, "redirected, but " + why_held(host_key(url), *hold), *hold->held_until);
        } else {
            put_off(*feed, fmt::format("redirected to {}, where too many wait", host_key(url)),
                    utc + kBackInLine);
        }
    }
}

void Poller::put_off(FeedId feed, const std::string& why, Time until) {
    waiting_hops_.put(feed, SteadyTime::max());  // until fetched() takes it
    manners_.give_up(feed);
    fetcher_.put_off(feed, why, until);
}

// The answers to what was sent, for the ledger and for whom they hold up.
void Poller::note_visits(FeedId feed, const Response& response, Poll& poll) {
    poll.visits = manners_.depart(feed, response, moment());
    for (const HostVisit& visit : poll.visits) {
        if (!visit.throttle) continue;
        spdlog::info("host left alone host={} until={} why={}", log_value(visit.host),
                     format_utc(*visit.throttle->held_until), log_value(visit.throttle->reason));
        if (mode_ == Mode::once) turn_away(visit.host, *visit.throttle);
    }
}

// once: who waits for a host that does not want to be asked would wait too long.
void Poller::turn_away(const std::string& host, const Throttle& throttle) {
    for (const FeedId feed : manners_.turn_away(host)) {
        if (waiting_hops_.contains(feed)) {
            put_off(feed, why_held(host, throttle), *throttle.held_until);
        } else {
            skip(feed, why_held(host, throttle));
        }
    }
}

void Poller::skip(FeedId feed, const std::string& why) {
    Entry& entry = entries_.at(feed);
    entry.phase = Phase::idle;
    ++totals_.skipped;
    if (events_.skipped) events_.skipped(entry.feed.spec(), why);
    if (--selected_ == 0 && !stopping_) loop_.post(events_.idle);
}

}  // namespace feedd
