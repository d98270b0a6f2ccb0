// What a weather service sends to all papers, for each another place: a template, and no story.
#pragma once

#include <string>

namespace feedd::test {

inline std::string forecast(const std::string& place, int high, int low, int wind) {
    return "Here is what the weather service expects for " + place +
           " and around: a morning with fog in the valleys that gives way to sun before noon, "
           "highs of " +
           std::to_string(high) + " and lows of " + std::to_string(low) +
           " degrees, a light breeze from the west of " + std::to_string(wind) +
           " knots, and by night a clear sky over the hills. Drivers should mind wet leaves on "
           "roads, and gardeners can leave their pots outside for a day or two.";
}

}  // namespace feedd::test
