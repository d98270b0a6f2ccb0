// Percent-encoding (RFC 3986 §2.1).
#pragma once

#include <string>
#include <string_view>

namespace feedd {

// §6.2.2: what need not be encoded is not, hexadecimal digits are upper case, and what may not
// stand in a URL (spaces, quotes, bytes over 127, a '%' that begins nothing) is encoded.
[[nodiscard]] std::string normal_escapes(std::string_view text);

}  // namespace feedd
