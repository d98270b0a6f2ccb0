// How much there is of everything.
#pragma once

#include "store/rows.h"
#include "store/sqlite/connection.h"

namespace feedd::sqlite {

// Inside a transaction.
[[nodiscard]] StoreStats stats_of(Connection& store);

}  // namespace feedd::sqlite
