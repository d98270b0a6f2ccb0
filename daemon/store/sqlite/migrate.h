// Brings a store's schema up to date.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "base/result.h"
#include "store/sqlite/connection.h"
#include "store/sqlite/migrations.h"

namespace feedd::sqlite {

// Number of the newest migration that was applied; 0 none. Error io: the store was made by a newer
// feedd, or a migration differs from the one of its number here.
[[nodiscard]] Result<std::int64_t> applied_migration(Connection& connection,
                                                     std::span<const Migration> known);

// Applies what is missing, each migration in a transaction of its own. The numbers of `known` are
// 1, 2, 3, …
[[nodiscard]] Result<void> migrate(Connection& connection, std::span<const Migration> known);

}  // namespace feedd::sqlite
