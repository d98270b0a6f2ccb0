// What publishers did: histories to replay, generated or from a file.
#pragma once

#include <cstdint>
#include <random>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace feedd::bench {

using Random = std::mt19937_64;

// A usual time: one item a week, about then.
struct Slot {
    double in_week = 0;  // seconds since Sunday 0:00 UTC
    double spread = 0;   // standard deviation, seconds
    double chance = 1;   // that it comes at all
};

// By what a history was drawn, for who knows the future.
struct Law {
    static constexpr std::size_t kParts = 7 * 24 * 60;  // minutes, from Sunday 0:00 UTC on
    std::vector<double> rate;                           // items a second in each part
    std::vector<Slot> slots;                            // the usual times, if it has such
};

struct History {
    std::string feed;
    std::vector<Time> items;  // in order, from long before the first poll on
    int window = 20;          // items that the document holds
    Law law;
};

struct Era {
    Time begin{};  // of the history; the first poll is at `start`
    Time start{};
    Time measured{};  // from here on it counts
    Time end{};
};

enum class Kind : std::uint8_t { poisson, newsroom, daytime, podcast, weekly, dead };
inline constexpr Kind kKinds[] = {Kind::poisson, Kind::newsroom, Kind::daytime,
                                  Kind::podcast, Kind::weekly,   Kind::dead};
[[nodiscard]] std::string_view name(Kind kind) noexcept;
[[nodiscard]] History history_of(Kind kind, const Era& era, Random& random);

// Of every ten feeds two are dead, one is a newsroom, ...: what feed lists look like.
[[nodiscard]] std::vector<History> mixed(int feeds, const Era& era, Random& random);

// Rows "feed,timestamp" (seconds since 1970 or 2025-04-08T01:02:03Z), in any order; a first row
// that is neither is a heading. The law is the feed's own histogram by the hour of the week.
[[nodiscard]] Result<std::vector<History>> read_histories(const std::string& path, int window);

[[nodiscard]] double seconds_into_week(Time time) noexcept;

}  // namespace feedd::bench
