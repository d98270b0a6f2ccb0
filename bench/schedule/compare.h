// All rules on the same histories, at the same number of requests.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "schedule/replay.h"
#include "schedule/rules.h"

namespace feedd::bench {

struct Row {
    std::string rule;
    Tally tally;
};

// feedd's rule at `price` says how many requests there are; the others are given as many.
struct Comparison {
    Row feedd{"feedd", {}};
    Row fixed{"fixed interval, best phase", {}};
    Row round_robin{"round-robin", {}};
    Row own_fixed{"fixed, own by known rate", {}};
    Row entry_frequency{"entry-frequency", {}};
    Row clairvoyant{"clairvoyant", {}};
    std::optional<Row> slot_clairvoyant;  // where there are feeds with usual times

    [[nodiscard]] std::vector<const Row*> rows() const {
        std::vector<const Row*> all{&fixed,           &round_robin, &own_fixed,
                                    &entry_frequency, &feedd,       &clairvoyant};
        if (slot_clairvoyant) all.push_back(&*slot_clairvoyant);
        return all;
    }
};
[[nodiscard]] Comparison compare(std::span<const History> histories, const Era& era, Price price,
                                 std::uint64_t seed);

[[nodiscard]] Rules feedd_rules(std::size_t feeds, Price price, std::uint64_t seed);

}  // namespace feedd::bench
