#include "schedule/throttle.h"

#include <algorithm>

#include <fmt/format.h>

#include "schedule/floors.h"

namespace feedd {

namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr int kTooManyRequests = 429;
constexpr int kForbidden = 403;
constexpr int kMostStrikes = 7;  // a pause of two minutes, a hold of an hour
constexpr Seconds kForgiveEvery = hours{6};
constexpr Seconds kFirstHold = minutes{1};
constexpr Seconds kFirstPause{2};
constexpr Seconds kProneFor = std::chrono::days{30};

Seconds doubled(Seconds first, int strikes) {
    return first * (1 << std::clamp(strikes - 1, 0, kMostStrikes - 1));
}

bool complains(const Throttle& before, const HostAnswer& answer) {
    if (answer.status == kTooManyRequests) return true;
    const bool prone = before.struck_at && answer.at - *before.struck_at < kProneFor;
    return answer.status == kForbidden && answer.retry_after && prone;
}

}  // namespace

int strikes_at(const Throttle& throttle, Time now) {
    if (!throttle.struck_at || now <= *throttle.struck_at) return throttle.strikes;
    const auto forgiven = (now - *throttle.struck_at) / kForgiveEvery;
    return static_cast<int>(std::max<std::int64_t>(throttle.strikes - forgiven, 0));
}

std::chrono::milliseconds least_pause(const Throttle& throttle, Time now) {
    const int strikes = strikes_at(throttle, now);
    return strikes == 0 ? Seconds{0} : doubled(kFirstPause, strikes);
}

Seconds hold_left(const Throttle& throttle, Time now) {
    if (!throttle.held_from || !throttle.held_until) return Seconds{0};
    const Seconds most = std::min(kLongestRetryAfter, *throttle.held_until - *throttle.held_from);
    return std::clamp(*throttle.held_until - now, Seconds{0}, std::max(most, Seconds{0}));
}

std::optional<Throttle> throttled(const Throttle& before, const HostAnswer& answer) {
    if (!complains(before, answer)) return std::nullopt;
    const bool under_way = hold_left(before, answer.at) > Seconds{0};
    Throttle after = before;
    if (!under_way) {
        after.strikes = std::min(strikes_at(before, answer.at) + 1, kMostStrikes);
        after.struck_at = answer.at;
        after.held_from = answer.at;
    }
    const Seconds wait = answer.retry_after.value_or(doubled(kFirstHold, after.strikes));
    const Time until = answer.at + wait;
    if (under_way && until <= *before.held_until) return std::nullopt;
    after.held_until = until;
    after.reason = fmt::format("HTTP {}, {}", answer.status,
                               answer.retry_after ? "Retry-After " + format_duration(wait)
                                                  : fmt::format("for the {}. time", after.strikes));
    return after;
}

}  // namespace feedd
