// Articles with all that tells where they come from, to be compared and rewritten by 'feedd
// replay'.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "model/rebuilt.h"
#include "store/rows.h"
#include "store/sqlite/connection.h"

namespace feedd::sqlite {

// See StoreReader. Inside a transaction.
[[nodiscard]] std::vector<WholeArticle> whole_articles(Connection& connection, ArticleId after,
                                                       std::size_t most);
[[nodiscard]] Counterpart counterpart(Connection& connection, const WholeArticle& rebuilt);
[[nodiscard]] std::vector<Carried> carried_by(Connection& connection, FeedId feed);

// See StoreWriter::rewrite. Inside a write transaction.
void rewrite(Connection& connection, const Rewrite& change, Time now);

}  // namespace feedd::sqlite
