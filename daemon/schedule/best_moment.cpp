#include "schedule/best_moment.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

#include "schedule/course.h"
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
    const Course course{.places = places_of(ahead),
                        .waiting = ahead.waiting,
                        .least = least,
                        .most = most,
                        .price = price,
                        .usual = usual};
    const auto next = first_poll(course);
    double after = next ? course.places[*next].after : course.places.back().after;
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
