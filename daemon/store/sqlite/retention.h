// Which articles are let go by every feed that carries them.
#pragma once

#include "model/retention.h"
#include "store/sqlite/connection.h"

namespace feedd::sqlite {

// The next slice of the pass, about `most` rows long. Inside a transaction.
[[nodiscard]] RetentionSlice outdated(Connection& connection, const RetentionRules& rules,
                                      RetentionPlace& place, int most, Time now);

}  // namespace feedd::sqlite
