#include "schedule/replay.h"

#include <algorithm>
#include <numeric>

namespace feedd::bench {

namespace {

// What one feed has published and what of it was seen.
class Reader {
  public:
    explicit Reader(const History& history) : history_(history) {}

    [[nodiscard]] Answer poll(const Era& era, Time at, Tally& tally) {
        const auto& items = history_.items;
        const std::size_t before = seen_;
        while (seen_ < items.size() && items[seen_] <= at)
            ++seen_;
        const auto window = static_cast<std::size_t>(history_.window);
        const std::size_t shown = std::min(seen_, window);
        const std::size_t fresh = std::min(seen_ - before, window);
        const bool gap = polled_ && shown > 0 && fresh == shown && before > 0;
        if (at >= era.measured) {
            ++tally.requests;
            for (std::size_t i = before; i < seen_; ++i) {
                if (items[i] < era.measured) continue;
                tally.delays.push_back(static_cast<float>((at - items[i]).count()));
                if (seen_ - i > window) ++tally.lost;
            }
            tally.gaps += gap ? 1 : 0;
            tally.missed_gaps += seen_ - before > window && !gap ? 1 : 0;
        }
        polled_ = true;
        const auto end = items.begin() + static_cast<std::ptrdiff_t>(seen_);
        return {.at = at,
                .fresh = {end - static_cast<std::ptrdiff_t>(fresh), end},
                .document = {end - static_cast<std::ptrdiff_t>(shown), end},
                .gap_suspected = gap};
    }

  private:
    const History& history_;
    std::size_t seen_ = 0;
    bool polled_ = false;
};

}  // namespace

double Tally::mean() const {
    if (delays.empty()) return 0;
    return std::accumulate(delays.begin(), delays.end(), 0.0) / static_cast<double>(delays.size());
}

double Tally::percentile(double share) const {
    if (delays.empty()) return 0;
    std::vector<float> sorted = delays;
    const auto nth = sorted.begin() +
                     static_cast<std::ptrdiff_t>(share * static_cast<double>(sorted.size() - 1));
    std::nth_element(sorted.begin(), nth, sorted.end());
    return *nth;
}

Tally replay(std::span<const History> histories, const Rules& rules, const Era& era,
             const Watch& watch) {
    Tally tally;
    for (std::size_t feed = 0; feed < histories.size(); ++feed) {
        Reader reader(histories[feed]);
        Rule& rule = *rules[feed];
        for (Time at = rule.first(era); at < era.end;) {
            const Answer answer = reader.poll(era, at, tally);
            at = std::max(rule.next(answer), at + Seconds{1});
            if (watch) watch(feed, rule, answer.at);
        }
    }
    return tally;
}

}  // namespace feedd::bench
