#include "schedule/rules.h"

#include <algorithm>
#include <cmath>

#include "schedule/next_poll.h"
#include "schedule/rhythm.h"
#include "schedule/silence.h"

namespace feedd::bench {

namespace {

class FeeddRule final : public Rule {
  public:
    FeeddRule(Price price, std::uint64_t seed) : price_(price), random_(seed) {
        spec_.min_interval = kMinInterval;
        spec_.max_interval = kMaxInterval;
    }

    Time next(const Answer& answer) override {
        Sighting sighting{.gap_suspected = answer.gap_suspected};
        if (!state_.rhythm || !answer.fresh.empty()) {  // else a 304
            sighting.published = state_.rhythm ? answer.fresh : answer.document;
            sighting.window = static_cast<int>(answer.document.size());
        }
        state_.rhythm = learned(state_.rhythm, sighting, answer.at);
        state_.period = period_of(*state_.rhythm);
        state_.silent_since = feedd::silent_since(*state_.rhythm);
        state_.last_polled_at = state_.last_success_at = answer.at;
        const double jitter = std::uniform_real_distribution<double>(0, 1)(random_);
        return next_poll({.spec = spec_,
                          .state = state_,
                          .gap_suspected = answer.gap_suspected,
                          .jitter = jitter,
                          .price = price_},
                         answer.at)
            .at;
    }
    std::optional<Time> silent_since() const override { return state_.silent_since; }

  private:
    FeedSpec spec_;
    FeedState state_;
    Price price_;
    Random random_;
};

class FixedRule final : public Rule {
  public:
    FixedRule(double seconds, double phase) : interval_(seconds), phase_(phase) {}

    Time first(const Era& era) override { return after(era.start); }
    Time next(const Answer& answer) override { return after(answer.at); }

  private:
    [[nodiscard]] Time after(Time at) const {
        const auto now = static_cast<double>(at.time_since_epoch().count());
        const double turn = std::floor(now / interval_ - phase_) + 1;
        return Time{Seconds{static_cast<std::int64_t>(std::ceil((turn + phase_) * interval_))}};
    }

    double interval_;
    double phase_;
};

class EntryFrequencyRule final : public Rule {
  public:
    explicit EntryFrequencyRule(double factor) : factor_(factor) {}

    Time next(const Answer& answer) override {
        constexpr double kShortest = 300;
        constexpr double kLongest = 86400;
        constexpr Seconds kWeek = std::chrono::weeks{1};
        const auto& fresh = first_ ? answer.document : answer.fresh;
        first_ = false;
        items_.insert(items_.end(), fresh.begin(), fresh.end());
        items_.erase(items_.begin(),
                     std::lower_bound(items_.begin(), items_.end(), answer.at - kWeek));
        double wait = kLongest;
        if (!items_.empty()) {
            const auto count = static_cast<double>(items_.size());
            wait = std::clamp(static_cast<double>(kWeek.count()) / (count * factor_), kShortest,
                              kLongest);
        }
        return answer.at + Seconds{std::llround(wait)};
    }

  private:
    double factor_;
    bool first_ = true;
    std::vector<Time> items_;  // of the last week
};

}  // namespace

std::unique_ptr<Rule> feedd_rule(Price price, std::uint64_t seed) {
    return std::make_unique<FeeddRule>(price, seed);
}

std::unique_ptr<Rule> fixed_rule(double seconds, double phase) {
    return std::make_unique<FixedRule>(seconds, phase);
}

std::unique_ptr<Rule> entry_frequency_rule(double factor) {
    return std::make_unique<EntryFrequencyRule>(factor);
}

}  // namespace feedd::bench
