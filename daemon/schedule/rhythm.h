// Learning how a feed publishes, poll by poll.
#pragma once

#include <optional>
#include <span>

#include "base/time.h"
#include "model/rhythm.h"

namespace feedd {

// What a good poll showed. An answer that brought no document (304, the same body) showed that
// nothing is new.
struct Sighting {
    // Publication dates of the items that are new to us; as long as nothing is learned yet, of all
    // items that have one. In any order; what cannot be true is left out.
    std::span<const Time> published;
    int undated = 0;  // new items without a date
    int window = 0;   // items in the document; 0: there was none
    bool gap_suspected = false;
};

// The rhythm after a good poll at `now`. Without one before, the dates of a document's items are a
// history at once. Later on an item counts when it came out, as far as that is known: by its date
// if that lies after the last good poll, else some time between the polls; what is much older was
// filled in by its publisher, and is no news.
[[nodiscard]] Rhythm learned(const std::optional<Rhythm>& before, const Sighting& sighting,
                             Time now);

// Moments and items a day, as the feed does now, silence since its last good poll included.
[[nodiscard]] double moments_per_day(const Rhythm& rhythm) noexcept;
[[nodiscard]] double items_per_moment(const Rhythm& rhythm) noexcept;

// The mean time between two items, at most a year.
[[nodiscard]] Seconds period_of(const Rhythm& rhythm) noexcept;

[[nodiscard]] std::optional<Time> last_moment(const Rhythm& rhythm) noexcept;

// What to suppose of a feed of which only the mean period is known, or nothing.
[[nodiscard]] Rhythm supposed_rhythm(std::optional<Seconds> period, Time now);

}  // namespace feedd
