#include "schedule/shape.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <utility>
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
    {kWeek, 4000},
}};

constexpr double kPerHour = 0.5;      // moments that are supposed in each hour before any is seen
constexpr double kPerWeekday = 0.15;  // and on each day of the week: quiet days show soon

constexpr double kPhasePrior = 0.3;  // moments for which the coarse shape stands in each phase
constexpr double kFading = 0.95;     // of a moment's weight in a phase, for each newer one
// Evidence is of the last twenty moments or so, so that a feed may change its ways.
constexpr double kEvidenceKept = 0.95;
constexpr double kReach = 4;          // widths, beyond which a moment says nothing
constexpr double kWorthALook = 0.05;  // times the average rate: a lower peak moves no poll
constexpr double kNegligible = 0.01;  // weight of an explanation

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

// The integral of a bell, whose width is 1, until `x`: a table is near enough, and cheap.
class BellTable {
  public:
    BellTable() noexcept {
        for (std::size_t i = 0; i < values_.size(); ++i)
            values_[i] =
                std::erfc((kReach - static_cast<double>(i) / kPerWidth) / std::numbers::sqrt2) / 2;
    }
    [[nodiscard]] double until(double x) const noexcept {
        if (x <= -kReach) return 0;
        if (x >= kReach) return 1;
        const double place = (x + kReach) * kPerWidth;
        const auto i = static_cast<std::size_t>(place);
        return values_[i] + (values_[i + 1] - values_[i]) * (place - static_cast<double>(i));
    }

  private:
    static constexpr double kPerWidth = 32;
    std::array<double, static_cast<std::size_t>(2 * kReach * kPerWidth) + 2> values_{};
};
const BellTable kBell;

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

// A phase that has had its moment is over until the next period, unless moments used to come
// together: the share of them that had another one just before.
double again(const Rhythm& rhythm, const Phase& phase) {
    double close = 0.25;
    double pairs = 1;
    for (std::size_t i = 1; i < rhythm.recent.size() && rhythm.recent.at(i) != 0; ++i) {
        const std::uint32_t apart = rhythm.recent.at(i - 1) - rhythm.recent.at(i);
        if (apart < kReach * phase.width) ++close;
        ++pairs;
    }
    return close / pairs;
}

bool had_its_moment(const Rhythm& rhythm, const Phase& phase, double place) {
    return std::abs(place - rhythm.recent.front()) < kReach * phase.width;
}

double phase_at(const Rhythm& rhythm, const Phase& phase, double at) {
    double density = 0;
    double weight = 1;
    const double repeated = again(rhythm, phase);
    for (const std::uint32_t moment : rhythm.recent) {
        if (tells(moment, phase.period, at)) {
            const double off =
                modulo(at - moment + phase.period / 2, phase.period) - phase.period / 2;
            density += weight * bell(off, phase.width) *
                       (had_its_moment(rhythm, phase, at - off) ? repeated : 1);
        }
        weight *= kFading;
    }
    return density * phase.period;
}

// Where, within a period from `start` on, moments lie near those of former periods.
std::vector<std::pair<double, double>> stretches(const Rhythm& rhythm, const Phase& phase,
                                                 double start) {
    const double reach = kReach * phase.width;
    std::vector<double> begins;
    begins.reserve(rhythm.recent.size());
    for (const std::uint32_t moment : rhythm.recent) {
        if (tells(moment, phase.period, start)) {
            begins.push_back(modulo(moment - start + reach, phase.period) - 2 * reach);
        }
    }
    std::sort(begins.begin(), begins.end());
    std::vector<std::pair<double, double>> out;
    out.reserve(begins.size());
    for (const double begin : begins) {
        if (out.empty() || begin > out.back().second) out.emplace_back(begin, 0);
        out.back().second = begin + 2 * reach;
    }
    return out;
}

// How far the bins are to be believed that so many periods have filled: not at all before each was
// there once.
double supposed(double at_least, double moments_per_bin, double periods) {
    return at_least + moments_per_bin / (periods * periods);
}

}  // namespace

