#include "schedule/compare.h"

#include <algorithm>
#include <cmath>
#include <functional>

namespace feedd::bench {

namespace {

double seconds(Seconds span) {
    return static_cast<double>(span.count());
}

// The replay whose number of requests is nearest to `requests`, by a parameter of which their
// number is a monotone function, falling or rising from `low` to `high`.
Tally calibrated(std::span<const History> histories, const Era& era, std::size_t requests,
                 double low, double high, const std::function<Rules(double)>& rules) {
    constexpr int kHalvings = 22;
    constexpr double kNear = 0.002;
    const auto wanted = static_cast<double>(requests);
    const auto at = [&](double x) { return replay(histories, rules(std::exp(x)), era); };
    const auto off = [&](const Tally& tally) {
        return static_cast<double>(tally.requests) - wanted;
    };
    double a = std::log(low);
    double b = std::log(high);
    const bool rises = off(at(b)) > off(at(a));
    Tally nearest;
    for (int i = 0; i < kHalvings; ++i) {
        const double middle = (a + b) / 2;
        Tally tally = at(middle);
        ((off(tally) > 0) == rises ? b : a) = middle;
        if (i == 0 || std::abs(off(tally)) < std::abs(off(nearest))) nearest = std::move(tally);
        if (std::abs(off(nearest)) < kNear * wanted) break;
    }
    return nearest;
}

Rules each(std::size_t feeds, const std::function<std::unique_ptr<Rule>(std::size_t)>& rule) {
    Rules rules;
    for (std::size_t i = 0; i < feeds; ++i)
        rules.push_back(rule(i));
    return rules;
}

Tally best_fixed(std::span<const History> histories, const Era& era, double interval) {
    constexpr int kPhases = 8;
    Tally best;
    for (int phase = 0; phase < kPhases; ++phase) {
        Tally tally =
            replay(histories,
                   each(histories.size(),
                        [&](std::size_t) {
                            return fixed_rule(interval, static_cast<double>(phase) / kPhases);
                        }),
                   era);
        if (phase == 0 || tally.mean() < best.mean()) best = std::move(tally);
    }
    return best;
}

// The items of the measured time itself.
double known_rate(const History& history, const Era& era) {
    const auto first = std::lower_bound(history.items.begin(), history.items.end(), era.measured);
    const auto last = std::lower_bound(first, history.items.end(), era.end);
    return static_cast<double>(last - first) / seconds(era.end - era.measured);
}

}  // namespace

Rules feedd_rules(std::size_t feeds, Price price, std::uint64_t seed) {
    return each(feeds, [&](std::size_t i) { return feedd_rule(price, seed + i); });
}

Comparison compare(std::span<const History> histories, const Era& era, Price price,
                   std::uint64_t seed) {
    const std::size_t feeds = histories.size();
    Comparison out;
    out.feedd.tally = replay(histories, feedd_rules(feeds, price, seed), era);
    const std::size_t requests = out.feedd.tally.requests;
    const double interval = seconds(era.end - era.measured) * static_cast<double>(feeds) /
                            static_cast<double>(requests);
    out.fixed.tally = best_fixed(histories, era, interval);
    out.round_robin.tally = replay(
        histories,
        each(feeds,
             [&](std::size_t i) {
                 return fixed_rule(interval, static_cast<double>(i) / static_cast<double>(feeds));
             }),
        era);
    out.own_fixed.tally = calibrated(histories, era, requests, 1e-3, 1e9, [&](double own_price) {
        return each(feeds, [&](std::size_t i) {
            const double rate = std::max(known_rate(histories[i], era), 1e-12);
            return fixed_rule(std::clamp(std::sqrt(2 * own_price / rate), seconds(kMinInterval),
                                         seconds(kMaxInterval)),
                              static_cast<double>(i) / static_cast<double>(feeds));
        });
    });
    out.entry_frequency.tally = calibrated(histories, era, requests, 1e-3, 1e5, [&](double factor) {
        return each(feeds, [&](std::size_t) { return entry_frequency_rule(factor); });
    });
    const auto knowing = [&](auto rule) {
        return calibrated(histories, era, requests, 1e-1, 1e7, [&](double its_price) {
            return each(feeds, [&](std::size_t i) { return rule(histories[i].law, its_price); });
        });
    };
    out.clairvoyant.tally = knowing(clairvoyant_rule);
    const bool slots = std::any_of(histories.begin(), histories.end(), [](const History& history) {
        return !history.law.slots.empty();
    });
    if (slots)
        out.slot_clairvoyant = Row{"clairvoyant, told what came", knowing(slot_clairvoyant_rule)};
    return out;
}

}  // namespace feedd::bench
