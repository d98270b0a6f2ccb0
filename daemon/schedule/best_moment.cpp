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

constexpr double kSecondsPerDay = 86400;
constexpr int kSteps = 720;
// How far to look ahead: a daily feed at the default price sees its next day, a busy one an hour or
// two. Beyond that the future is taken for average.
constexpr double kPollsAhead = 24;
// Where a poll may be: several places within what would be its interval, if all stayed as it is.
constexpr double kPlacesPerPoll = 8;
constexpr double kPlacesPerLongest = 8;
constexpr double kPlacesPerChange = 2;  // where the rate changes e-fold: at a peak's end, say

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
    double step = 0;
    double least = 0;
    double most = 0;
    Price price = 0;
    double usual = 0;  // the interval of average times
};

// More of them where more comes out, and where that changes; and where the bounds are.
std::vector<Place> places_of(const Forecast& forecast, double least, double most, Price price) {
    constexpr double kNoRate = 1e-9;
    const double step = seconds(forecast.step);
    const double densest = kPlacesPerPoll / std::max(least, step);
    std::vector<Place> places{{}};
    Place here;
    double due = 0;
    double rate_before = forecast.items.front() / step;
    for (const double items : forecast.items) {
        const double rate = items / step;
        const double wanted =
            kPlacesPerPoll * std::sqrt(rate / (2 * price)) + kPlacesPerLongest / most;
        due += std::min(wanted, densest) * step;
        due += kPlacesPerChange * std::abs(std::log((rate + kNoRate) / (rate_before + kNoRate)));
        rate_before = rate;
        const double before = here.after;
        here.after += step;
        here.waited += (here.items + items / 2) * step;
        here.items += items;
        const auto reaches = [&](double bound) { return before < bound && bound <= here.after; };
        if (due < 1 && !reaches(least) && !reaches(most)) continue;
        due = 0;
        places.push_back(here);
    }
    if (places.back().after < here.after) places.push_back(here);
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
// the next one is then (none: beyond the horizon).
std::optional<std::size_t> cheapest_next(const Problem& problem) {
    const std::vector<Place>& places = problem.places;
    const double slack = problem.step;  // the place of a bound is up to a step behind it
    std::vector<double> cost(places.size());
    std::optional<std::size_t> next;
    for (std::size_t i = places.size(); i-- > 0;) {
        const double already = i == 0 ? problem.waiting : 0;
        const double left = places.back().after - places[i].after;
        double best = left <= problem.most + slack ? unfinished(problem, places[i]) + already * left
                                                   : std::numeric_limits<double>::infinity();
        next.reset();
        for (std::size_t j = i + 1; j < places.size(); ++j) {
            const double wait = places[j].after - places[i].after;
            if (wait < problem.least) continue;
            if (wait > problem.most + slack && std::isfinite(best)) break;
            const double so_far =
                waiting_between(places[i], places[j]) + already * wait + problem.price;
            if (so_far >= best) break;  // it only grows
            if (so_far + cost[j] >= best) continue;
            best = so_far + cost[j];
            next = j;
        }
        cost[i] = best;
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

// The last step before the document may overflow, in seconds from now; nullopt: not in sight.
std::optional<double> overflow(const Rhythm& rhythm, const Forecast& forecast) {
    if (rhythm.window < 2) return std::nullopt;
    const double room = rhythm.window - 1;
    const double spread = dispersion(rhythm);
    double mean = forecast.waiting * (1 + rhythm.caution);
    double after = 0;
    for (const double items : forecast.items) {
        mean += items * (1 + rhythm.caution);
        // Where so few are expected Markov's inequality is enough.
        const bool full = mean * 100 > room && many(mean, spread) >= room;
        if (full) return after;
        after += seconds(forecast.step);
    }
    return std::nullopt;
}

double items_until(const Forecast& forecast, double after) {
    double items = forecast.waiting;
    double left = after / seconds(forecast.step);
    for (std::size_t i = 0; i < forecast.items.size() && left > 0; ++i, --left)
        items += forecast.items[i] * std::min(left, 1.0);
    return items;
}

}  // namespace

BestMoment best_moment(const Rhythm& rhythm, Interval bounds, Price price, Time now) {
    const double per_second = moments_per_day(rhythm) * items_per_moment(rhythm) / kSecondsPerDay;
    const double least = seconds(bounds.least);
    const double most = std::max(seconds(bounds.most), least);
    const double usual = std::clamp(std::sqrt(2 * price / per_second), least, most);
    const double horizon = std::min(2 * most, kPollsAhead * usual);
    const Forecast ahead =
        forecast(rhythm, now, Seconds{static_cast<std::int64_t>(std::ceil(horizon))}, kSteps);
    const Problem problem{.places = places_of(ahead, least, most, price),
                          .waiting = ahead.waiting,
                          .step = seconds(ahead.step),
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
