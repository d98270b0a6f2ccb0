#include "schedule/forecast.h"

#include <algorithm>
#include <cmath>
#include <span>

#include "schedule/gaps.h"
#include "schedule/rhythm.h"
#include "schedule/shape.h"

namespace feedd {

namespace {

constexpr double kSecondsPerDay = 86400;
constexpr int kWaitingSteps = 48;  // for what came out before `from`

// Goes on from the last moment, for as long as none has probably come.
class Expectation {
  public:
    explicit Expectation(const Rhythm& rhythm)
        : rhythm_(rhythm),
          shape_(rhythm),
          gaps_(rhythm),
          per_second_(moments_per_day(rhythm) / kSecondsPerDay),
          items_(items_per_moment(rhythm)) {
        if (const auto last = last_moment(rhythm)) {
            gap_ = moments_per_day(rhythm) * shape_.days_between(*last, rhythm.seen_until);
        }
    }

    // Fills in the items of the steps that follow what was asked for before.
    void go_on(Time from, Seconds step, std::span<double> items) {
        constexpr std::size_t kLook = 8;  // steps: silence changes its meaning slowly
        shape_.intensities(from, step, items);
        const auto width = static_cast<double>(step.count());
        for (std::size_t i = 0; i < items.size(); ++i) {
            const Time begin = from + step * static_cast<std::int64_t>(i);
            if (i % kLook == 0) listen(begin);
            const double usual = items[i] * per_second_ * width;
            const double awaited = awake_ * usual * gaps_.factor(gap_) + resuming_ * width;
            // Until the next moment the gap decides; after it, nothing is known of the gap.
            const double next = none_yet_ * -std::expm1(-awaited);
            items[i] = (next + (1 - none_yet_) * usual) * items_;
            none_yet_ -= next;
            gap_ += per_second_ * kSecondsPerDay * shape_.days_between(begin, begin + step);
        }
    }

  private:
    // Is a long gap but a gap, or has the feed paused? A pause of a month ends less soon than one
    // of a day: about half of all pauses end before they are four times as long.
    void listen(Time at) {
        constexpr double kPausesPerGap = 0.01;
        constexpr double kEnding = 0.5;
        const auto last = last_moment(rhythm_);
        if (!last) return;
        const double silent = static_cast<double>(std::max(at - *last, Seconds{60}).count());
        awake_ = 1 / (1 + kPausesPerGap * std::exp(gaps_.improbability(gap_)));
        resuming_ = (1 - awake_) * kEnding / silent;
    }

    const Rhythm& rhythm_;
    Shape shape_;
    Gaps gaps_;
    double per_second_;
    double items_;
    double awake_ = 1;     // the probability that the feed has not paused
    double resuming_ = 0;  // moments a second with which a pause ends
    double gap_ = 0;       // moments that were expected since the last
    double none_yet_ = 1;  // the probability that the last is still the last
};

}  // namespace

Forecast forecast(const Rhythm& rhythm, Time from, Seconds horizon, int steps) {
    Forecast out;
    out.from = from;
    out.step = std::max(Seconds{1}, (horizon + Seconds{steps - 1}) / steps);
    out.items.resize(static_cast<std::size_t>(steps));
    Expectation expectation(rhythm);
    if (rhythm.seen_until < from) {
        std::vector<double> before(kWaitingSteps);
        const Seconds step = std::max(Seconds{1}, (from - rhythm.seen_until) / kWaitingSteps);
        expectation.go_on(rhythm.seen_until, step, before);
        for (const double items : before)
            out.waiting += items;
    }
    expectation.go_on(from, out.step, out.items);
    return out;
}

}  // namespace feedd
