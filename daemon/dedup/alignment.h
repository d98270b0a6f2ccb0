// What became of a text's words in its order: kept, replaced here and there, or written anew.
#pragma once

#include "dedup/reading.h"

namespace feedd {

// Shares of the words of a text.
struct Alignment {
    double lead = 0;     // that its beginning has before anything in common with the other
    double foreign = 0;  // in rows further on that have next to nothing in common with the other
    double ordered = 1;  // of what it has in common with the other, in one order with that
    double kept = 0;     // that stand where they stand in the other one, of those beyond the lead
};

// Pure. `shared`: covered(text, other).
[[nodiscard]] Alignment alignment(const TextReading& text, const Mask& shared,
                                  const TextReading& other);

}  // namespace feedd
