#include "schedule/shape.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <vector>

namespace feedd {

namespace {

constexpr double kHour = 3600;
constexpr double kDay = 86400;
constexpr double kWeek = 7 * kDay;
constexpr double kWeekBegins = 3 * kDay;  // 1970-01-01 was a Thursday: the first Sunday

// The explanations, in the order of Rhythm::evidence: two coarse ones, then the phases.
enum : std::size_t { kFlat, kHourly, kFirstPhase };
struct Phase {
    double period;  // seconds
    double width;   // standard deviation of the moments about their usual place, seconds
};
constexpr std::array<Phase, Rhythm::kShapes - kFirstPhase> kPhases{{
    {kHour, 90},
    {kDay, 180},
    {kDay, 600},
    {kDay, 2000},
    {kWeek, 600},
    {kWeek, 2000},
}};

constexpr double kPerBin = 0.5;    // moments that are supposed in each hour before any is seen
constexpr double kPhasePrior = 1;  // moments for which the coarse shape stands in each phase
constexpr double kFading = 0.95;   // of a moment's weight in a phase, for each newer one
// Evidence is of the last twenty moments or so, so that a feed may change its ways.
constexpr double kEvidenceKept = 0.95;
constexpr double kReach = 4;  // widths, beyond which a moment says nothing

double time_of(Time time) {
    return static_cast<double>(time.time_since_epoch().count());
}

double modulo(double value, double period) {
    return value - period * std::floor(value / period);
}

double sum(std::span<const float> counts) {
    double total = 0;
    for (const float count : counts)
        total += count;
    return total;
}

// Moments of one burst are near each other, but that does not make them a phase: only those that
// are at least half a period old foretell anything.
bool tells(std::uint32_t moment, double period, double at) {
    return moment != 0 && at - moment >= period / 2;
}

double bell(double distance, double width) {
    const double z = distance / width;
    return std::exp(-z * z / 2) / (width * std::sqrt(2 * std::numbers::pi));
}

// Of the moments that tell, each by its age.
double weight_of_past(const Rhythm& rhythm, double period, double at) {
    double total = 0;
    double weight = 1;
    for (const std::uint32_t moment : rhythm.recent) {
        if (tells(moment, period, at)) total += weight;
        weight *= kFading;
    }
    return total;
}

// The coarse shape's share in a phase.
double background(double past) {
    return kPhasePrior / (kPhasePrior + past);
}

Time whole(double seconds) {
    return Time{Seconds{static_cast<std::int64_t>(seconds)}};
}

double phase_at(const Rhythm& rhythm, const Phase& phase, double at) {
    double density = 0;
    double weight = 1;
    for (const std::uint32_t moment : rhythm.recent) {
        if (tells(moment, phase.period, at)) {
            const double off = modulo(at - moment + phase.period / 2, phase.period);
            density += weight * bell(off - phase.period / 2, phase.width);
        }
        weight *= kFading;
    }
    return density * phase.period;
}

// How far the bins are to be believed that so many periods have filled: not at all before each was
// there once.
double supposed(double moments_per_bin, double periods) {
    return kPerBin + moments_per_bin / (periods * periods);
}

}  // namespace

Shape::Shape(const Rhythm& rhythm) : rhythm_(rhythm) {
    const double total = sum(rhythm.hours);
    hours_.fill(1);
    weekdays_.fill(1);
    const double days = rhythm.calendar;
    if (days >= 1) {
        const double mean = total / Rhythm::kHours;
        const double prior = supposed(mean, days);
        for (std::size_t h = 0; h < Rhythm::kHours; ++h) {
            // Neighbouring hours are alike, around the clock.
            const double count =
                0.5 * rhythm.hours.at(h) +
                0.25 * (rhythm.hours.at((h + 1) % Rhythm::kHours) +
                        rhythm.hours.at((h + Rhythm::kHours - 1) % Rhythm::kHours));
            hours_.at(h) = (count + prior) / (mean + prior);
        }
    }
    if (days >= 7) {
        const double mean = total / Rhythm::kWeekdays;
        const double prior = supposed(mean, days / 7);
        for (std::size_t d = 0; d < Rhythm::kWeekdays; ++d)
            weekdays_.at(d) = (rhythm.weekdays.at(d) + prior) / (mean + prior);
    }
    for (std::size_t h = 0; h < Rhythm::kHours; ++h)
        hours_before_.at(h + 1) = hours_before_.at(h) + hours_.at(h) / Rhythm::kHours;
    for (std::size_t d = 0; d < Rhythm::kWeekdays; ++d)
        weekdays_before_.at(d + 1) = weekdays_before_.at(d) + weekdays_.at(d);

    const double best = *std::max_element(rhythm.evidence.begin(), rhythm.evidence.end());
    double all = 0;
    for (std::size_t i = 0; i < weights_.size(); ++i)
        all += weights_.at(i) = std::exp(rhythm.evidence.at(i) - best);
    for (double& weight : weights_)
        weight /= all;
}

double Shape::coarse(Time at) const noexcept {
    const double in_week = modulo(time_of(at) - kWeekBegins, kWeek);
    const auto hour = static_cast<std::size_t>(in_week / kHour);
    return weekdays_[hour / Rhythm::kHours % Rhythm::kWeekdays] * hours_[hour % Rhythm::kHours];
}

double Shape::modulation(double period, Time at) const noexcept {
    if (period == kWeek) return 1;
    if (period == kHour) return coarse(at);
    const double in_week = modulo(time_of(at) - kWeekBegins, kWeek);
    return weekdays_[static_cast<std::size_t>(in_week / kDay) % Rhythm::kWeekdays];
}

double Shape::days_since_week_began(double seconds) const noexcept {
    const double hour = seconds / kHour;
    const auto whole = std::min(static_cast<std::size_t>(hour), Rhythm::kHours * 7 - 1);
    const std::size_t day = whole / Rhythm::kHours;
    const std::size_t hour_of_day = whole % Rhythm::kHours;
    const double part = (hour - static_cast<double>(whole)) / Rhythm::kHours;
    return weekdays_before_[day] +
           weekdays_[day] * (hours_before_[hour_of_day] + part * hours_[hour_of_day]);
}

double Shape::days_between(Time from, Time to) const noexcept {
    if (to <= from) return 0;
    const double a = time_of(from) - kWeekBegins;
    const double b = time_of(to) - kWeekBegins;
    const double weeks = std::floor(b / kWeek) - std::floor(a / kWeek);
    return 7 * weeks + days_since_week_began(modulo(b, kWeek)) -
           days_since_week_began(modulo(a, kWeek));
}

void Shape::intensities(Time from, Seconds step, std::span<double> out) const {
    const auto width = static_cast<double>(step.count());
    const double start = time_of(from);
    const double end = start + width * static_cast<double>(out.size());
    // Of each phase the background belongs to the coarse shape; a weekday stays what it is.
    double coarse_share = weights_[kHourly];
    std::array<double, kPhases.size()> peak_share{};
    for (std::size_t i = 0; i < kPhases.size(); ++i) {
        const double past = weight_of_past(rhythm_, kPhases[i].period, start);
        const double weight = weights_.at(kFirstPhase + i);
        coarse_share += weight * background(past);
        peak_share[i] = weight / (kPhasePrior + past);
    }
    std::vector<double> coarse_in(out.size());
    for (std::size_t i = 0; i < out.size(); ++i) {
        const Time begin = from + step * static_cast<std::int64_t>(i);
        coarse_in[i] = days_between(begin, begin + step) * kDay / width;
        out[i] = weights_[kFlat] + coarse_share * coarse_in[i];
    }
    for (std::size_t i = 0; i < kPhases.size(); ++i) {
        constexpr double kNegligible = 1e-4;
        const Phase& phase = kPhases[i];
        if (weights_.at(kFirstPhase + i) < kNegligible) continue;
        // A step that is wider than the bell takes it for as wide as itself.
        const double spread = std::max(phase.width, width / 2);
        double weight = peak_share[i] * phase.period;
        for (const std::uint32_t moment : rhythm_.recent) {
            if (tells(moment, phase.period, start)) {
                const double first = start - kReach * spread +
                                     modulo(moment - start + kReach * spread, phase.period);
                for (double at = first; at < end + kReach * spread; at += phase.period) {
                    const auto cell = [&](double time) {
                        return static_cast<std::size_t>(std::clamp(
                            (time - start) / width, 0.0, static_cast<double>(out.size())));
                    };
                    const double height = weight * modulation(phase.period, whole(at));
                    const std::size_t last = cell(at + kReach * spread);
                    for (std::size_t c = cell(at - kReach * spread); c < last; ++c) {
                        const double middle = start + (static_cast<double>(c) + 0.5) * width;
                        out[c] += height * bell(middle - at, spread);
                    }
                }
            }
            weight *= kFading;
        }
    }
}

ShapeEvidence Shape::evidence_with(Time at) const {
    const double moment = time_of(at);
    const double coarse_now = coarse(at);
    ShapeEvidence out{};
    const auto add = [&](std::size_t i, double intensity) {
        out.at(i) = static_cast<float>(kEvidenceKept * rhythm_.evidence.at(i) +
                                       std::log(std::max(intensity, 1e-3)));
    };
    add(kFlat, 1);
    add(kHourly, coarse_now);
    for (std::size_t i = 0; i < kPhases.size(); ++i) {
        const double past = weight_of_past(rhythm_, kPhases[i].period, moment);
        const double peaks =
            phase_at(rhythm_, kPhases[i], moment) * modulation(kPhases[i].period, at);
        add(kFirstPhase + i, (peaks + kPhasePrior * coarse_now) / (kPhasePrior + past));
    }
    return out;
}

double Shape::phase_weight() const noexcept {
    double total = 0;
    for (std::size_t i = kFirstPhase; i < weights_.size(); ++i)
        total += weights_[i];
    return total;
}

}  // namespace feedd
