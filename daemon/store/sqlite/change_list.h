// The change log as consumers read it, each entry with its article.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "store/rows.h"
#include "store/sqlite/connection.h"

namespace feedd::sqlite {

// nullopt: there is none of that id.
[[nodiscard]] std::optional<StoredArticle> stored_article(Connection& connection, ArticleId id);

[[nodiscard]] std::vector<ChangeRow> list_changes(Connection& connection, std::int64_t after,
                                                  std::size_t most);

}  // namespace feedd::sqlite
