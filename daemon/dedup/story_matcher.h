// The StoryMatcher that the daemon uses: index, comparison and rules of dedup/ put together.
#pragma once

#include <memory>

#include "model/story.h"

namespace feedd {

[[nodiscard]] std::unique_ptr<StoryMatcher> make_story_matcher(Seconds window);

}  // namespace feedd
