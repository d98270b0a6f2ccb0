// Content codings undone (RFC 9110 §8.4.1), on a worker, within a budget.
#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"
#include "model/response.h"

namespace feedd {

// The value of Accept-Encoding: what decoded_body understands.
inline constexpr const char* kAcceptEncoding = "gzip, deflate, br, zstd";

// The body of the response with its Content-Encodings undone in reverse order (at most 2 of
// them). Servers lie in both directions: a gzip stream that no header mentions is decoded, and a
// plain document that a header calls coded is taken as it is. Refused when it grows past
// `max_bytes`, broken when it is corrupt or ends early: a truncated stream is never taken for the
// whole.
[[nodiscard]] tl::expected<std::string, std::pair<PollError, std::string>> decoded_body(
    Response&& response, std::uint64_t max_bytes);

}  // namespace feedd
