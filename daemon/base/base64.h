// Base64 (RFC 4648 §4).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace feedd {

// With padding.
[[nodiscard]] std::string encode_base64(std::string_view bytes);

// White space is skipped, '-' and '_' (§5) are understood as well, '=' ends. nullopt: another
// character stands in it.
[[nodiscard]] std::optional<std::string> decode_base64(std::string_view text);

}  // namespace feedd
