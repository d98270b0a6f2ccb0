#include "schedule/best_moment.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <vector>

#include "schedule/forecast.h"
#include "schedule/rhythm.h"

namespace feedd {

namespace {

// How far to look ahead: a daily feed at the default price sees its next day, a busy one an hour or
// two. Beyond that the future is taken for average.
constexpr double kPollsAhead = 24;

double seconds(Seconds span) {
    return static_cast<double>(span.count());
}

// A place for a poll, `after` seconds from now.
struct Place {
    double after = 0;
    double items = 0;   // that came out since now
    double waited = 0;  // the sum of their waiting since now, in seconds
};

struct Problem {
    std::vector<Place> places;  // the first is now
    double waiting = 0;         // already there
    double least = 0;
    double most = 0;
    Price price = 0;
    double usual = 0;  // the interval of average times
};

std::vector<Place> places_of(const Forecast& forecast) {
    std::vector<Place> places(forecast.bounds.size());
    for (std::size_t i = 1; i < places.size(); ++i) {
        const Place& before = places[i - 1];
        const double items = forecast.items[i - 1];
        const double step = forecast.bounds[i] - forecast.bounds[i - 1];
        places[i] = {.after = forecast.bounds[i],
                     .items = before.items + items,
                     .waited = before.waited + (before.items + items / 2) * step};
    }
    return places;
}

// The waiting between two polls at these places, of what comes out between them.
double waiting_between(const Place& a, const Place& b) {
    return b.waited - a.waited - a.items * (b.after - a.after);
}

// What it costs to have polled last at `last` when the horizon comes: the waiting until then, and
// that the next poll is nearer than after a fresh one. In average times that is due `usual` after
// the last.
double unfinished(const Problem& problem, const Place& last) {
    const Place& end = problem.places.back();
    const double overdue = problem.price + waiting_between(last, end);
    if (end.after - last.after >= problem.usual) return overdue;
    return std::min(overdue, (end.items - last.items) * problem.usual);
}

// From the horizon backwards: the least cost of all that follows a poll at each place, and where
// the next one is then (none: beyond the horizon). Who was polled earlier is polled again no later:
// waiting between two polls grows faster the earlier the first one is.
std::optional<std::size_t> cheapest_next(const Problem& problem) {
    constexpr double kRounding = 1;  // second
    const std::vector<Place>& places = problem.places;
    std::vector<double> cost(places.size());
    std::size_t latest = places.size() - 1;
    std::size_t first = places.size();  // that is far enough from the place looked at
    std::optional<std::size_t> next;
    for (std::size_t i = places.size(); i-- > 0;) {
        const Place& from = places[i];
        const double already = i == 0 ? problem.waiting : 0;
        const double left = places.back().after - from.after;
        double best = left <= problem.most + kRounding ? unfinished(problem, from) + already * left
                                                       : std::numeric_limits<double>::infinity();
        next.reset();
        while (first > i + 1 && places[first - 1].after - from.after >= problem.least - kRounding)
            --first;
        // waiting_between(from, to) + already * wait + price, with what is the same for all taken
        // out: most of a plan's time goes by here.
        const double fixed = problem.price - from.waited + (from.items - already) * from.after;
        const double slope = already - from.items;
        const double last = from.after + problem.most + kRounding;
        for (std::size_t j = first; j <= latest; ++j) {
            const Place& to = places[j];
            const double so_far = fixed + to.waited + slope * to.after;
            if (so_far >= best) break;  // it only grows
            if (to.after > last && std::isfinite(best)) break;
            const double whole = so_far + cost[j];
            if (whole >= best) continue;
            best = whole;
            next = j;
        }
        cost[i] = best;
        if (next) latest = *next;
    }
    return next;
}

// Variance over mean of the number of items between two polls; of a feed of which little was seen,
// somewhat more than chance.
double dispersion(const Rhythm& rhythm) {
    constexpr double kPrior = 3;  // items
    constexpr double kUsual = 2;
    return std::max(1.0, (rhythm.surprise + kPrior * kUsual) / (rhythm.expected + kPrior));
}

// The number of items that is exceeded once in a hundred times where `mean` are expected: a Gamma
// distribution by Wilson and Hilferty.
double many(double mean, double spread) {
    constexpr double kOnceInAHundred = 2.326;
    const double part = spread / (9 * mean);
    const double root = 1 - part + kOnceInAHundred * std::sqrt(part);
    return mean * root * root * root;
}

// The last bound before the document may overflow, in seconds from now; nullopt: not in sight.
std::optional<double> overflow(const Rhythm& rhythm, const Forecast& forecast) {
    if (rhythm.window < 2) return std::nullopt;
    const double room = rhythm.window - 1;
    const double spread = dispersion(rhythm);
    double mean = forecast.waiting * (1 + rhythm.caution);
    for (std::size_t i = 0; i < forecast.items.size(); ++i) {
        mean += forecast.items[i] * (1 + rhythm.caution);
        // Where so few are expected Markov's inequality is enough.
        const bool full = mean * 100 > room && many(mean, spread) >= room;
        if (full) return forecast.bounds[i];
    }
    return std::nullopt;
}

double items_until(const Forecast& forecast, double after) {
    double items = forecast.waiting;
    for (std::size_t i = 0; i < forecast.items.size() && forecast.bounds[i] < after; ++i) {
        const double step = forecast.bounds[i + 1] - forecast.bounds[i];
        items += forecast.items[i] * std::min((after - forecast.bounds[i]) / step, 1.0);
    }
    return items;
}

}  // namespace

BestMoment best_moment(const Rhythm& rhythm, Interval bounds, Price price, Time now) {
    const double per_second = moments_per_day(rhythm) * items_per_moment(rhythm) / kSecondsPerDay;
    const double least = seconds(bounds.least);
    const double most = std::max(seconds(bounds.most), least);
    const double usual = std::clamp(std::sqrt(2 * price / per_second), least, most);
    const double horizon = std::ceil(std::max(std::min(2 * most, kPollsAhead * usual), 1.0));
    const Forecast ahead =
        forecast(rhythm, now, {.usual = usual, .horizon = horizon, .least = least, .most = most});
    const Problem problem{.places = places_of(ahead),
                          .waiting = ahead.waiting,
                          .least = least,
                          .most = most,
                          .price = price,
                          .usual = usual};
    const auto next = cheapest_next(problem);
    double after = next ? problem.places[*next].after : problem.places.back().after;
    after = std::min(after, most);
    BestMoment out;
    if (const auto full = overflow(rhythm, ahead); full && *full < after) {
        after = *full;
        out.window_full = true;
    }
    after = std::max(after, least);
    out.at = now + Seconds{std::llround(after)};
    out.waiting = items_until(ahead, after);
    return out;
}

}  // namespace feedd
