#include "schedule/forecast.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <utility>

#include "schedule/gaps.h"
#include "schedule/rhythm.h"
#include "schedule/shape.h"

namespace feedd {

namespace {

constexpr double kSecondsPerHour = 3600;

// Goes on from the last moment, for as long as none has probably come.
class Expectation {
  public:
    explicit Expectation(const Rhythm& rhythm)
        : rhythm_(rhythm),
          shape_(rhythm),
          gaps_(rhythm),
          per_day_(moments_per_day(rhythm)),
          items_(items_per_moment(rhythm)) {
        if (const auto last = last_moment(rhythm)) {
            gap_ = per_day_ * shape_.days_between(*last, rhythm.seen_until);
        }
        hazard_ = gaps_.hazard(gap_);
    }

    [[nodiscard]] const Shape& shape() const { return shape_; }

    // Fills in the items between the bounds, which follow what was asked for before.
    void go_on(Time from, std::span<const double> bounds, std::span<double> items) {
        constexpr double kHardlyAny = 1e-9;
        constexpr std::size_t kLook = 4;  // cells: silence changes its meaning slowly
        std::vector<Shape::Days> days(items.size());
        shape_.integrate(from, bounds, days);
        for (std::size_t i = 0; i < items.size(); ++i) {
            if (i % kLook == 0) listen(from, bounds[i]);
            const double usual = days[i].all * per_day_;
            const double expected = std::max(per_day_ * days[i].coarse, kHardlyAny);
            const double before = std::exchange(hazard_, gaps_.hazard(gap_ += expected));
            const double awaited = awake_ * usual * (hazard_ - before) / expected +
                                   resuming_ * (bounds[i + 1] - bounds[i]);
            // Until the next moment the gap decides; after it, nothing is known of the gap.
            const double next = none_yet_ * -std::expm1(-awaited);
            items[i] = (next + (1 - none_yet_) * usual) * items_;
            none_yet_ -= next;
        }
    }

  private:
    // Is a long gap but a gap, or has the feed paused? A pause of a month ends less soon than one
    // of a day: about half of all pauses end before they are four times as long.
    void listen(Time from, double after) {
        constexpr double kPausesPerGap = 0.01;
        constexpr double kEnding = 0.5;
        const auto last = last_moment(rhythm_);
        if (!last) return;
        const double silent = std::max(static_cast<double>((from - *last).count()) + after, 60.0);
        awake_ = 1 / (1 + kPausesPerGap * std::exp(gaps_.improbability(gap_)));
        resuming_ = (1 - awake_) * kEnding / silent;
    }

    const Rhythm& rhythm_;
    Shape shape_;
    Gaps gaps_;
    double per_day_;
    double items_;
    double awake_ = 1;     // the probability that the feed has not paused
    double resuming_ = 0;  // moments a second with which a pause ends
    double gap_ = 0;       // moments that were expected since the last
    double hazard_ = 0;    // of that gap
    double none_yet_ = 1;  // the probability that the last is still the last
};

// The items that came out between the last good poll and `at`.
double pass_until(Expectation& expectation, const Rhythm& rhythm, Time at) {
    if (at <= rhythm.seen_until) return 0;
    constexpr std::size_t kCells = 8;
    std::array<double, kCells + 1> bounds{};
    std::array<double, kCells> items{};
    const double cell = static_cast<double>((at - rhythm.seen_until).count()) / kCells;
    for (std::size_t i = 0; i <= kCells; ++i)
        bounds.at(i) = cell * static_cast<double>(i);
    expectation.go_on(rhythm.seen_until, bounds, items);
    double waiting = 0;
    for (const double expected : items)
        waiting += expected;
    return waiting;
}

// Bounds that are near each other where a poll may soon be, and at peaks; at full hours, where the
// rate changes, as far as cells are not longer.
class Grid {
  public:
    Grid(const Shape& shape, Time from, const Outlook& outlook)
        : outlook_(outlook),
          peaks_(shape.peaks(from, outlook.horizon)),
          into_hour_(static_cast<double>(from.time_since_epoch().count() %
                                         static_cast<std::int64_t>(kSecondsPerHour))) {}

    [[nodiscard]] std::vector<double> bounds() {
        constexpr std::size_t kEnough = 64;
        std::vector<double> out;
        out.reserve(kEnough);
        out.push_back(0);
        while (out.back() < outlook_.horizon)
            out.push_back(next(out.back()));
        return out;
    }

  private:
    static constexpr double kCellsPerPoll = 8;
    static constexpr double kGrowth = 12;  // a cell is so much shorter than it is far away

    double next(double at) {
        constexpr double kShortest = 1;
        const double wide = std::max({outlook_.usual / kCellsPerPoll, at / kGrowth,
                                      outlook_.least / kCellsPerPoll, kShortest});
        double step = wide;
        double border = outlook_.horizon;
        for (; first_ < peaks_.size() && peaks_[first_].end <= at; ++first_) {
        }
        for (std::size_t i = first_; i < peaks_.size() && peaks_[i].begin < at + wide; ++i) {
            const Shape::Peak& peak = peaks_[i];
            if (peak.end <= at) continue;
            if (peak.begin > at) {
                border = std::min(border, peak.begin);
            } else {
                border = std::min(border, peak.end);
                step = std::min(step, std::max(peak.width / 2, outlook_.least / kCellsPerPoll));
            }
        }
        double to = std::min(at + step, border);
        const double hour =
            std::floor((to + into_hour_) / kSecondsPerHour) * kSecondsPerHour - into_hour_;
        if (hour > at + step / 4) to = hour;
        for (const double bound : {outlook_.least, outlook_.most}) {
            if (at < bound && bound < to) to = bound;
        }
        return std::max(to, at + kShortest);
    }

    const Outlook& outlook_;
    std::vector<Shape::Peak> peaks_;
    std::size_t first_ = 0;  // the earlier ones are over
    double into_hour_;
};

}  // namespace

Forecast forecast(const Rhythm& rhythm, Time from, const Outlook& outlook) {
    Expectation expectation(rhythm);
    Forecast out;
    out.waiting = pass_until(expectation, rhythm, from);
    out.bounds = Grid(expectation.shape(), from, outlook).bounds();
    out.items.resize(out.bounds.size() - 1);
    expectation.go_on(from, out.bounds, out.items);
    return out;
}

double expected_waiting(const Rhythm& rhythm, Time at) {
    Expectation expectation(rhythm);
    return pass_until(expectation, rhythm, at);
}

}  // namespace feedd
