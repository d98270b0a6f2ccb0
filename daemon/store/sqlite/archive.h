// The archive of documents as they were received: what a poll adds, what is read, what is deleted.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/archive.h"
#include "store/rows.h"
#include "store/sqlite/connection.h"

namespace feedd::sqlite {

// See StoreReader::packed. Inside a read transaction.
[[nodiscard]] PackedBody pack_for(Connection& connection, FeedId feed, std::string_view body,
                                  std::string hash);

// What the entry was packed against, or the body that it repeats, is there still.
[[nodiscard]] bool can_archive(Connection& connection, const ArchiveEntry& entry);

// To be called inside a write transaction, if it can be archived.
void archive(Connection& connection, FeedId feed, Time at, const ArchiveEntry& entry);

// The body of this id; error io: it, or one that it was packed against, is damaged.
[[nodiscard]] Result<std::string> archived_body(Connection& connection, std::int64_t id);

// See StoreReader::archived.
[[nodiscard]] std::vector<ArchivedDocument> list_archived(Connection& connection,
                                                          const ArchiveFilter& filter,
                                                          std::int64_t after, std::size_t most);

// How many documents pruning would delete now, about.
[[nodiscard]] std::int64_t outdated_documents(Connection& connection, const ArchiveBounds& bounds,
                                              Time now);

// See StoreWriter::prune_archive. Inside a write transaction.
[[nodiscard]] int prune_archive(Connection& connection, const ArchiveBounds& bounds, int most,
                                Time now);

}  // namespace feedd::sqlite
