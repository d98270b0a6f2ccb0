// Looks for what should never be.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "store/sqlite/connection.h"
#include "store/sqlite/migrations.h"

namespace feedd::sqlite {

// See check_store. Error io: the store is none of these migrations, or cannot be read for another
// reason than damage.
[[nodiscard]] Result<std::vector<std::string>> check(const std::string& path,
                                                     std::span<const Migration> known);

}  // namespace feedd::sqlite
