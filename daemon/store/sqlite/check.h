// Looks for what should never be.
#pragma once

#include <string>
#include <vector>

#include "store/sqlite/connection.h"

namespace feedd::sqlite {

// See StoreReader::check.
[[nodiscard]] std::vector<std::string> findings(Connection& connection);

// Compares the full-text index with every text that it was made of. This takes the write lock:
// nothing may be writing. "" when all is well.
[[nodiscard]] std::string search_finding(const std::string& path);

}  // namespace feedd::sqlite
