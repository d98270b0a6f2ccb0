#include "model/retention.h"

#include <algorithm>

namespace feedd {

std::optional<Seconds> RetentionRules::shortest_age() const {
    std::optional<Seconds> shortest = others.age;
    for (const auto& [feed, rule] : feeds) {
        if (rule.age && (!shortest || *rule.age < *shortest)) shortest = rule.age;
    }
    return shortest;
}

bool RetentionRules::any_count() const {
    return others.count || std::ranges::any_of(feeds, [](const auto& entry) {
               return entry.second.count.has_value();
           });
}

}  // namespace feedd
