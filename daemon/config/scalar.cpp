#include "config/scalar.h"

#include <array>
#include <charconv>
#include <limits>

#include <fmt/format.h>

#include "base/text.h"
#include "config/diagnostic.h"

namespace feedd {

namespace {

struct SizeUnit {
    std::string_view name;
    std::uint64_t bytes;
};
constexpr std::array kSizeUnits{
    SizeUnit{"", 1},
    SizeUnit{"B", 1},
    SizeUnit{"kB", 1000},
    SizeUnit{"KB", 1000},
    SizeUnit{"MB", 1000000},
    SizeUnit{"GB", 1000000000},
    SizeUnit{"KiB", std::uint64_t{1} << 10U},
    SizeUnit{"MiB", std::uint64_t{1} << 20U},
    SizeUnit{"GiB", std::uint64_t{1} << 30U},
};

}  // namespace

Result<std::uint64_t> parse_size(std::string_view text) {
    const auto refuse = [&](std::string_view why) {
        return fail(ErrorKind::config, {}, fmt::format("{} is no size: {}", in_quotes(text), why),
                    "write 512KiB, 16MiB or 1GiB");
    };
    std::uint64_t number = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, number);
    if (error == std::errc::invalid_argument) return refuse("a whole number is expected");
    if (error != std::errc{}) return refuse("it is too large");
    const std::string_view unit = trim({stop, static_cast<std::size_t>(end - stop)});
    for (const SizeUnit& candidate : kSizeUnits) {
        if (unit != candidate.name) continue;
        if (number > std::numeric_limits<std::uint64_t>::max() / candidate.bytes) {
            return refuse("it is too large");
        }
        return number * candidate.bytes;
    }
    return refuse("the unit is KiB, MiB, GiB, kB, MB or GB");
}

Result<bool> parse_flag(std::string_view text) {
    static constexpr std::array<std::string_view, 3> kYes{"true", "yes", "on"};
    static constexpr std::array<std::string_view, 3> kNo{"false", "no", "off"};
    for (const std::string_view word : kYes) {
        if (iequals(text, word)) return true;
    }
    for (const std::string_view word : kNo) {
        if (iequals(text, word)) return false;
    }
    return fail(ErrorKind::config, {},
                fmt::format("{} is neither true nor false", in_quotes(text)));
}

Result<std::size_t> parse_count(std::string_view text, std::size_t least, std::size_t most) {
    std::size_t number = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, number);
    if (error == std::errc::invalid_argument || stop != end) {
        return fail(ErrorKind::config, {}, fmt::format("{} is no whole number", in_quotes(text)));
    }
    if (error != std::errc{} || number < least || number > most) {
        return fail(ErrorKind::config, {}, fmt::format("{} is out of range", in_quotes(text)),
                    fmt::format("from {} to {}", least, most));
    }
    return number;
}

}  // namespace feedd
