#include "dedup/frequencies.h"

#include <algorithm>

namespace feedd {

namespace {

constexpr unsigned kBits = 18;              // 512 KiB: stays in the processor's cache
constexpr std::size_t kMostTexts = 50'000;  // then all counts are halved, and follow the times
// Of fewer nothing follows: each word of the few would be a common one.
constexpr std::size_t kFewestTexts = 500;

std::size_t place(std::uint32_t term) noexcept {
    return term >> (32U - kBits);
}

}  // namespace

Frequencies::Frequencies() : counts_(std::size_t{1} << kBits) {}

void Frequencies::learn(std::span<const std::uint32_t> terms) {
    for (const std::uint32_t term : terms)
        ++counts_[place(term)];
    if (++texts_ < kMostTexts) return;
    texts_ /= 2;
    for (std::uint16_t& count : counts_)
        count /= 2;
}

std::uint16_t Frequencies::count(std::uint32_t term) const noexcept {
    return texts_ < kFewestTexts ? std::uint16_t{0} : counts_[place(term)];
}

void Frequencies::clear() {
    std::ranges::fill(counts_, std::uint16_t{0});
    texts_ = 0;
}

}  // namespace feedd
