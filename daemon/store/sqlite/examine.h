// What a file is, before SQLite is let near it.
#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"

namespace feedd::sqlite {

// "feed" in ASCII: marks the file as ours in its header
// (sqlite.org/pragma.html#pragma_application_id).
inline constexpr std::int64_t kApplicationId = 0x66656564;

enum class FileKind : std::uint8_t { missing, empty, store };

// What lies at `path`, by its header alone: no lock is taken, no -wal or -shm is made or read.
// Error io: it cannot be read, is no SQLite file or another program's, or its schema is newer than
// `known`, the newest one that we know.
[[nodiscard]] Result<FileKind> examine(const std::string& path, std::int64_t known);

// Makes a new store's file with a header that says so from its first byte on: `examine` need not
// look into a WAL, whenever the process may be killed. Throws SQLite::Exception.
void mark(const std::string& path);

// The refusals of a store whose schema is `version`.
[[nodiscard]] Error made_by_newer(const std::string& path, std::int64_t version,
                                  std::int64_t known);
[[nodiscard]] Error made_by_older(const std::string& path, std::int64_t version,
                                  std::int64_t known);

}  // namespace feedd::sqlite
