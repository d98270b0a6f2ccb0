// What the time since the last moment says about the next one: bursts, and regularity.
#pragma once

#include <array>
#include <cstddef>

#include "model/rhythm.h"

namespace feedd {

// A gap is measured in moments that the rate and the shape made expect meanwhile: 1 is an average
// one, at night as by day. A feed that comes in bursts has many gaps near 0, a regular one has most
// near 1; for what happens at random their lengths are exponentially distributed.
class Gaps {
  public:
    explicit Gaps(const Rhythm& rhythm);

    // The integral, from 0 to `expected`, of how many times as likely as on average a moment is
    // when so many were expected since the last.
    [[nodiscard]] double hazard(double expected) const noexcept;

    // Minus the logarithm of the probability of a gap of at least that length. It grows slowly
    // while few gaps are known.
    [[nodiscard]] double improbability(double expected) const noexcept;

    // The bin of Rhythm::gaps.
    [[nodiscard]] static std::size_t bin(double expected) noexcept;

  private:
    std::array<double, Rhythm::kGaps> factors_{};
    std::array<double, Rhythm::kGaps> hazards_{};  // the integral up to where each bin begins
    double known_ = 0;                             // gaps
};

}  // namespace feedd
