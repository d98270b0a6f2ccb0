// Levels 1 and 2: the same item, a revision of it, the same document from elsewhere, or new?
#pragma once

#include "model/verdict.h"

namespace feedd {

// Pure. See model/verdict.h for what goes in and comes out, docs/deduplication.md for the rules.
// `added` and `sighted` may be the answer although evidence.by_key is there: the publisher has
// given the key to another document, and from now on it stands for that one.
[[nodiscard]] Verdict judge(const Candidate& candidate, const Evidence& evidence);

}  // namespace feedd
