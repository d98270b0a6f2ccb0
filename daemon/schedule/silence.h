// Is the feed silent where it should have spoken?
#pragma once

#include <optional>

#include "base/time.h"
#include "model/rhythm.h"

namespace feedd {

// The last moment of a feed that has been silent against its own rhythm up to its last good poll;
// nullopt: the silence is nothing unusual for it, or too little is known. Rare enough by chance to
// be wrong in less than one of twenty feeds a year.
[[nodiscard]] std::optional<Time> silent_since(const Rhythm& rhythm);

}  // namespace feedd
