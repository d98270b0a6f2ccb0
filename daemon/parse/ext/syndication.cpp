// The syndication module of RSS 1.0: how often the feed changes.
#include <array>
#include <utility>

#include "base/text.h"
#include "parse/rows.h"

namespace feedd {

namespace {

void period(const Element& element, Draft& draft) {
    using std::chrono::days;
    using std::chrono::hours;
    static constexpr std::array<std::pair<std::string_view, Seconds>, 5> kPeriods = {{
        {"hourly", hours(1)},
        {"daily", days(1)},
        {"weekly", days(7)},
        {"monthly", days(30)},
        {"yearly", days(365)},
    }};
    const std::string said = element.text();
    for (const auto& [name, length] : kPeriods) {
        if (iequals(said, name)) draft.update_period = length;
    }
}

void frequency(const Element& element, Draft& draft) {
    const auto times = small_number(element.text());
    if (times && *times > 0) draft.update_frequency = *times;
}

constexpr Row kRows[] = {
    {Ns::syndication, "updateperiod", period, nullptr},
    {Ns::syndication, "updatefrequency", frequency, nullptr},
};

}  // namespace

Rows syndication_rows() noexcept {
    return kRows;
}

}  // namespace feedd
