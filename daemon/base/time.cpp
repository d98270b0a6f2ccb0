#include "base/time.h"

#include <array>
#include <charconv>
#include <ctime>

#include <curl/curl.h>
#include <fmt/format.h>

namespace feedd {

namespace {

struct Unit {
    char letter;
    Seconds length;
};

constexpr std::array kUnits{Unit{'w', Seconds{604800}}, Unit{'d', Seconds{86400}},
                            Unit{'h', Seconds{3600}}, Unit{'m', Seconds{60}},
                            Unit{'s', Seconds{1}}};
constexpr std::size_t kLongestHttpDate = 64;  // bytes; the longest form of the RFC has 33
constexpr Seconds kLongest{std::chrono::hours{24 * 3653}};

// Exactly `digits` decimal digits, or -1.
int digits(std::string_view text, std::size_t at, std::size_t count) noexcept {
    int value = 0;
    for (std::size_t i = at; i < at + count; ++i) {
        const char c = text[i];
        if (c < '0' || c > '9') return -1;
        value = value * 10 + (c - '0');
    }
    return value;
}

// Each row of the store is written with several times: by hand it takes a tenth of fmt's time.
void write_two_digits(std::string& text, std::size_t at, int value) {
    text[at] = static_cast<char>('0' + value / 10);
    text[at + 1] = static_cast<char>('0' + value % 10);
}

}  // namespace

Time now_utc() noexcept {
    return std::chrono::ceil<Seconds>(std::chrono::system_clock::now());
}

std::string format_utc(Time time) {
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss clock{time - day};
    const int year = static_cast<int>(date.year());
    if (year < 0 || year > 9999) return {};
    std::string text = "0000-00-00T00:00:00Z";
    write_two_digits(text, 0, year / 100);
    write_two_digits(text, 2, year % 100);
    write_two_digits(text, 5, static_cast<int>(static_cast<unsigned>(date.month())));
    write_two_digits(text, 8, static_cast<int>(static_cast<unsigned>(date.day())));
    write_two_digits(text, 11, static_cast<int>(clock.hours().count()));
    write_two_digits(text, 14, static_cast<int>(clock.minutes().count()));
    write_two_digits(text, 17, static_cast<int>(clock.seconds().count()));
    return text;
}

std::optional<Time> parse_utc(std::string_view text) noexcept {
    if (text.size() != 20 || text[4] != '-' || text[7] != '-' || text[10] != 'T' ||
        text[13] != ':' || text[16] != ':' || text[19] != 'Z') {
        return std::nullopt;
    }
    const int year = digits(text, 0, 4);
    const int month = digits(text, 5, 2);
    const int day = digits(text, 8, 2);
    const int hour = digits(text, 11, 2);
    const int minute = digits(text, 14, 2);
    const int second = digits(text, 17, 2);
    if (year < 0 || month < 0 || day < 0 || hour < 0 || hour > 23 || minute < 0 || minute > 59 ||
        second < 0 || second > 59) {
        return std::nullopt;
    }
    const std::chrono::year_month_day date{std::chrono::year{year},
                                           std::chrono::month{static_cast<unsigned>(month)},
                                           std::chrono::day{static_cast<unsigned>(day)}};
    if (!date.ok()) return std::nullopt;
    return std::chrono::sys_days{date} + std::chrono::hours{hour} + std::chrono::minutes{minute} +
           Seconds{second};
}

std::optional<Time> parse_http_date(std::string_view text) {
    // curl_getdate takes "20301112" for a day: a colon tells a date from a number.
    if (text.size() > kLongestHttpDate || text.find(':') == std::string_view::npos) {
        return std::nullopt;
    }
    const std::string copy(text);
    if (copy.find('\0') != std::string::npos) return std::nullopt;
    const std::time_t seconds = curl_getdate(copy.c_str(), nullptr);
    if (seconds == -1) return std::nullopt;
    return Time{Seconds{seconds}};
}

Result<Seconds> parse_duration(std::string_view text) {
    const auto refuse = [&](std::string_view why) {
        return fail(ErrorKind::config, {}, fmt::format("'{}' is no duration: {}", text, why),
                    "write 30s, 10m, 2h, 1d or 1h30m");
    };
    if (text.empty()) return refuse("it is empty");
    Seconds total{0};
    const char* at = text.data();
    const char* const end = text.data() + text.size();
    while (at != end) {
        long long number = 0;
        const auto [stop, error] = std::from_chars(at, end, number);
        if (error != std::errc{} || number < 0) return refuse("a number is expected");
        if (stop == end) return refuse("the unit is missing");
        const Unit* unit = nullptr;
        for (const Unit& candidate : kUnits) {
            if (candidate.letter == *stop) unit = &candidate;
        }
        if (unit == nullptr) return refuse("the unit is s, m, h, d or w");
        if (number > kLongest / unit->length) return refuse("it is longer than ten years");
        total += number * unit->length;
        if (total > kLongest) return refuse("it is longer than ten years");
        at = stop + 1;
    }
    return total;
}

std::string format_duration(Seconds duration) {
    if (duration < Seconds{0}) return "-" + format_duration(-duration);
    if (duration == Seconds{0}) return "0s";
    std::string out;
    for (const Unit& unit : kUnits) {
        const auto count = duration / unit.length;
        if (count == 0) continue;
        out += fmt::format("{}{}", count, unit.letter);
        duration -= count * unit.length;
    }
    return out;
}

}  // namespace feedd
