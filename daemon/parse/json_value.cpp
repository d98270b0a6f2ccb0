#include "parse/json_value.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include <nlohmann/json.hpp>

#include "base/text.h"
#include "parse/address.h"
#include "parse/date.h"

namespace feedd {

namespace {

bool is_control(char c) noexcept {
    return (static_cast<unsigned char>(c) < 0x20 && !is_space(c)) || c == 0x7F;
}

}  // namespace

const Json& member(const Json& value, std::string_view key) {
    static const Json kNull;
    if (!value.is_object()) return kNull;
    const auto found = value.find(key);
    return found == value.end() ? kNull : *found;
}

std::string text_in(const Json& value) {
    if (value.is_number_float()) {
        const double number = value.get<double>();
        constexpr double kExact = 9007199254740992.0;  // 2^53: whole numbers up to here are exact
        if (number == std::floor(number) && std::abs(number) < kExact) {
            return std::to_string(static_cast<std::int64_t>(number));
        }
    }
    if (value.is_number()) return value.dump();
    if (!value.is_string()) return {};
    std::string text(trim(value.get_ref<const std::string&>()));
    text.erase(std::remove_if(text.begin(), text.end(), is_control), text.end());
    return text;
}

std::optional<double> number_in(const Json& value) {
    if (value.is_number()) return value.get<double>();
    const std::string text = text_in(value);
    double number = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, number, std::chars_format::fixed);
    if (text.empty() || error != std::errc{} || stop != end || !std::isfinite(number)) {
        return std::nullopt;
    }
    return number;
}

std::optional<std::uint64_t> count_in(const Json& value) {
    if (value.is_number_unsigned()) return value.get<std::uint64_t>();
    const auto number = number_in(value);
    constexpr double kMost = 9007199254740992.0;  // 2^53, beyond which a double skips numbers
    if (!number || *number < 0 || *number > kMost) return std::nullopt;
    return static_cast<std::uint64_t>(*number);
}

std::optional<Time> time_in(const Json& value) {
    return parse_date(text_in(value));
}

std::string url_in(const Json& value, std::string_view base) {
    if (!value.is_string()) return {};
    return address_from(base, text_in(value));
}

std::vector<const Json*> list_in(const Json& value, std::initializer_list<std::string_view> keys) {
    std::vector<const Json*> list;
    const bool one = value.is_string() ||
                     (value.is_object() && std::any_of(keys.begin(), keys.end(), [&](auto key) {
                          return value.contains(key);
                      }));
    if (one) {
        list.push_back(&value);
    } else if (value.is_structured()) {
        list.reserve(value.size());
        for (const Json& element : value) {
            if (!element.is_null()) list.push_back(&element);
        }
    }
    return list;
}

}  // namespace feedd
