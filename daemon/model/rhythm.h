// How a feed publishes, as learned from what it has published: small enough to be kept for each of
// 100,000 feeds. schedule/ learns it and decides by it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"

namespace feedd {

// Items published together are one moment. All sums forget exponentially: what they hold is what
// was seen lately.
struct Rhythm {
    static constexpr std::size_t kHours = 24;
    static constexpr std::size_t kWeekdays = 7;
    static constexpr std::size_t kGaps = 9;
    static constexpr std::size_t kShapes = 8;
    static constexpr std::size_t kRecent = 20;

    Time seen_until{};        // the last good poll: what was published before it is known
    std::int32_t window = 0;  // items that the document holds; 0: unknown

    // The rate: moments that were seen in as many days of the feed's own week (schedule/shape.h),
    // in the last months and in the last week.
    float moments = 0;
    float exposure = 0;
    float lately = 0;
    float lately_exposure = 0;
    float items = 0;        // that came at `moments`
    float calendar = 0;     // days, for the shape: it forgets more slowly than the rate
    float expected = 0;     // items that good polls should have brought ...
    float surprise = 0;     // ... and the sum of the squares by which they were wrong
    float longest_gap = 0;  // the most moments that were once expected, and did not come
    float caution = 0;      // suspected gaps, lately

    std::array<float, kHours> hours{};        // moments by hour of the day, UTC
    std::array<float, kWeekdays> weekdays{};  // and by day of the week; Sunday is 0
    std::array<float, kGaps> gaps{};          // moments by how many were expected since the last
    std::array<float, kShapes> evidence{};    // log-likelihood of each shape (schedule/shape.h)
    std::array<std::uint32_t, kRecent> recent{};  // newest first, seconds since 1970; 0: none

    bool operator==(const Rhythm&) const = default;
};

// One line of text, versioned; numbers are rounded (model/rhythm_bytes.h).
[[nodiscard]] std::string to_text(const Rhythm& rhythm);
// Of the version before, too. nullopt: another one, or damaged; the rhythm is learned anew then.
[[nodiscard]] std::optional<Rhythm> rhythm_from_text(std::string_view text);

}  // namespace feedd
