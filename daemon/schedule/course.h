// The course of polls that costs least until a horizon: where its first poll is.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

namespace feedd {

// Where a poll may be, `after` seconds from now.
struct Place {
    double after = 0;
    double items = 0;   // that came out since now
    double waited = 0;  // the sum of their waiting since now, in seconds
};

// Both sums of a place never fall from one place to the next.
struct Course {
    std::vector<Place> places;  // in order of time; the first is now, the last the horizon
    double waiting = 0;         // items that are already there
    double least = 0;           // seconds between two polls
    double most = 0;
    double price = 0;  // of a poll, in seconds that one item waits
    double usual = 0;  // the interval of average times: what follows the horizon
};

// The place after now at which to poll first, so that waiting and polls cost least in all; nullopt:
// beyond the horizon. Where no place is as near as `most` the nearest is taken that is as far as
// `least`. Takes n log n steps of as many places.
[[nodiscard]] std::optional<std::size_t> first_poll(const Course& course);

}  // namespace feedd
