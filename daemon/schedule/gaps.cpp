#include "schedule/gaps.h"

#include <algorithm>
#include <cmath>

namespace feedd {

namespace {

// Where the bins end; the last one does not.
constexpr std::array<double, Rhythm::kGaps - 1> kEnds{0.02, 0.06, 0.15, 0.35, 0.7, 1.1, 1.6, 2.5};
// Moments, and as many expected ones, that are supposed in each bin before any is seen.
constexpr double kPrior = 2;
constexpr double kBeyond = 1.5;  // how far, of a gap in the last bin, into it

}  // namespace

std::size_t Gaps::bin(double expected) noexcept {
    return static_cast<std::size_t>(std::upper_bound(kEnds.begin(), kEnds.end(), expected) -
                                    kEnds.begin());
}

Gaps::Gaps(const Rhythm& rhythm) {
    double longer = 0;  // gaps that went through the bin to its end
    for (std::size_t i = Rhythm::kGaps; i-- > 0;) {
        const double begin = i == 0 ? 0 : kEnds.at(i - 1);
        const double width = i < kEnds.size() ? kEnds.at(i) - begin : 2 * kBeyond;
        const double here = rhythm.gaps.at(i);
        const double exposure = width * (longer + here / 2);
        factors_.at(i) = (here + kPrior) / (exposure + kPrior);
        longer += here;
    }
    known_ = longer;
}

double Gaps::factor(double expected) const noexcept {
    return factors_[bin(expected)];
}

double Gaps::improbability(double expected) const noexcept {
    double total = 0;
    double begin = 0;
    for (std::size_t i = 0; i < factors_.size(); ++i) {
        const double end = i < kEnds.size() ? std::min(kEnds.at(i), expected) : expected;
        if (end > begin) total += factors_.at(i) * (end - begin);
        begin = std::max(begin, end);
    }
    // The rate is known from so many gaps only: the tail is that of its Gamma distribution.
    const double evidence = known_ + 1;
    return evidence * std::log1p(total / evidence);
}

}  // namespace feedd
