#include "schedule/next_poll.h"

#include <algorithm>
#include <cmath>
#include <string_view>

#include <fmt/format.h>

#include "schedule/rhythm.h"

namespace feedd {

namespace {

using std::chrono::days;
using std::chrono::minutes;

constexpr Seconds kTenYears = days{3652};
constexpr double kJitterShare = 0.04;  // of the interval: feeds of one list drift apart
// After hours or days to skip: all who were held back come back at the same full hour.
constexpr Seconds kLongestSpread = minutes{10};
constexpr Seconds kClockSlack = minutes{1};  // now_utc() rounds up, and clocks are slewed

// After an outage of our own network the feeds come back one by one over such a time; the poller
// asks none before it is over.
constexpr Seconds kAfterOutage = minutes{5};

struct Base {
    Seconds interval{0};
    std::string reason;
    Seconds spread{0};  // the most that jitter adds
};

Seconds part_of(Seconds span, double share) {
    return Seconds{
        static_cast<std::int64_t>(std::floor(static_cast<double>(span.count()) * share))};
}

// Jitter may cost no more than a fixed interval's does: of the price that is twice its share. A
// poll that stands right behind a peak is not moved by an hour because its interval is a day.
Seconds cheap_delay(const BestMoment& best, Price price) {
    constexpr double kAges = 1e9;
    const double delay = 2 * kJitterShare * price / std::max(best.waiting, price / kAges);
    return Seconds{static_cast<std::int64_t>(std::min(delay, kAges))};
}

Base auto_interval(const PollContext& poll, Time now) {
    const FeedSpec& spec = poll.spec;
    const Rhythm rhythm = rhythm_of(poll.state, now);
    const BestMoment best = best_moment(
        rhythm, {.least = spec.min_interval, .most = spec.max_interval}, poll.price, now);
    Base base{.interval = best.at - now};
    base.reason = fmt::format("auto {}", format_duration(base.interval));
    if (poll.state.rhythm || poll.state.period) {
        base.reason += fmt::format(" (an item every {})", format_duration(period_of(rhythm)));
    }
    if (best.window_full) {
        base.reason += fmt::format(", before its {} items have passed", rhythm.window);
    }
    if (poll.gap_suspected) {
        base.interval = std::max(base.interval / 2, std::min(base.interval, spec.min_interval));
        base.reason += fmt::format(", halved to {}: items may have been missed",
                                   format_duration(base.interval));
    }
    base.spread = std::min(part_of(base.interval, kJitterShare), cheap_delay(best, poll.price));
    return base;
}

Base interval_of(const PollContext& poll, Time now) {
    if (!poll.spec.interval) return auto_interval(poll, now);
    const Seconds interval = *poll.spec.interval;
    return {interval, fmt::format("interval {}", format_duration(interval)),
            part_of(interval, kJitterShare)};
}

// Doubled for each failure in a row; what fails for ever is still asked at the longest interval.
Base backed_off(const PollContext& poll, Seconds interval) {
    const Seconds most = std::max(poll.spec.max_interval, interval);
    const int failures = std::max(poll.state.failures, 1);
    Seconds wait = interval;
    for (int i = 0; i < failures && wait < most; ++i)
        wait = std::min(wait * 2, most);
    return {wait,
            fmt::format("{} failure{}: backing off {}", failures, failures == 1 ? "" : "s",
                        format_duration(wait)),
            part_of(wait, kJitterShare)};
}

// Collects the latest of what asks for patience, and who asked.
class Schedule {
  public:
    Schedule(Time at, std::string reason) : at_(at), base_(at), reasons_{std::move(reason)} {}
    void not_before(Time floor, std::string reason) {
        if (floor > base_) reasons_.push_back(std::move(reason));
        at_ = std::max(at_, floor);
        not_before_ = std::max(not_before_.value_or(floor), floor);
    }
    void move_to(Time at) { at_ = at; }
    void because(std::string reason) { reasons_.push_back(std::move(reason)); }
    [[nodiscard]] Time at() const { return at_; }
    [[nodiscard]] Plan plan() && {
        return {.at = at_, .not_before = not_before_, .reasons = std::move(reasons_)};
    }

