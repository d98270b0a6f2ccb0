// Level 3: do these articles tell one story?
#pragma once

#include <span>

#include "dedup/frequencies.h"
#include "dedup/resemblance.h"
#include "model/story.h"

namespace feedd {

// Pure. False: nothing else can make them one story.
[[nodiscard]] bool may_tell_same_story(const Overlap& overlap);

// Pure. `same_feed`: a feed that says nearly the same twice follows a template more often than it
// carries one story twice.
[[nodiscard]] bool tells_same_story(const Resemblance& resemblance, bool same_feed);

// Pure. What becomes of an article, which may be part of a story already, given the others that it
// may tell a story with. See docs/deduplication.md.
[[nodiscard]] StoryDecision story_of(const StoryText& told, std::span<const StoryText> others,
                                     const Frequencies& frequencies);

}  // namespace feedd
