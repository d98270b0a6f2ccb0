#include "command/instant.h"

#include <array>
#include <chrono>
#include <optional>
#include <string>

#include <fmt/format.h>

#include "base/text.h"

namespace feedd {

namespace {

using std::chrono::days;

std::optional<Time> calendar_date(const std::string& text) {
    // What is not written is the beginning.
    static constexpr std::string_view kRest = "0000-01-01T00:00:00Z";
    constexpr std::array<std::size_t, 5> kForms{4, 7, 10, 16, 19};  // year, month, day, minute, …
    std::string full = text;
    if (full.size() > 10 && (full[10] == ' ' || full[10] == 't')) full[10] = 'T';
    if (full.ends_with('z')) full.back() = 'Z';
    for (const std::size_t form : kForms) {
        if (full.size() == form) return parse_utc(full + std::string(kRest.substr(form)));
    }
    return parse_utc(full);
}

std::optional<Time> named_day(std::string_view word, Time now) {
    static constexpr std::array<std::string_view, 7> kWeekdays{
        "sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"};
    const auto today = std::chrono::floor<days>(now);
    if (word == "now") return now;
    if (word == "today") return today;
    if (word == "yesterday") return today - days{1};
    for (unsigned i = 0; i < kWeekdays.size(); ++i) {
        if (word != kWeekdays[i] && word != kWeekdays[i].substr(0, 3)) continue;
        return today - (std::chrono::weekday{today} - std::chrono::weekday{i});
    }
    return std::nullopt;
}

// "3 days ago" is "3d".
std::optional<Time> time_ago(std::string_view text, Time now) {
    struct Unit {
        std::string_view name;
        std::string_view letter;
        int factor = 1;
    };
    static constexpr std::array<Unit, 9> kUnits{{{"second", "s"},
                                                 {"minute", "m"},
                                                 {"min", "m"},
                                                 {"hour", "h"},
                                                 {"day", "d"},
                                                 {"week", "w"},
                                                 {"month", "d", 30},
                                                 {"year", "d", 365},
                                                 {"yr", "d", 365}}};
    if (text.ends_with("ago")) text = trim(text.substr(0, text.size() - 3));
    const std::size_t digits = text.find_first_not_of("0123456789");
    if (digits == 0 || digits == std::string_view::npos) {
        return std::nullopt;
    }
    std::string_view name = trim(text.substr(digits));
    if (name.size() > 1 && name.ends_with('s')) name.remove_suffix(1);
    std::string duration(text);
    int factor = 1;
    for (const Unit& unit : kUnits) {
        if (name != unit.name) continue;
        duration = std::string(text.substr(0, digits)) + std::string(unit.letter);
        factor = unit.factor;
    }
    const auto ago = parse_duration(duration);
    if (!ago) return std::nullopt;
    return now - *ago * factor;
}

}  // namespace

Result<Time> instant_of(std::string_view text, Time now) {
    const std::string word = lower(trim(text));
    if (const auto date = calendar_date(word)) return *date;
    if (const auto day = named_day(word, now)) return *day;
    if (const auto ago = time_ago(word, now)) return *ago;
    return fail(
        ErrorKind::usage, {}, fmt::format("'{}' is no time", text),
        "write '3 days ago', 24h, 1h30m or 2 weeks; now, today, yesterday or a day of the week, "
        "which is the last one; or 2025, 2025-04, 2025-04-08, '2025-04-08 10:20' or "
        "2025-04-08T01:02:03Z (UTC)");
}

}  // namespace feedd
