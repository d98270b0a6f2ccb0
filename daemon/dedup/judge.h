// Levels 1 and 2: the same item, a revision of it, the same document from elsewhere, or new?
#pragma once

#include "model/verdict.h"

namespace feedd {

// Pure. See model/verdict.h.
[[nodiscard]] Verdict judge(const Candidate& candidate, const Evidence& evidence);

}  // namespace feedd
