// What an article has several of: authors, categories, enclosures.
#pragma once

#include "model/article.h"
#include "store/sqlite/connection.h"

namespace feedd::sqlite {

void read_parts(Connection& connection, ArticleId id, Article& article);

void insert_parts(Connection& connection, ArticleId id, const Article& article);

// Each kind is rewritten only if it differs from what is stored.
void update_parts(Connection& connection, ArticleId id, const Article& article);

}  // namespace feedd::sqlite
