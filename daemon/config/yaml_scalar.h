// A text as a YAML scalar.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace feedd {

enum class Quote : std::uint8_t { plain, single, twice };

// `value`, in one line, in the wanted quotes, or in others where it could not stand in these: a
// plain text must not be taken for something else, by other readers of YAML neither. `in_flow`: it
// will stand between brackets.
[[nodiscard]] std::string yaml_scalar(std::string_view value, Quote wanted, bool in_flow);

}  // namespace feedd
