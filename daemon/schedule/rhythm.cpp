#include "schedule/rhythm.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "schedule/forecast.h"
#include "schedule/gaps.h"
#include "schedule/shape.h"

namespace feedd {

namespace {

using std::chrono::days;
using std::chrono::minutes;

constexpr Time kFirstFeeds{days{7305}};    // 1990-01-01: older dates are defaults of generators
constexpr Seconds kTogether = minutes{5};  // items closer than this came out together
// An item may show up later than its date says (a cache, a date without a time of day); beyond
// that its publisher has filled in something old.
constexpr Seconds kLate = days{1};

// Before anything is seen: one moment a day, believed as much as half a moment that was seen.
constexpr double kPriorMoments = 0.5;
constexpr double kPriorRate = 1;
constexpr double kPriorItems = 0.5;

// In days: the last two months, corrected by the last week as far as it has enough to say.
constexpr double kMemory = 60;
constexpr double kLatelyMemory = 7;
constexpr double kEnough = 10;  // moments
constexpr double kCautionMemory = 14;

double days_of(Seconds span) {
    return static_cast<double>(span.count()) / kSecondsPerDay;
}

void scale(std::span<float> counts, double by) {
    for (float& count : counts)
        count = static_cast<float>(count * by);
}

void add(float& sum, double amount) {
    sum = static_cast<float>(sum + amount);
}

// What is left of a sum after `span` days, and what comes to it when `amount` is added steadily
// meanwhile.
float faded(float sum, double span, double memory, double amount = 0) {
    const double kept = std::exp(-span / memory);
    return static_cast<float>(sum * kept + amount * (1 - kept) * memory / span);
}

// Lets time pass until `to` in which nothing was published.
void pass(Rhythm& rhythm, Time to) {
    if (to <= rhythm.seen_until) return;
    const double span = days_of(to - rhythm.seen_until);
    const double lived = Shape(rhythm).days_between(rhythm.seen_until, to);
    rhythm.moments = faded(rhythm.moments, span, kMemory);
    rhythm.items = faded(rhythm.items, span, kMemory);
    rhythm.exposure = faded(rhythm.exposure, span, kMemory, lived);
    rhythm.lately = faded(rhythm.lately, span, kLatelyMemory);
    rhythm.lately_exposure = faded(rhythm.lately_exposure, span, kLatelyMemory, lived);
    rhythm.calendar = faded(rhythm.calendar, span, kMemory, span);
    const double kept = std::exp(-span / kMemory);
    scale(rhythm.hours, kept);
    scale(rhythm.weekdays, kept);
    rhythm.caution = faded(rhythm.caution, span, kCautionMemory);
    rhythm.seen_until = to;
}

// The evidence of gaps is of the last hundred or so.
constexpr double kGapsKept = 0.99;
constexpr double kLongestKept = 0.995;

void note_gap(Rhythm& rhythm, Time at) {
    const auto last = last_moment(rhythm);
    if (!last) return;
    const double gap = moments_per_day(rhythm) * Shape(rhythm).days_between(*last, at);
    scale(rhythm.gaps, kGapsKept);
    add(rhythm.gaps.at(Gaps::bin(gap)), 1);
    rhythm.longest_gap = static_cast<float>(std::max(rhythm.longest_gap * kLongestKept, gap));
}

// A moment at `at`, the latest so far. Whether its time is exact: else it tells nothing about gaps.
void note_moment(Rhythm& rhythm, Time at, bool exact) {
    const auto last = last_moment(rhythm);
    if (last && at - *last < kTogether) {
        add(rhythm.items, 1);
        return;
    }
    pass(rhythm, at);
    if (exact) note_gap(rhythm, at);
    rhythm.evidence = Shape(rhythm).evidence_with(at);
    add(rhythm.moments, 1);
    add(rhythm.lately, 1);
    add(rhythm.items, 1);
    const auto hour = std::chrono::duration_cast<std::chrono::hours>(at.time_since_epoch()).count();
    const std::chrono::weekday weekday{std::chrono::floor<days>(at)};
    add(rhythm.hours.at(static_cast<std::size_t>(hour % 24)), 1);
    add(rhythm.weekdays.at(weekday.c_encoding()), 1);
    std::shift_right(rhythm.recent.begin(), rhythm.recent.end(), 1);
    rhythm.recent.front() = static_cast<std::uint32_t>(at.time_since_epoch().count());
}

// Oldest first, without what cannot be true.
std::vector<Time> credible(std::span<const Time> dates, Time now) {
    std::vector<Time> out;
    for (const Time date : dates) {
        if (date <= now && date >= kFirstFeeds) out.push_back(date);
    }
    std::sort(out.begin(), out.end());
    return out;
}

bool date_only(const std::vector<Time>& dates) {
    return std::all_of(dates.begin(), dates.end(),
                       [](Time date) { return date == std::chrono::floor<days>(date); });
}

// An item that was pinned years ago, below those of this week, says nothing about the time between.
std::span<const Time> without_pinned(std::span<const Time> dates, Time now) {
    constexpr int kOutlier = 5;
    while (dates.size() > 2 && dates[1] - dates[0] > kOutlier * (now - dates[1]))
        dates = dates.subspan(1);
    return dates;
}

Rhythm from_history(const Sighting& sighting, Time now) {
    const std::vector<Time> dates = credible(sighting.published, now);
    Rhythm rhythm;
    if (dates.empty()) {
        rhythm.seen_until = now;
        return rhythm;
    }
    // The window begins where it does because it is full: its oldest item is where the time begins
    // and no moment within it.
    const std::span<const Time> history = without_pinned(dates, now);
    const bool exact = !date_only(dates);
    rhythm.seen_until = history.front();
    rhythm.recent.front() = static_cast<std::uint32_t>(history.front().time_since_epoch().count());
    for (const Time date : history.subspan(1))
        note_moment(rhythm, date, exact);
    if (!exact) {  // all at midnight: the days are right, the hours are not
        rhythm.hours = {};
        rhythm.evidence = {};
    }
    pass(rhythm, now);
    return rhythm;
}

struct Publication {
    Time at;
    bool exact;
};

// When the new items came out, as far as that is known, oldest first.
std::vector<Publication> moments_of(const Sighting& sighting, Time last_poll, Time now) {
    std::vector<Publication> out;
    int between = sighting.undated;
    for (const Time date : sighting.published) {
        const bool credible = date >= kFirstFeeds && date <= now;
        if (credible && date > last_poll) {
            out.push_back({date, true});
        } else if (!credible || last_poll - date <= kLate) {
            ++between;
        }
    }
    const Seconds step = (now - last_poll) / (between + 1);
    for (int i = 1; i <= between; ++i)
        out.push_back({last_poll + step * i, false});
    std::sort(out.begin(), out.end(),
              [](const Publication& a, const Publication& b) { return a.at < b.at; });
    return out;
}

// How wrong the forecast for the time since the last good poll was.
void note_surprise(Rhythm& rhythm, double items, Time now) {
    if (now <= rhythm.seen_until) return;
    const double span = days_of(now - rhythm.seen_until);
    const double expected = expected_waiting(rhythm, now);
    const double wrong = items - expected;
    rhythm.expected = faded(rhythm.expected, span, kMemory);
    rhythm.surprise = faded(rhythm.surprise, span, kMemory);
    add(rhythm.expected, expected);
    add(rhythm.surprise, wrong * wrong);
}

}  // namespace

Rhythm learned(const std::optional<Rhythm>& before, const Sighting& sighting, Time now) {
    Rhythm rhythm;
    if (!before) {
        rhythm = from_history(sighting, now);
    } else {
        rhythm = *before;
        const std::vector<Publication> moments = moments_of(sighting, before->seen_until, now);
        note_surprise(rhythm, static_cast<double>(moments.size()), now);
        for (const Publication& moment : moments)
            note_moment(rhythm, moment.at, moment.exact);
        pass(rhythm, now);
    }
    if (sighting.window > 0) rhythm.window = sighting.window;
    if (sighting.gap_suspected) add(rhythm.caution, 1);
    return rhythm;
}

double moments_per_day(const Rhythm& rhythm) noexcept {
    const double seen = rhythm.moments;
    // A feed that is faster than what was supposed is not slowed down by it.
    const double prior_days =
        kPriorMoments / std::max(kPriorRate, seen / std::max<double>(rhythm.exposure, 1e-6));
    const double usual = (seen + kPriorMoments) / (rhythm.exposure + prior_days);
    return (rhythm.lately + kEnough) / (rhythm.lately_exposure + kEnough / usual);
}

double items_per_moment(const Rhythm& rhythm) noexcept {
    return (rhythm.items + kPriorItems) / (rhythm.moments + kPriorItems);
}

Seconds period_of(const Rhythm& rhythm) noexcept {
    constexpr double kLongest = 365;
    const double per_day = moments_per_day(rhythm) * items_per_moment(rhythm);
    return Seconds{std::llround(kSecondsPerDay * std::min(1 / per_day, kLongest))};
}

std::optional<Time> last_moment(const Rhythm& rhythm) noexcept {
    if (rhythm.recent.front() == 0) return std::nullopt;
    return Time{Seconds{rhythm.recent.front()}};
}

Rhythm supposed_rhythm(std::optional<Seconds> period, Time now) {
    constexpr float kBelief = 5;  // moments
    Rhythm rhythm{.seen_until = now};
    if (!period || *period <= Seconds{0}) return rhythm;
    rhythm.moments = kBelief;
    rhythm.items = kBelief;
    rhythm.exposure = static_cast<float>(days_of(*period) * kBelief);
    return rhythm;
}

}  // namespace feedd