Shape::Shape(const Rhythm& rhythm) : rhythm_(rhythm) {
    const double total = sum(rhythm.hours);
    hours_.fill(1);
    weekdays_.fill(1);
    const double days = rhythm.calendar;
    if (days >= 1) {
        const double mean = total / Rhythm::kHours;
        const double prior = supposed(kPerHour, mean, days);
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
        const double prior = supposed(kPerWeekday, mean, days / 7);
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

// `seconds` since the beginning of some week.
double Shape::coarse_days(double seconds) const noexcept {
    const double weeks = std::floor(seconds / kWeek);
    return 7 * weeks + days_since_week_began(seconds - weeks * kWeek);
}

double Shape::days_between(Time from, Time to) const noexcept {
    if (to <= from) return 0;
    return coarse_days(time_of(to) - kWeekBegins) - coarse_days(time_of(from) - kWeekBegins);
}

void Shape::integrate(Time from, std::span<const double> bounds, std::span<Days> out) const {
    const double start = time_of(from);
    // Of each phase the background belongs to the coarse shape; a weekday stays what it is.
    double coarse_share = weights_[kHourly];
    for (std::size_t i = 0; i < kPhases.size(); ++i) {
        const double past = weight_of_past(rhythm_, kPhases[i].period, start);
        coarse_share += weights_.at(kFirstPhase + i) * background(past);
    }
    double before = coarse_days(start + bounds.front() - kWeekBegins);
    for (std::size_t i = 0; i < out.size(); ++i) {
        const double after = coarse_days(start + bounds[i + 1] - kWeekBegins);
        out[i].coarse = after - before;
        out[i].all =
            weights_[kFlat] * (bounds[i + 1] - bounds[i]) / kDay + coarse_share * out[i].coarse;
        before = after;
    }
    for (std::size_t i = 0; i < kPhases.size(); ++i) {
        if (weights_.at(kFirstPhase + i) >= kNegligible) add_phase(i, start, bounds, out);
    }
}

void Shape::add_phase(std::size_t which, double start, std::span<const double> bounds,
                      std::span<Days> out) const {
    const Phase& phase = kPhases.at(which);
    const double reach = kReach * phase.width;
    const double end = bounds.back() + reach;
    const double past = weight_of_past(rhythm_, phase.period, start);
    const double repeated = again(rhythm_, phase);
    double weight = weights_.at(kFirstPhase + which) / (kPhasePrior + past) * phase.period / kDay;
    const double per_width = 1 / phase.width;
    auto cell = bounds.begin();  // of one moment, its places follow each other
    const auto add = [&](double at) {
        cell = std::upper_bound(cell, bounds.end(), at - reach);
        if (cell == bounds.end()) return;
        auto i = static_cast<std::size_t>(std::max<std::ptrdiff_t>(cell - bounds.begin() - 1, 0));
        if (bounds[i] >= at + reach) return;
        const double height = weight * modulation(phase.period, whole(start + at)) *
                              (had_its_moment(rhythm_, phase, start + at) ? repeated : 1);
        double before = kBell.until((bounds[i] - at) * per_width);
        for (; i < out.size() && before < 1; ++i) {
            const double after = kBell.until((bounds[i + 1] - at) * per_width);
            out[i].all += height * (after - before);
            before = after;
        }
    };
    for (const std::uint32_t moment : rhythm_.recent) {
        if (tells(moment, phase.period, start)) {
            const double first = modulo(moment - start + reach, phase.period) - reach;
            const int periods = static_cast<int>(std::ceil((end - first) / phase.period));
            cell = bounds.begin();
            for (int k = 0; k < periods; ++k)
                add(first + k * phase.period);
        }
        weight *= kFading;
    }
}

std::vector<Shape::Peak> Shape::peaks(Time from, double horizon) const {
    const double start = time_of(from);
    constexpr std::size_t kMany = 32;
    std::vector<Peak> out;
    out.reserve(kMany);
    for (std::size_t i = 0; i < kPhases.size(); ++i) {
        const Phase& phase = kPhases[i];
        const double weight = weights_.at(kFirstPhase + i);
        if (weight < kNegligible) continue;
        for (const auto& [begin, end] : stretches(rhythm_, phase, start)) {
            for (double later = 0; begin + later < horizon; later += phase.period) {
                const Time middle = whole(start + (begin + end) / 2 + later);
                if (weight * modulation(phase.period, middle) < kWorthALook) continue;
                out.push_back({begin + later, end + later, phase.width});
            }
        }
    }
    std::sort(out.begin(), out.end(),
              [](const Peak& a, const Peak& b) { return a.begin < b.begin; });
    return out;
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
