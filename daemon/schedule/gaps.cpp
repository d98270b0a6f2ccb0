#include "schedule/gaps.h"

#include <algorithm>
#include <cmath>

namespace feedd {

namespace {

// Where the bins end; the last one does not.
constexpr std::array<double, Rhythm::kGaps - 1> kEnds{0.02, 0.06, 0.15, 0.35, 0.7, 1.1, 1.6, 2.5};
// Moments, and as many expected ones, that are supposed in each bin before any is seen.
constexpr double kPrior = 2;
constexpr std::size_t kShortBins = 4;  // they stand for each other as far as one of them is unknown
constexpr double kBeyond = 1.5;        // how far, of a gap in the last bin, into it

}  // namespace

std::size_t Gaps::bin(double expected) noexcept {
    return static_cast<std::size_t>(std::upper_bound(kEnds.begin(), kEnds.end(), expected) -
                                    kEnds.begin());
}

Gaps::Gaps(const Rhythm& rhythm) {
    std::array<double, Rhythm::kGaps> exposures{};
    double longer = 0;  // gaps that went through the bin to its end
    double short_gaps = 1;
    double short_exposure = 1;
    for (std::size_t i = Rhythm::kGaps; i-- > 0;) {
        const double begin = i == 0 ? 0 : kEnds.at(i - 1);
        const double width = i < kEnds.size() ? kEnds.at(i) - begin : 2 * kBeyond;
        const double here = rhythm.gaps.at(i);
        exposures.at(i) = width * (longer + here / 2);
        longer += here;
        if (i >= kShortBins) continue;
        short_gaps += here;
        short_exposure += exposures.at(i);
    }
    // A regular feed has no short gaps, but hardly any time was spent in each of their bins.
    const double usual_short = short_gaps / short_exposure;
    for (std::size_t i = 0; i < Rhythm::kGaps; ++i) {
        const double usual = i < kShortBins ? usual_short : 1;
        factors_.at(i) = (rhythm.gaps.at(i) + kPrior * usual) / (exposures.at(i) + kPrior);
    }
    known_ = longer;
    for (std::size_t i = 1; i < Rhythm::kGaps; ++i) {
        const double begin = i == 1 ? 0 : kEnds.at(i - 2);
        hazards_.at(i) = hazards_.at(i - 1) + factors_.at(i - 1) * (kEnds.at(i - 1) - begin);
    }
}

double Gaps::hazard(double expected) const noexcept {
    const std::size_t in = bin(expected);
    return hazards_[in] + factors_[in] * (expected - (in == 0 ? 0 : kEnds[in - 1]));
}

double Gaps::improbability(double expected) const noexcept {
    const double total = hazard(expected);
    // The rate is known from so many gaps only: the tail is that of its Gamma distribution.
    const double evidence = known_ + 1;
    return evidence * std::log1p(total / evidence);
}

}  // namespace feedd
