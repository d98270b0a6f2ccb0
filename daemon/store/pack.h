// Bodies of the archive: zstd (RFC 8878), against a body before it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.h"

namespace feedd {

// A frame with a checksum. What `body` repeats of `prefix` costs next to nothing.
[[nodiscard]] std::string packed(std::string_view body, std::string_view prefix);

// The inverse, with the same prefix. Error io: damaged, or no body of `size` bytes.
[[nodiscard]] Result<std::string> unpacked(std::string_view frame, std::string_view prefix,
                                           std::size_t size);

}  // namespace feedd
