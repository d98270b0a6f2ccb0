#include "parse/date.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>

#include <unicode/strenum.h>
#include <unicode/timezone.h>

#include "base/text.h"
#include "parse/date_common.h"
#include "parse/date_reader.h"
#include "parse/date_tokens.h"

namespace feedd {

namespace {

constexpr std::size_t kLongestDate = 120;  // bytes; JavaScript's longest is about 80

using std::chrono::days;
using std::chrono::sys_days;

// Seconds, milliseconds or microseconds since 1970, told by their size: ten digits of seconds are
// the years 2001 to 2286.
std::optional<Time> epoch(std::string_view text) {
    const auto point = text.find('.');
    const auto whole = text.substr(0, point);
    const bool digits = std::all_of(whole.begin(), whole.end(), is_digit) &&
                        (point == std::string_view::npos ||
                         (point + 1 < text.size() &&
                          std::all_of(text.begin() + static_cast<std::ptrdiff_t>(point) + 1,
                                      text.end(), is_digit)));
    if (!digits) return std::nullopt;
    std::int64_t divisor = 1;
    if (whole.size() == 13) {
        divisor = 1'000;
    } else if (whole.size() == 16) {
        divisor = 1'000'000;
    } else if (whole.size() != 10) {
        return std::nullopt;
    }
    std::int64_t value = 0;
    std::from_chars(whole.data(), whole.data() + whole.size(), value);
    return Time{Seconds{value / divisor}};
}

// The names of tz by what they are in lower case: no rule makes America/Port-of-Spain,
// Antarctica/DumontDUrville and US/Eastern of it.
using TzNames = std::unordered_map<std::string, icu::UnicodeString>;

TzNames read_tz_names() {
    TzNames names;
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<icu::StringEnumeration> all(
        icu::TimeZone::createTimeZoneIDEnumeration(UCAL_ZONE_TYPE_ANY, nullptr, nullptr, status));
    if (U_FAILURE(status) != 0 || !all) return names;
    while (const icu::UnicodeString* name = all->snext(status)) {
        std::string utf8;
        name->toUTF8String(utf8);
        names.emplace(lower(utf8), *name);
    }
    return names;
}

// nullopt: tz has no such place.
std::optional<Seconds> offset_at(std::string_view place, Time local) {
    static const TzNames kNames = read_tz_names();
    const auto name = kNames.find(std::string(place));
    if (name == kNames.end()) return std::nullopt;
    const std::unique_ptr<icu::TimeZone> zone(icu::TimeZone::createTimeZone(name->second));
    if (!zone) return std::nullopt;
    UErrorCode status = U_ZERO_ERROR;
    int32_t raw = 0;
    int32_t daylight = 0;
    const double milliseconds = static_cast<double>(local.time_since_epoch().count()) * 1000.0;
    zone->getOffset(milliseconds, true, raw, daylight, status);
    if (U_FAILURE(status) != 0) return std::nullopt;
    return Seconds{(raw + daylight) / 1000};
}

std::optional<sys_days> day_of(const DateFields& fields) {
    const std::chrono::year year{*fields.year};
    const sys_days first_of_year{year / std::chrono::January / 1};
    if (fields.day_of_year > 0) {
        const int last = year.is_leap() ? 366 : 365;
        if (fields.day_of_year > last) return std::nullopt;
        return first_of_year + days{fields.day_of_year - 1};
    }
    if (fields.week > 0) {
        if (fields.weekday < 1 || fields.weekday > 7) return std::nullopt;
        // ISO 8601: week 1 has the 4th of January, weeks begin on Monday, and the Thursday of a
        // week tells its year.
        const sys_days fourth = first_of_year + days{3};
        const auto monday = fourth - (std::chrono::weekday{fourth} - std::chrono::Monday);
        const auto week = monday + days{7 * (fields.week - 1)};
        if (std::chrono::year_month_day{week + days{3}}.year() != year) return std::nullopt;
        return week + days{fields.weekday - 1};
    }
    if (fields.month > 12) return std::nullopt;  // chrono keeps months modulo 256
    const std::chrono::year_month_day date{year,
                                           std::chrono::month{static_cast<unsigned>(fields.month)},
                                           std::chrono::day{static_cast<unsigned>(fields.day)}};
    if (!date.ok()) return std::nullopt;
    return sys_days{date};
}

// 0 to 24; nullopt: the clock has no such hour.
std::optional<int> hour_of(const DateFields& fields) {
    int hour = fields.hour;
    if (fields.meridiem == Meridiem::am && hour > 12) return std::nullopt;
    if (fields.meridiem == Meridiem::am && hour == 12) hour = 0;
    if (fields.meridiem == Meridiem::pm && hour < 12) hour += 12;
    if (hour > 24) return std::nullopt;
    if (hour == 24 && (fields.minute > 0 || fields.second > 0)) return std::nullopt;
    return hour;
}

std::optional<Time> instant(const DateFields& fields) {
    if (*fields.year < 1) return std::nullopt;
    const auto day = day_of(fields);
    const auto hour = hour_of(fields);
    // A 60th second is a leap second (RFC 3339 §5.6), and here the first of the next minute.
    if (!day || !hour || fields.minute > 59 || fields.second > 60) return std::nullopt;
    const Time local = *day + std::chrono::hours{*hour} + std::chrono::minutes{fields.minute} +
                       Seconds{fields.second};
    if (!fields.place.empty()) {
        const auto offset = offset_at(fields.place, local);
        if (!offset) return std::nullopt;  // a guess would be off by hours
        return local - *offset;
    }
    return local - std::chrono::minutes{fields.offset.value_or(0)};
}

}  // namespace

std::optional<Time> parse_date(std::string_view text) {
    text = trim(text);
    if (text.empty() || text.size() > kLongestDate) return std::nullopt;
    if (const auto time = parse_common_date(text)) return time;
    if (const auto time = epoch(text)) return time;
    const std::string folded = is_ascii(text) ? lower(text) : fold_case(nfc(std::string(text)));
    const DateTokens tokens = date_tokens(folded);
    if (!tokens.fits) return std::nullopt;
    const auto fields = DateReader(tokens).read();
    if (!fields) return std::nullopt;
    const auto time = instant(*fields);
    if (!time || format_utc(*time).empty()) return std::nullopt;
    return time;
}

}  // namespace feedd
