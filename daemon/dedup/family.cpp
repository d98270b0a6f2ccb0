#include "dedup/family.h"

#include <algorithm>
#include <array>
#include <utility>

namespace feedd {

namespace {

// Of the differences of three copies a third are agreed upon by two, even where each has another
// third of its words replaced.
constexpr double kAgreeing = 0.15;
// Fewer differences prove nothing.
constexpr std::size_t kFewestDiffering = 3;
// Of what each of three texts has of its own beside a frame that all have.
constexpr double kAgreeingBeyondFrame = 0.1;
constexpr std::size_t kFewestOwn = 6;
constexpr double kLeastOwn = 0.15;

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

Family::Beyond Family::beyond(std::size_t i, std::size_t j, std::span<const std::size_t> beside) {
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
    if (all == 0) return {};
    return {.own = static_cast<double>(all) / static_cast<double>(with.size()),
            .shared = static_cast<double>(both) / static_cast<double>(all)};
}

Family::Agreement Family::agreement(const View& view, bool of_frame) {
    const Mask& with_other = shared(view.text, view.other);
    const Mask& with_third = shared(view.text, view.third);
    const std::size_t stretch = readings_[view.text].stretch();
    const Mask differing = of_frame ? Mask{} : replaced(with_other, stretch);
    const Mask third_differs = of_frame ? Mask{} : replaced(with_third, stretch);
    Agreement out;
    for (std::size_t at = 0; at < with_other.size(); ++at) {
        if (with_other[at] != 0) continue;
        // Where the third text has nothing at all it says nothing of what was put in place.
        if (!of_frame && (differing[at] == 0 || (with_third[at] == 0 && third_differs[at] == 0))) {
            continue;
        }
        ++out.differing;
        out.agreeing += with_third[at];
    }
    return out;
}

bool Family::all_differ(std::size_t a, std::size_t b, std::size_t c, bool of_frame) {
    const std::array<std::array<std::size_t, 3>, 3> pairs{{{a, b, c}, {a, c, b}, {b, c, a}}};
    double differing = 0;
    double agreeing = 0;
    for (const auto& [one, other, third] : pairs) {
        const Agreement here = agreement({one, other, third}, of_frame);
        const Agreement there = agreement({other, one, third}, of_frame);
        for (const auto& [text, found] : {std::pair{one, here}, std::pair{other, there}}) {
            const std::size_t unit = readings_[text].passage() / passage_length(Word::Kind::word);
            if (found.differing < (of_frame ? kFewestOwn : kFewestDiffering) * unit) return false;
            if (of_frame && static_cast<double>(found.differing) <
                                kLeastOwn * static_cast<double>(readings_[text].size())) {
                return false;
            }
        }
        // What one of them has and the other only lacks counts no more than what that has instead.
        const auto weight = static_cast<double>(std::min(here.differing, there.differing));
        differing += 2 * weight;
        for (const Agreement& found : {here, there}) {
            agreeing +=
                weight * static_cast<double>(found.agreeing) / static_cast<double>(found.differing);
        }
    }
    return agreeing < (of_frame ? kAgreeingBeyondFrame : kAgreeing) * differing;
}

bool Family::follow_template(std::size_t a, std::size_t b, std::size_t c) {
    return all_differ(a, b, c, false) || all_differ(a, b, c, true);
}

}  // namespace feedd
