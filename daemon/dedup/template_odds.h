// One template filled in twice, or one text and its rewritten copy?
#pragma once

#include "dedup/frequencies.h"
#include "dedup/reading.h"

namespace feedd {

// Pure. Natural logarithm of how much likelier a template is, by which of the words of `text` that
// `counted` has the other one lacks: of a template the names and numbers, of a copy any.
[[nodiscard]] double template_odds(const TextReading& text, const Mask& counted,
                                   const TextReading& other, const Frequencies& frequencies);

}  // namespace feedd
