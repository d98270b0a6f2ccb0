#include "schedule/price.h"

#include <algorithm>
#include <cmath>

#include "schedule/next_poll.h"
#include "schedule/rhythm.h"
#include "schedule/shape.h"

namespace feedd {

namespace {

constexpr double kSecondsPerHour = 3600;
// From where nobody waits to where everybody is at the longest interval.
constexpr Price kLeast = 1e-3;
constexpr Price kMost = 1e9;
constexpr int kHalvings = 50;  // of the logarithm between them: far below a thousandth

double seconds(Seconds span) {
    return std::max(1.0, static_cast<double>(span.count()));
}

double demanded(std::span<const Demand> feeds, Price price) {
    double total = 0;
    for (const Demand& feed : feeds)
        total += requests_per_hour(feed, price);
    return total;
}

}  // namespace

Demand demand_of(const FeedSpec& spec, const FeedState& state, Time now) {
    Demand out{.bounds = {.least = spec.min_interval, .most = spec.max_interval},
               .fixed = spec.interval};
    if (spec.interval) return out;
    const Rhythm rhythm = rhythm_of(state, now);
    // Polls follow the root of the intensity: their number is that of its mean.
    const Shape shape(rhythm);
    double roots = 0;
    for (int hour = 0; hour < 24; ++hour)
        roots += std::sqrt(shape.hour_factor(hour)) / 24;
    double weekday_roots = 0;
    for (int day = 0; day < 7; ++day)
        weekday_roots += std::sqrt(shape.weekday_factor(day)) / 7;
    const double peaked = roots * weekday_roots;
    out.items_per_day = moments_per_day(rhythm) * items_per_moment(rhythm) * peaked * peaked;
    return out;
}

double requests_per_hour(const Demand& demand, Price price) noexcept {
    if (demand.fixed) return kSecondsPerHour / seconds(*demand.fixed);
    const double most = seconds(std::max(demand.bounds.least, demand.bounds.most));
    if (demand.items_per_day <= 0) return kSecondsPerHour / most;
    const double interval = std::sqrt(2 * price * kSecondsPerDay / demand.items_per_day);
    return kSecondsPerHour / std::clamp(interval, seconds(demand.bounds.least), most);
}

Budget price_for(double requests_per_hour, std::span<const Demand> feeds) {
    double low = std::log(kLeast);
    double high = std::log(kMost);
    for (int i = 0; i < kHalvings; ++i) {
        const double middle = (low + high) / 2;
        (demanded(feeds, std::exp(middle)) > requests_per_hour ? low : high) = middle;
    }
    Budget out;
    out.price = std::exp(high);
    out.requests_per_hour = demanded(feeds, out.price);
    constexpr double kRounding = 1.001;
    out.kept = out.requests_per_hour <= requests_per_hour * kRounding;
    return out;
}

}  // namespace feedd
