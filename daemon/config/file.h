#pragma once

#include <cstddef>
#include <string>

#include "base/result.h"

namespace feedd {

// The text of a list. Refuses what is no regular file (a FIFO would never end) and what is too
// large to be one.
[[nodiscard]] Result<std::string> read_list_file(const std::string& path);

// A credential, a certificate or a key: up to a mebibyte. Errors are of kind not_found.
[[nodiscard]] Result<std::string> read_small_file(const std::string& path);

}  // namespace feedd
