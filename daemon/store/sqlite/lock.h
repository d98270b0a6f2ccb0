// The lock that keeps a second writer off the store.
#pragma once

#include <string>
#include <utility>

#include "base/result.h"

namespace feedd::sqlite {

// A flock on STORE.lock, a file of its own: closing any descriptor of the database itself would
// drop the locks that SQLite holds on it (sqlite.org/howtocorrupt.html §2.2). The kernel releases
// it whichever way the process ends; the file stays, because removing it would race.
class StoreLock {
  public:
    // Error io: another feedd holds it, or the file cannot be made.
    [[nodiscard]] static Result<StoreLock> acquire(const std::string& store);

    StoreLock(StoreLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
    StoreLock& operator=(StoreLock&& other) noexcept {
        std::swap(descriptor_, other.descriptor_);
        return *this;
    }
    ~StoreLock();

  private:
    explicit StoreLock(int descriptor) : descriptor_(descriptor) {}
    int descriptor_ = -1;
};

// Locks the consumer's byte of STORE.consumers.lock, and returns its descriptor: the lock goes when
// any descriptor of that file is closed in this process. Errors as those of claim_consumer.
[[nodiscard]] Result<int> lock_consumer(const std::string& store, const std::string& consumer);

}  // namespace feedd::sqlite
