// Replays histories against a rule and counts what it costs and how late it is.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "base/time.h"
#include "schedule/history.h"

namespace feedd::bench {

// What a poll brought.
struct Answer {
    Time at{};
    std::span<const Time> fresh;     // dates of the items that are new to us
    std::span<const Time> document;  // of all items that it holds
    bool gap_suspected = false;      // all of it is new, but it is not the first
};

// Decides when one feed is asked next.
class Rule {
  public:
    virtual ~Rule() = default;
    [[nodiscard]] virtual Time first(const Era& era) { return era.start; }
    [[nodiscard]] virtual Time next(const Answer& answer) = 0;
    [[nodiscard]] virtual std::optional<Time> silent_since() const { return std::nullopt; }
};
using Rules = std::vector<std::unique_ptr<Rule>>;  // one for each history

struct Tally {
    std::vector<float> delays;  // of each item until the poll after it, seconds; lost ones, too
    std::size_t requests = 0;
    std::size_t lost = 0;         // slid out of the window between two polls
    std::size_t gaps = 0;         // polls that had no item in common with the one before
    std::size_t missed_gaps = 0;  // polls that lost something and did not look so

    [[nodiscard]] double mean() const;
    [[nodiscard]] double percentile(double share) const;
};

// Each feed by itself, from era.start to era.end. `watch` sees each poll.
using Watch = std::function<void(std::size_t feed, const Rule& rule, Time at)>;
[[nodiscard]] Tally replay(std::span<const History> histories, const Rules& rules, const Era& era,
                           const Watch& watch = {});

}  // namespace feedd::bench
