// The length of a recording.
#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>

#include "base/text.h"
#include "parse/date.h"

namespace feedd {

namespace {

// A non-negative decimal number cut off the front of `text`; nullopt: there is none.
std::optional<double> take_number(std::string_view& text) {
    std::size_t size = 0;
    while (size < text.size() && (is_digit(text[size]) || text[size] == '.'))
        ++size;
    double value = 0;
    const auto [end, error] =
        std::from_chars(text.data(), text.data() + size, value, std::chars_format::fixed);
    if (size == 0 || error != std::errc{} || end != text.data() + size) return std::nullopt;
    text.remove_prefix(size);
    return value;
}

// "1:02:03", "62:03", "3723": each part is worth sixty of the next.
std::optional<double> clock_length(std::string_view text) {
    double total = 0;
    for (int parts = 1; parts <= 3; ++parts) {
        const auto value = take_number(text);
        if (!value) return std::nullopt;
        total = total * 60 + *value;
        if (text.empty()) return total;
        if (text.front() != ':') return std::nullopt;
        text.remove_prefix(1);
    }
    return std::nullopt;
}

struct Unit {
    std::string_view name;
    double seconds;
};

// By the letter it begins with: 'h', 'hr', 'hours'. ISO 8601 durations use the same letters; its
// years and months have no fixed length.
constexpr std::array kUnits{Unit{"weeks", 604800}, Unit{"wks", 604800}, Unit{"days", 86400},
                            Unit{"hours", 3600},   Unit{"hrs", 3600},   Unit{"minutes", 60},
                            Unit{"mins", 60},      Unit{"seconds", 1},  Unit{"secs", 1}};

std::optional<double> unit_named(std::string_view name) {
    for (const Unit& unit : kUnits) {
        if (!name.empty() && unit.name.starts_with(name)) return unit.seconds;
    }
    return std::nullopt;
}

// "1h 2m 3s", "90 min", and of "PT1H2M3S" what follows the P.
std::optional<double> unit_length(std::string_view text) {
    double total = 0;
    if (text.empty()) return std::nullopt;
    while (!text.empty()) {
        const auto value = take_number(text);
        if (!value) return std::nullopt;
        text = trim(text);
        std::size_t size = 0;
        while (size < text.size() && is_alpha(text[size]))
            ++size;
        const auto unit = unit_named(text.substr(0, size));
        if (!unit) return std::nullopt;
        total += *value * *unit;
        text.remove_prefix(size);
        if (text.starts_with('.')) text.remove_prefix(1);
        text = trim(text);
    }
    return total;
}

// ISO 8601 §5.5: months stand before the T, minutes after it.
std::optional<double> iso_length(std::string_view text) {
    text.remove_prefix(1);
    const auto t = text.find('t');
    const auto date = text.substr(0, t);
    double total = 0;
    if (!date.empty()) {
        const auto length = unit_length(date);
        if (!length || date.find_first_of("mhs") != std::string_view::npos) return std::nullopt;
        total = *length;
    }
    if (t == std::string_view::npos) return date.empty() ? std::nullopt : std::optional(total);
    const auto clock = unit_length(text.substr(t + 1));
    if (!clock) return std::nullopt;
    return total + *clock;
}

}  // namespace

std::optional<double> parse_length(std::string_view text) {
    constexpr std::size_t kLongest = 64;  // bytes
    constexpr double kMostSeconds = 1e9;  // thirty years: more is no recording
    text = trim(text);
    if (text.empty() || text.size() > kLongest) return std::nullopt;
    const std::string folded = lower(text);
    std::optional<double> length = clock_length(folded);
    if (!length) length = folded.starts_with('p') ? iso_length(folded) : unit_length(folded);
    if (!length || !std::isfinite(*length) || *length > kMostSeconds) return std::nullopt;
    return length;
}

}  // namespace feedd
