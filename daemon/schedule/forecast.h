// What a feed is expected to publish, from its last good poll on.
#pragma once

#include <optional>
#include <vector>

#include "base/time.h"
#include "model/rhythm.h"

namespace feedd {

// Given that nothing more is known than the rhythm: in each of equal steps from `from` on, how many
// items are expected.
struct Forecast {
    Time from{};
    Seconds step{1};
    double waiting = 0;         // items that came out before `from`, since the last good poll
    std::vector<double> items;  // in each step
};

// `steps` of them, of whole seconds, that together reach at least as far as `horizon`.
[[nodiscard]] Forecast forecast(const Rhythm& rhythm, Time from, Seconds horizon, int steps);

}  // namespace feedd
