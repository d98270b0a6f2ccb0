#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace feedd {

// RFC 4648 §4, white space ignored, padding optional. nullopt: another character was in it.
[[nodiscard]] std::optional<std::string> decode_base64(std::string_view text);

}  // namespace feedd
