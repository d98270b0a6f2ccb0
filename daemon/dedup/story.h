// Level 3: do these articles tell one story?
#pragma once

#include <span>

#include "model/story.h"

namespace feedd {

// Pure. `same_feed`: a feed that says nearly the same twice follows a template more often than it
// carries one story twice.
[[nodiscard]] bool tells_same_story(const Resemblance& resemblance, bool same_feed);

// Pure. What becomes of `member`, which may be part of a story already, given the articles that it
// was compared with. See docs/deduplication.md.
[[nodiscard]] StoryDecision story_of(const StoryMember& member,
                                     std::span<const StoryMatch> compared);

}  // namespace feedd
