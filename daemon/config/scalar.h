// The small languages of single values. Errors have no place yet: the caller knows it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/result.h"

namespace feedd {

// "16MiB", "500 kB", "2097152": bytes. KiB, MiB, GiB are powers of 1024, kB, MB, GB of 1000.
[[nodiscard]] Result<std::uint64_t> parse_size(std::string_view text);

// true or false, as YAML 1.2 has them, and yes, no, on, off, as YAML 1.1 did.
[[nodiscard]] Result<bool> parse_flag(std::string_view text);

// A whole number from `least` to `most`.
[[nodiscard]] Result<std::size_t> parse_count(std::string_view text, std::size_t least,
                                              std::size_t most);

}  // namespace feedd
