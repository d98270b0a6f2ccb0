// The lists of articles that commands print.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "store/rows.h"
#include "store/sqlite/connection.h"

namespace feedd::sqlite {

// See StoreReader::articles. Inside a transaction.
[[nodiscard]] Result<std::vector<ArticleRow>> list_articles(Connection& connection,
                                                            const ArticleFilter& filter);

// Names of the feeds that carry the article, the first seen first.
[[nodiscard]] std::vector<std::string> feed_names(Connection& connection, ArticleId article);

}  // namespace feedd::sqlite