  private:
    Time at_;
    Time base_;
    std::optional<Time> not_before_;
    std::vector<std::string> reasons_;
};

void heed_http(Schedule& schedule, const PollContext& poll, Seconds interval, Time now) {
    const CacheHints& cache = poll.cache;
    if (cache.retry_after) {
        schedule.not_before(now + *cache.retry_after,
                            fmt::format("Retry-After {}", format_duration(*cache.retry_after)));
    }
    if (!cache.fresh_for) return;
    Seconds fresh = *cache.fresh_for;
    const Seconds most = std::max(poll.spec.max_interval, interval);
    std::string reason = fmt::format("{} {}", cache.fresh_source, format_duration(fresh));
    // max_interval is the reader's bound for what a publisher may ask; freshness for years is a
    // blanket rule besides that nobody made for feeds.
    if (fresh > most) {
        fresh = std::min(most, kLongestFresh);
        reason += fmt::format(", cut to {}", format_duration(fresh));
    }
    schedule.not_before(now + fresh, std::move(reason));
}

// A document's wishes count from when it was read: a failure since then does not renew them.
void heed_document(Schedule& schedule, const PollContext& poll, Seconds interval, Time now) {
    const Seconds most = std::max(poll.spec.max_interval, interval);
    Time read = now;
    if (poll.result == PollResult::failed && poll.state.last_success_at) {
        read = std::min(now, *poll.state.last_success_at);
    }
    for (const Wait& wait : document_waits(poll.state.hints)) {
        std::string reason = fmt::format("{} {}", wait.source, format_duration(wait.length));
        if (wait.length > most) reason += fmt::format(", cut to {}", format_duration(most));
        schedule.not_before(read + std::min(wait.length, most), std::move(reason));
    }
}

void heed_skips(Schedule& schedule, const FeedHints& hints, Seconds spread) {
    const Time free = outside_skips(hints, schedule.at());
    if (free == schedule.at()) return;
    std::string_view source = "skipHours and skipDays";
    if (hints.skip_hours == 0) source = "skipDays";
    if (hints.skip_days == 0) source = "skipHours";
    schedule.because(fmt::format("{} until {}", source, format_utc(free)));
    // The hour that begins here is free to its end.
    schedule.move_to(free + std::min(spread, kLongestSpread));
}

// No answer was had, for no fault of the feed: soon again, and no other plan has changed.
std::optional<Plan> retried(const PollContext& poll, Time now) {
    const Seconds spread = part_of(kAfterOutage, std::clamp(poll.jitter, 0.0, 1.0));
    if (poll.error == PollError::outage) {
        return Plan{.at = now + kAfterOutage + spread,
                    .not_before = poll.state.not_before,
                    .reasons = {"our network was down: soon again"}};
    }
    if (!poll.put_off_until) return std::nullopt;
    return Plan{.at = std::max(*poll.put_off_until, now) + spread,
                .not_before = *poll.put_off_until,
                .reasons = {"put off until " + format_utc(*poll.put_off_until)}};
}

}  // namespace

Plan next_poll(const PollContext& poll, Time now) {
    if (poll.error == PollError::gone) {
        return {.at = now + kTenYears, .never = true, .reasons = {"410 Gone: not asked again"}};
    }
    if (auto plan = retried(poll, now)) return *std::move(plan);
    Base base = interval_of(poll, now);
    const Seconds interval = base.interval;
    if (poll.result == PollResult::failed) base = backed_off(poll, interval);
    const Seconds spread = part_of(base.spread, std::clamp(poll.jitter, 0.0, 1.0));

    Schedule schedule(now + base.interval, std::move(base.reason));
    heed_http(schedule, poll, interval, now);
    heed_document(schedule, poll, interval, now);
    schedule.move_to(schedule.at() + spread);
    heed_skips(schedule, poll.state.hints, spread);
    return std::move(schedule).plan();
}

Time replanned(const FeedSpec& spec, const FeedState& state, Time now, Price price) {
    if (!state.next_poll_at || !state.last_polled_at || state.failures > 0) {
        return due_at(state, now);
    }
    const Time polled = std::min(*state.last_polled_at, now);
    const PollContext poll{.spec = spec, .state = state, .price = price};
    Time at = polled + interval_of(poll, polled).interval;
    if (state.not_before) at = std::max(at, *state.not_before);
    return outside_skips(state.hints, at);
}

Time due_at_start(const FeedSpec& spec, const FeedState& state, Time now) {
    const Time planned = due_at(state, now);
    if (!state.next_poll_at || !state.last_polled_at || state.failures > 0) return planned;
    Time latest = *state.last_polled_at + spec.interval.value_or(spec.max_interval);
    if (state.not_before) latest = std::max(latest, *state.not_before);
    return std::min(planned, outside_skips(state.hints, latest));
}

Rhythm rhythm_of(const FeedState& state, Time now) {
    return state.rhythm ? *state.rhythm : supposed_rhythm(state.period, now);
}

Time due_at(std::optional<Time> next_poll_at, std::optional<Time> last_polled_at,
            Time now) noexcept {
    if (!next_poll_at) return now;
    if (last_polled_at && *last_polled_at > now + kClockSlack) return now;
    return *next_poll_at;
}

}  // namespace feedd
