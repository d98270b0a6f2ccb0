// Finds all stories anew.
#pragma once

#include "model/story.h"
#include "store/rows.h"
#include "store/sqlite/connection.h"

namespace feedd::sqlite {

// In transactions of its own, each of which leaves the store whole. Throws SQLite::Exception.
[[nodiscard]] Restoried restory(Connection& connection, StoryMatcher& matcher, Time now);

}  // namespace feedd::sqlite
