#include "schedule/words.h"

#include <algorithm>
#include <array>
#include <functional>
#include <string_view>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "schedule/rhythm.h"
#include "schedule/shape.h"

namespace feedd {

namespace {

constexpr std::array<std::string_view, Rhythm::kWeekdays> kWeekdays{
    "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};
constexpr double kMarked = 1.5;    // times the average: worth a word
constexpr double kQuiet = 0.4;     // of the average
constexpr double kPunctual = 0.5;  // weight of the very phase
constexpr float kFewMoments = 3;   // fewer have no shape

// "a, b and c".
std::string listed(const std::vector<std::string>& words) {
    if (words.empty()) return {};
    if (words.size() == 1) return words.front();
    return fmt::format("{} and {}", fmt::join(words.begin(), words.end() - 1, ", "), words.back());
}

std::string rate(const Rhythm& rhythm) {
    const double items = moments_per_day(rhythm) * items_per_moment(rhythm);
    if (items >= 1) return fmt::format("{:.1f} items a day", items);
    if (items * 7 >= 1) return fmt::format("{:.1f} items a week", items * 7);
    return fmt::format("{:.1f} items a year", items * 365);
}

// Spans of hours in which a factor holds, midnight no border: "8–10", "17".
std::vector<std::string> hours_where(const Shape& shape, const std::function<bool(double)>& holds) {
    const auto at = [&](std::size_t hour) {
        return holds(shape.hour_factor(static_cast<int>(hour % Rhythm::kHours)));
    };
    std::vector<std::string> spans;
    for (std::size_t hour = 0; hour < Rhythm::kHours; ++hour) {
        if (!at(hour) || at(hour + Rhythm::kHours - 1)) continue;
        std::size_t end = hour + 1;
        while (end < hour + Rhythm::kHours && at(end))
            ++end;
        spans.push_back(fmt::format("{}:00–{}:00", hour, end % Rhythm::kHours));
    }
    return spans;
}

std::vector<std::string> days_where(const Shape& shape, const std::function<bool(double)>& holds) {
    std::vector<std::string> days;
    for (std::size_t day = 0; day < kWeekdays.size(); ++day) {
        if (holds(shape.weekday_factor(static_cast<int>(day)))) days.emplace_back(kWeekdays[day]);
    }
    return days;
}

}  // namespace

std::vector<std::string> in_words(const Rhythm& rhythm) {
    std::vector<std::string> lines;
    lines.push_back(fmt::format("{}, learned from {:.0f} moments of the last {:.0f} days",
                                rate(rhythm), std::max(rhythm.moments, 0.0F),
                                std::max(rhythm.exposure, 0.0F)));
    if (items_per_moment(rhythm) > kMarked) {
        lines.push_back(fmt::format("{:.1f} items at a time", items_per_moment(rhythm)));
    }
    if (rhythm.moments >= kFewMoments) {
        const Shape shape(rhythm);
        const auto marked = [](double factor) { return factor > kMarked; };
        const auto quiet = [](double factor) { return factor < kQuiet; };
        const std::string busy = listed(hours_where(shape, marked));
        const std::string silent = listed(hours_where(shape, quiet));
        const std::string days = listed(days_where(shape, marked));
        const std::string free = listed(days_where(shape, quiet));
        if (!busy.empty()) lines.push_back(fmt::format("most at {} (UTC)", busy));
        if (!silent.empty()) lines.push_back(fmt::format("hardly any at {} (UTC)", silent));
        if (!days.empty()) lines.push_back(fmt::format("most on {}", days));
        if (!free.empty()) lines.push_back(fmt::format("hardly any on {}", free));
        if (shape.phase_weight() > kPunctual) {
            lines.emplace_back("punctual: within minutes of the same time");
        }
    }
    if (rhythm.window > 0) {
        lines.push_back(fmt::format("its document holds {} items", rhythm.window));
    }
    return lines;
}

}  // namespace feedd
