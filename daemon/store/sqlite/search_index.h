// Keeps the full-text index in step with the articles, in batches (migrations/, search_queue).
#pragma once

#include <cstdint>
#include <string>

#include "model/article.h"
#include "store/sqlite/connection.h"

namespace feedd::sqlite {

// The article is new: its words are to be indexed.
void queue_for_search(Connection& connection, ArticleId article);

// Takes the words that the article has now out of the index; to be called before they change or the
// article goes. With `again` its new ones are queued.
void unindex(Connection& connection, ArticleId article, bool again);

// Indexes at most `most` of those that wait, inside a transaction of the caller's. How many.
int index_waiting(Connection& connection, int most);

// How many words the index has in another number of articles, or another number of times, than the
// indexed articles have; reads them all, within a transaction of its own. `path`: of the store.
[[nodiscard]] std::int64_t wrongly_indexed_words(const std::string& path);

}  // namespace feedd::sqlite
