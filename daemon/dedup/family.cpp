#include "dedup/family.h"

#include <algorithm>
#include <array>

namespace feedd {

namespace {

// Of the differences of three copies a third are agreed upon by two, even where each has another
// third of its words replaced.
constexpr double kAgreeing = 0.15;
// Fewer differences prove nothing.
constexpr std::size_t kFewestDiffering = 3;

// Words that stand in short rows that the other text lacks: what was put in place of other words,
// not added or left out.
Mask replaced(const Mask& shared, std::size_t stretch) {
    Mask out(shared.size());
    for (std::size_t i = 0; i < shared.size();) {
        std::size_t end = i;
        while (end < shared.size() && shared[end] == 0)
            ++end;
        if (end - i < stretch) {
            std::fill(out.begin() + static_cast<std::ptrdiff_t>(i),
                      out.begin() + static_cast<std::ptrdiff_t>(end), 1);
        }
        i = end + 1;
    }
    return out;
}

}  // namespace

void Family::add(std::string_view text) {
    readings_.emplace_back(text);
    for (std::vector<Mask>& row : shared_)
        row.emplace_back();
    shared_.emplace_back(readings_.size());
}

const Mask& Family::shared(std::size_t i, std::size_t j) {
    Mask& mask = shared_[i][j];
    if (mask.empty()) mask = covered(readings_[i], readings_[j]);
    return mask;
}

double Family::share(std::size_t i, std::size_t j) {
    const Mask& mask = shared(i, j);
    return mask.empty() ? 0 : static_cast<double>(count(mask)) / static_cast<double>(mask.size());
}

double Family::share_beyond(std::size_t i, std::size_t j, std::span<const std::size_t> beside) {
    const Mask& with = shared(i, j);
    Mask explained(with.size());
    for (const std::size_t one : beside) {
        const Mask& by = shared(i, one);
        for (std::size_t at = 0; at < by.size(); ++at)
            explained[at] |= by[at];
    }
    std::size_t all = 0;
    std::size_t both = 0;
    for (std::size_t at = 0; at < with.size(); ++at) {
        if (explained[at] != 0) continue;
        ++all;
        both += with[at];
    }
    return all == 0 ? 0 : static_cast<double>(both) / static_cast<double>(all);
}

Family::Agreement Family::agreement(std::size_t text, std::size_t other, std::size_t third) {
    const std::size_t stretch = readings_[text].stretch();
    const Mask differing = replaced(shared(text, other), stretch);
    const Mask& with_third = shared(text, third);
    const Mask third_differs = replaced(with_third, stretch);
    Agreement out;
    for (std::size_t at = 0; at < differing.size(); ++at) {
        // Where the third text has nothing at all it says nothing.
        if (differing[at] == 0 || (with_third[at] == 0 && third_differs[at] == 0)) continue;
        ++out.differing;
        out.agreeing += with_third[at];
    }
    return out;
}

bool Family::follow_template(std::size_t a, std::size_t b, std::size_t c) {
    const std::array<std::array<std::size_t, 3>, 6> views{
        {{a, b, c}, {a, c, b}, {b, a, c}, {b, c, a}, {c, a, b}, {c, b, a}}};
    Agreement all;
    for (const auto& [text, other, third] : views) {
        const Agreement one = agreement(text, other, third);
        const std::size_t unit = readings_[text].passage() / passage_length(Word::Kind::word);
        if (one.differing < kFewestDiffering * unit) return false;
        all.differing += one.differing;
        all.agreeing += one.agreeing;
    }
    return static_cast<double>(all.agreeing) < kAgreeing * static_cast<double>(all.differing);
}

}  // namespace feedd
