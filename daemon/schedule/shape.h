// The feed's week: when, of all hours, its moments fall.
#pragma once

#include <array>
#include <span>
#include <vector>

#include "base/time.h"
#include "model/rhythm.h"

namespace feedd {

using ShapeEvidence = std::array<float, Rhythm::kShapes>;

// Several explanations of the same moments stand beside each other: none (flat), the hour of the
// day times the day of the week, and the very phase of the hour, the day or the week (moments lie
// near those of former periods, within minutes). Each is an intensity whose mean over the week is
// 1. How well each foretold the moments that came since decides how much it counts.
class Shape {
  public:
    explicit Shape(const Rhythm& rhythm);

    // Hours times weekdays, and its integral in days: the feed's own clock, by which a Sunday
    // without news is no silence.
    [[nodiscard]] double coarse(Time at) const noexcept;
    [[nodiscard]] double days_between(Time from, Time to) const noexcept;

    // Between each two of `bounds`, rising seconds since `from`: the integral in days of what all
    // explanations say, each by its weight, and of the coarse one alone.
    struct Days {
        double all = 0;
        double coarse = 0;
    };
    void integrate(Time from, std::span<const double> bounds, std::span<Days> out) const;

    // The stretches before `horizon` seconds from `from` on in which a phase has its moments, by
    // their beginning. They may overlap.
    struct Peak {
        double begin = 0;  // seconds since `from`
        double end = 0;
        double width = 0;  // of the phase
    };
    [[nodiscard]] std::vector<Peak> peaks(Time from, double horizon) const;

    // The evidence after a moment at `at` was seen.
    [[nodiscard]] ShapeEvidence evidence_with(Time at) const;

    [[nodiscard]] double hour_factor(int hour) const {
        return hours_.at(static_cast<std::size_t>(hour));
    }
    [[nodiscard]] double weekday_factor(int day) const {
        return weekdays_.at(static_cast<std::size_t>(day));
    }
    // How much the very phase counts, from 0 to 1.
    [[nodiscard]] double phase_weight() const noexcept;

  private:
    // What the coarse shape says of the periods of a phase: which hours, which days.
    [[nodiscard]] double modulation(double period, Time at) const noexcept;
    [[nodiscard]] double days_since_week_began(double seconds) const noexcept;
    void add_phase(std::size_t which, double start, std::span<const double> bounds,
                   std::span<Days> out) const;
    [[nodiscard]] double coarse_days(double since_weeks_began) const noexcept;

    const Rhythm& rhythm_;
    std::array<double, Rhythm::kHours> hours_{};
    std::array<double, Rhythm::kWeekdays> weekdays_{};
    std::array<double, Rhythm::kHours + 1> hours_before_{};  // their sum, in days
    std::array<double, Rhythm::kWeekdays + 1> weekdays_before_{};
    std::array<double, Rhythm::kShapes> weights_{};
};

}  // namespace feedd
