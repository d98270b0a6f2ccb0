// Moves what was committed from the WAL into the store's file, beside the writer.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <SQLiteCpp/Database.h>

#include "store/store.h"

namespace feedd::sqlite {

class Checkpoints final : public Checkpointer {
  public:
    // `path`: of an existing store. Throws SQLite::Exception.
    explicit Checkpoints(const std::string& path);

    Result<WalState> checkpoint(std::uint64_t shrink_from) override;
    std::vector<WalReader> readers() override;

  private:
    const std::string path_;  // links resolved, as SQLite names the files beside it
    SQLite::Database database_;
};

// The processes that hold one of the WAL's read locks, by the text of /proc/locks (proc_locks(5))
// and the inode of the -shm file; each once.
[[nodiscard]] std::vector<std::int64_t> read_lock_holders(std::string_view locks,
                                                          std::uint64_t inode);

}  // namespace feedd::sqlite
