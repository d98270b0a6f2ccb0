// What a feed is expected to publish, from its last good poll on.
#pragma once

#include <vector>

#include "base/time.h"
#include "model/rhythm.h"

namespace feedd {

// Given that nothing more is known than the rhythm: how many items are expected between each two of
// the bounds.
struct Forecast {
    double waiting = 0;          // items that came out before `from`, since the last good poll
    std::vector<double> bounds;  // seconds since `from`, rising; the first is 0
    std::vector<double> items;   // one fewer
};

// How finely to look: narrow beside the time that would pass until the next poll if it were at
// `usual`, and beside what is far from narrow; wherever the rate jumps there is a bound.
struct Outlook {
    double usual = 3600;    // seconds
    double horizon = 3600;  // seconds
    double least = 0;       // these are bounds, too
    double most = 0;
};
[[nodiscard]] Forecast forecast(const Rhythm& rhythm, Time from, const Outlook& outlook);

// The items that are expected to wait at `at` for a poll.
[[nodiscard]] double expected_waiting(const Rhythm& rhythm, Time at);

}  // namespace feedd
