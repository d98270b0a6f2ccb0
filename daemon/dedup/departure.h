// Which items were withdrawn by their publisher, and which merely scrolled out of the feed.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/time.h"

namespace feedd {

// An item of the window before: what the last document listed.
struct Before {
    std::optional<Time> date;
    Time first_seen_at{};
    int position = 0;
    int position_now = -1;  // in the present document; -1: it is not there
};

// An item of the present document, in its order.
struct Present {
    std::optional<Time> date;
    bool listed_before = false;
};

enum class Departure : std::uint8_t {
    none,       // it is still there
    scrolled,   // it left, as items do
    withdrawn,  // it left from between older and newer ones that are there
    // The newest of all left. Until a newer one comes, that may as well be the answer of a server
    // that is behind the others: to be asked again with the next document.
    undecided,
};

// Pure; an answer for each of `before`. In doubt an item has scrolled out: a document whose items
// are in no order of time, or that changed beyond a few items, proves nothing. Both documents must
// be whole.
[[nodiscard]] std::vector<Departure> departures(std::span<const Before> before,
                                                std::span<const Present> now);

}  // namespace feedd
