#include "schedule/silence.h"

#include <algorithm>
#include <cmath>

#include "schedule/gaps.h"
#include "schedule/rhythm.h"
#include "schedule/shape.h"

namespace feedd {

namespace {

constexpr double kFewestMoments = 4;          // fewer are no rhythm
constexpr double kFalseAlarmsPerYear = 0.01;  // in the model; the world is less orderly
constexpr double kBeyondLongest = 1.5;        // times the longest gap that was ever seen

}  // namespace

std::optional<Time> silent_since(const Rhythm& rhythm) {
    const auto last = last_moment(rhythm);
    if (!last || *last >= rhythm.seen_until) return std::nullopt;
    // The rate as it was when the feed last spoke: silence has lowered it since.
    const double lived = Shape(rhythm).days_between(*last, rhythm.seen_until);
    double gaps_seen = 0;
    for (const float gaps : rhythm.gaps)
        gaps_seen += gaps;
    const double before = std::max(rhythm.exposure - lived, 1e-3);
    const double rate = rhythm.moments / before;
    if (gaps_seen < kFewestMoments) return std::nullopt;
    const double expected = rate * lived;
    if (expected < kBeyondLongest * rhythm.longest_gap) return std::nullopt;
    const double chances = 365 * rate;  // gaps a year
    if (Gaps(rhythm).improbability(expected) <
        std::log(std::max(chances, 1.0) / kFalseAlarmsPerYear))
        return std::nullopt;
    return last;
}

}  // namespace feedd
