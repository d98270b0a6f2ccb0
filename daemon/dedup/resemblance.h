// Two texts beside each other, word by word.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "dedup/alignment.h"
#include "dedup/family.h"
#include "dedup/frequencies.h"
#include "dedup/reading.h"

namespace feedd {

// Two texts beside each other. Shares from 0 to 1; docs/deduplication.md says how they are
// measured.
struct Overlap {
    double shared = 0;        // of the shorter text, in passages that stand in both
    double spread = 0;        // of its stretches, those that have such passages
    double early = 0;         // the same of the stretches in its first half
    int words = 0;            // of the shorter text
    bool of_letters = false;  // it is in a script that parts no words, and has no ideographs
};
struct Resemblance {
    Overlap overlap;
    Alignment aligned;  // of the words of the shorter text
    double terms = 0;   // of the different words in such stretches, those that stand in both
    // Natural logarithm of how much likelier the differences are between two texts of one template
    // than between a text and its rewritten copy.
    double template_odds = 0;
};

// Whether `a` is the shorter of the two, or would be if they were not of one length.
[[nodiscard]] bool is_shorter(const TextReading& a, const TextReading& b);

// Of two texts of a family; symmetric. What the overlap does not decide costs several times as
// much.
[[nodiscard]] Overlap overlap(Family& family, std::size_t a, std::size_t b);
[[nodiscard]] Resemblance resemblance(Family& family, std::size_t a, std::size_t b,
                                      const Frequencies& frequencies);

// The passages of `text` that stand in `other` too, in their order, joined where they touch.
[[nodiscard]] std::vector<std::string> shared_passages(std::string_view text,
                                                       std::string_view other);

}  // namespace feedd
