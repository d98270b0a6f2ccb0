// Values of JSON as text, number, URL or list, whatever type the publisher gave them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "base/time.h"

namespace feedd {

using Json = nlohmann::json;

// The member of an object; null if there is none or `value` is no object.
[[nodiscard]] const Json& member(const Json& value, std::string_view key);

// Of a string: trimmed and without control characters. A number is written out; all else is "".
[[nodiscard]] std::string text_in(const Json& value);

// Of a number, or a string that is one.
[[nodiscard]] std::optional<double> number_in(const Json& value);

// What is not negative and whole.
[[nodiscard]] std::optional<std::uint64_t> count_in(const Json& value);

// Of a string that is a date, or a number of seconds or milliseconds since 1970.
[[nodiscard]] std::optional<Time> time_in(const Json& value);

// Of a string, resolved against `base`.
[[nodiscard]] std::string url_in(const Json& value, std::string_view base);

// The elements of an array. An object that has one of `keys` and a string are lists of one; any
// other object is the list of its values. Nulls are left out.
[[nodiscard]] std::vector<const Json*> list_in(const Json& value,
                                               std::initializer_list<std::string_view> keys);

}  // namespace feedd
