// The rules that are compared: feedd's own and those of others.
#pragma once

#include <memory>

#include "model/feed.h"
#include "schedule/price.h"
#include "schedule/replay.h"

namespace feedd::bench {

// The bounds that all rules which look at the feed keep to.
inline constexpr Seconds kMinInterval = std::chrono::minutes{10};
inline constexpr Seconds kMaxInterval = std::chrono::days{1};

// What the daemon does: learned() and next_poll(), with their defaults.
[[nodiscard]] std::unique_ptr<Rule> feedd_rule(Price price, std::uint64_t seed);

// At every full interval, shifted by `phase` (0 to 1) of it.
[[nodiscard]] std::unique_ptr<Rule> fixed_rule(double seconds, double phase);

// Miniflux' entry_frequency: a week divided by the items of the last week times `factor`, between
// five minutes and a day; a day where there were none.
[[nodiscard]] std::unique_ptr<Rule> entry_frequency_rule(double factor);

// A schedule that knows the rate at which items come at each minute of the week, but not which
// come: it asks where waiting and requests, each at `price`, cost least in the mean, within the
// bounds above. Found exactly, on a grid.
[[nodiscard]] std::unique_ptr<Rule> clairvoyant_rule(const Law& law, Price price);

// Knows of a feed with usual times, too, that each brings one item at most: it asks until that has
// come, and then no more before the next. The same as above for a feed without.
[[nodiscard]] std::unique_ptr<Rule> slot_clairvoyant_rule(const Law& law, Price price);

}  // namespace feedd::bench
