// What 'feedd explain' asks: how feeds were polled, and how articles came to be what they are.
#pragma once

#include <cstddef>
#include <vector>

#include "base/result.h"
#include "model/feed.h"
#include "store/rows.h"
#include "store/sqlite/connection.h"

namespace feedd::sqlite {

// See StoreReader. Inside a transaction.
[[nodiscard]] std::vector<PollRow> last_polls(Connection& connection, FeedId feed,
                                              std::size_t most);
[[nodiscard]] Result<ArticleHistory> history_of(Connection& connection, ArticleId article);

}  // namespace feedd::sqlite
