#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "store/store.h"

namespace feedd {

// Opens the store at `path` to write: makes it if it is missing, applies pending migrations, takes
// the lock. Errors (all ErrorKind::io, where = path): not writable, no SQLite file, made by a newer
// feedd, an applied migration differs from the built-in one, or another feedd is running on it.
// None of them leaves anything changed.
[[nodiscard]] Result<std::unique_ptr<StoreWriter>> open_writer(const std::string& path);

// Opens it to read. Errors as above; a missing store is an error too and is not made.
[[nodiscard]] Result<std::unique_ptr<StoreReader>> open_reader(const std::string& path);

// Opens it to write consumers' cursors and nothing else; the daemon may be running on it. Errors as
// those of open_reader, and if it cannot be written.
[[nodiscard]] Result<std::unique_ptr<ConsumerLog>> open_consumers(const std::string& path);

// Holds a consumer's cursor for this process, until it is destroyed or the process ends, however.
class ConsumerClaim {
  public:
    explicit ConsumerClaim(int descriptor) noexcept : descriptor_(descriptor) {}
    ConsumerClaim(const ConsumerClaim&) = delete;
    ConsumerClaim& operator=(const ConsumerClaim&) = delete;
    ~ConsumerClaim();

  private:
    int descriptor_;  // a byte of it is locked
};
// Error io: another process holds it, or the lock file beside the store cannot be written.
[[nodiscard]] Result<std::unique_ptr<ConsumerClaim>> claim_consumer(const std::string& path,
                                                                    const std::string& consumer);

// Opens it to make checkpoints. Errors as those of open_consumers.
[[nodiscard]] Result<std::unique_ptr<Checkpointer>> open_checkpointer(const std::string& path);

// The numbers and names of the migrations that opening to write applied or would apply.
struct MigrationStatus {
    std::int64_t applied = 0;  // newest one in the store
    std::int64_t known = 0;    // newest one built in
};
[[nodiscard]] Result<MigrationStatus> migration_status(const std::string& path);

// Copies the store as it is at one moment to the file `to`, while the daemon may go on writing; the
// copy appears whole or not at all, and is one file. Bytes of it. Errors as those of open_reader;
// usage: `to` is the store; io: `to` exists and is not to be replaced, or cannot be written.
[[nodiscard]] Result<std::uint64_t> backup_store(const std::string& path, const std::string& to,
                                                 bool replace);

// Looks for what should never be: SQLite's own damage, dangling references, gaps in the change log,
// a search index out of step. One line per finding; empty: all is well. Damage is no error, and
// does not end the search. Errors as those of open_reader.
[[nodiscard]] Result<std::vector<std::string>> check_store(const std::string& path);

}  // namespace feedd
