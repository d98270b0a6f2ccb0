#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <vector>

#include "schedule/rules.h"

namespace feedd::bench {

namespace {

constexpr double kWeek = 7 * 86400.0;

double seconds(Seconds span) {
    return static_cast<double>(span.count());
}

Time later(Time at, double wait) {
    return at + Seconds{std::llround(wait)};
}

// Items come at a known rate, and polls tell nothing about those to come: the cheapest plan is one
// for all weeks. Found from the end of two weeks backwards, exactly, on a grid that is fine beside
// the shortest intervals.
class ByRate final : public Rule {
  public:
    ByRate(const Law& law, Price price) {
        const double fastest = *std::max_element(law.rate.begin(), law.rate.end());
        const double usual = fastest > 0 ? std::sqrt(2 * price / fastest) : seconds(kMaxInterval);
        constexpr double kFinest = 30;
        constexpr double kCoarsest = 900;
        constexpr double kCellsPerPoll = 16;
        cells_ = static_cast<std::size_t>(
            std::ceil(kWeek / std::clamp(usual / kCellsPerPoll, kFinest, kCoarsest)));
        step_ = kWeek / static_cast<double>(cells_);
        sum(law);
        solve(price);
    }

    Time next(const Answer& answer) override {
        const double at = seconds_into_week(answer.at);
        const auto cell = std::min(static_cast<std::size_t>(at / step_), cells_ - 1);
        const double into = at - static_cast<double>(cell) * step_;
        return later(answer.at, static_cast<double>(wait_[cell]) * step_ - into / 2);
    }

  private:
    // Of two weeks: the items since the beginning, and the time that they have waited.
    void sum(const Law& law) {
        items_.assign(2 * cells_ + 1, 0);
        waited_.assign(2 * cells_ + 1, 0);
        const double part = kWeek / Law::kParts;
        for (std::size_t i = 0; i < 2 * cells_; ++i) {
            const double middle = (static_cast<double>(i % cells_) + 0.5) * step_;
            const double rate =
                law.rate[std::min(static_cast<std::size_t>(middle / part), Law::kParts - 1)];
            items_[i + 1] = items_[i] + rate * step_;
            waited_[i + 1] = waited_[i] + (items_[i] + items_[i + 1]) / 2 * step_;
        }
    }

    void solve(Price price) {
        const std::size_t all = 2 * cells_;
        const auto least = std::max<std::size_t>(
            1, static_cast<std::size_t>(std::lround(seconds(kMinInterval) / step_)));
        const auto most = static_cast<std::size_t>(seconds(kMaxInterval) / step_);
        std::vector<double> cost(all + 1, 0);
        wait_.assign(cells_, most);
        // A poll that begins earlier never ends later: the costs are concave Monge.
        std::size_t latest = all;
        for (std::size_t i = all - least; i-- > 0;) {
            double best = std::numeric_limits<double>::infinity();
            std::size_t place = i + least;
            for (std::size_t j = i + least; j <= std::min({i + most, latest + 1, all}); ++j) {
                const double waiting =
                    waited_[j] - waited_[i] - items_[i] * step_ * static_cast<double>(j - i);
                const double total = waiting + price + cost[j];
                if (total > best) continue;
                best = total;
                place = j;
            }
            cost[i] = best;
            latest = place;
            if (i < cells_) wait_[i] = place - i;
        }
    }

    std::size_t cells_ = 0;  // of a week
    double step_ = 0;        // seconds
    std::vector<double> items_;
    std::vector<double> waited_;
    std::vector<std::size_t> wait_;  // cells until the next poll, from each cell of the week
};

// Each usual time has a row of polls, which ends when the item is there.
class BySlots final : public Rule {
  public:
    BySlots(const Law& law, Price price) : slots_(law.slots) {
        rows_.reserve(slots_.size());
        for (const Slot& slot : slots_)
            rows_.push_back(cheapest_row(slot, price));
    }

    Time next(const Answer& answer) override {
        for (const Time item : answer.fresh)
            last_ = std::max(last_, item);
        double wait = seconds(kMaxInterval);
        const double now = seconds_into_week(answer.at);
        for (std::size_t i = 0; i < slots_.size(); ++i) {
            // The slot of this week, of the last or of the next one, that is nearest.
            double about = slots_[i].in_week - now;
            about -= kWeek * std::round(about / kWeek);
            const Time usual = later(answer.at, about);
            if (last_ >= later(usual, -kReach * slots_[i].spread)) about += kWeek;
            for (const double poll : rows_[i]) {
                if (about + poll <= kPast) continue;
                wait = std::min(wait, std::max(about + poll, seconds(kMinInterval)));
                break;
            }
            // If all polls of the row are over, it does not come this week.
        }
        return later(answer.at, wait);
    }

  private:
    static constexpr double kReach = 4;  // spreads: later than that it comes once in 30,000 times

    static constexpr double kPast = 1;  // second: rounding

    static double come_by(const Slot& slot, double at) {
        return slot.chance * 0.5 * std::erfc(-at / (slot.spread * std::numbers::sqrt2));
    }

    // Where the polls are, in seconds about the usual time, as long as nothing has come.
    static std::vector<double> cheapest_row(const Slot& slot, Price price) {
        constexpr std::size_t kCells = 160;
        const double begin = -kReach * slot.spread;
        const double step = 2 * kReach * slot.spread / kCells;
        std::vector<double> come(kCells + 1);
        std::vector<double> waited(kCells + 1, 0);
        for (std::size_t i = 0; i <= kCells; ++i)
            come[i] = come_by(slot, begin + step * static_cast<double>(i));
        for (std::size_t i = 0; i < kCells; ++i)
            waited[i + 1] = waited[i] + (come[i] + come[i + 1]) / 2 * step;
        std::vector<double> cost(kCells + 1, 0);
        std::vector<std::size_t> next(kCells + 1, kCells);
        for (std::size_t i = kCells; i-- > 0;) {
            cost[i] = std::numeric_limits<double>::infinity();
            for (std::size_t j = i + 1; j <= kCells; ++j) {
                const double wait = step * static_cast<double>(j - i);
                if (i > 0 && j < kCells && wait < seconds(kMinInterval)) continue;
                const double total =
                    waited[j] - waited[i] - come[i] * wait + price * (1 - come[i]) + cost[j];
                if (total >= cost[i]) continue;
                cost[i] = total;
                next[i] = j;
            }
        }
        std::vector<double> row;
        for (std::size_t i = 0; i < kCells;) {
            i = next[i];
            row.push_back(begin + step * static_cast<double>(i));
        }
        return row;
    }

    std::vector<Slot> slots_;
    std::vector<std::vector<double>> rows_;
    Time last_{};
};

}  // namespace

std::unique_ptr<Rule> clairvoyant_rule(const Law& law, Price price) {
    return std::make_unique<ByRate>(law, price);
}

std::unique_ptr<Rule> slot_clairvoyant_rule(const Law& law, Price price) {
    if (law.slots.empty()) return clairvoyant_rule(law, price);
    return std::make_unique<BySlots>(law, price);
}

}  // namespace feedd::bench
