#include "store/sqlite/lock.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <string_view>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/text.h"

namespace feedd::sqlite {

namespace {

// Two paths of one file must meet at one lock.
std::string lock_path(const std::string& store, std::string_view suffix = ".lock") {
    std::error_code error;
    const auto real = std::filesystem::weakly_canonical(store, error);
    return (error ? store : real.string()) + std::string(suffix);
}

// A byte for each name, of a file that stays empty: no file is left behind for every name.
struct flock byte_of(const std::string& consumer) {
    struct flock byte {};
    byte.l_type = F_WRLCK;
    byte.l_whence = SEEK_SET;
    byte.l_start = static_cast<off_t>(quick_hash(consumer) >> 2U);  // an offset is positive
    byte.l_len = 1;
    return byte;
}

// Whoever may write the store may lock it: SQLite does the same for its WAL.
void share_as(const std::string& store, int descriptor) {
    constexpr mode_t kReadAndWrite = 0666;
    struct stat status {};
    if (::stat(store.c_str(), &status) != 0) return;
    [[maybe_unused]] const bool shared =
        ::fchmod(descriptor, status.st_mode & kReadAndWrite) == 0 &&
        ::fchown(descriptor, status.st_uid, status.st_gid) == 0;  // not ours: left as it is
}

std::string holder(int descriptor) {
    std::array<char, 32> text{};
    const ssize_t size = ::pread(descriptor, text.data(), text.size(), 0);
    if (size <= 0) return {};
    return std::string(trim(std::string_view(text.data(), static_cast<std::size_t>(size))));
}

void write_pid(int descriptor) {
    // For the message of whoever comes second; the lock holds without it.
    const std::string pid = std::to_string(::getpid()) + "\n";
    if (::ftruncate(descriptor, 0) == 0) {
        [[maybe_unused]] const ssize_t written = ::pwrite(descriptor, pid.data(), pid.size(), 0);
    }
}

}  // namespace

Result<StoreLock> StoreLock::acquire(const std::string& store) {
    const std::string path = lock_path(store);
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (descriptor < 0) {
        return fail(ErrorKind::io, store,
                    "cannot make its lock file: " + std::string(std::strerror(errno)),
                    "the directory must exist and be writable");
    }
    StoreLock lock(descriptor);
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK) {
            return fail(ErrorKind::io, store,
                        "cannot lock it: " + std::string(std::strerror(errno)));
        }
        const std::string pid = holder(descriptor);
        return fail(
            ErrorKind::io, store,
            "another feedd" + (pid.empty() ? "" : " (pid " + pid + ")") + " is running on it",
            "stop it first, or name another store with --db");
    }
    write_pid(descriptor);
    return lock;
}

Result<int> lock_consumer(const std::string& store, const std::string& consumer) {
    const std::string path = lock_path(store, ".consumers.lock");
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (descriptor < 0) {
        return fail(ErrorKind::io, path, "cannot make it: " + std::string(std::strerror(errno)),
                    "it keeps two from reading as one consumer; without --consumer none is needed");
    }
    share_as(store, descriptor);
    struct flock byte = byte_of(consumer);
    if (::fcntl(descriptor, F_SETLK, &byte) == 0) return descriptor;
    const int error = errno;
    const bool known = ::fcntl(descriptor, F_GETLK, &byte) == 0 && byte.l_type != F_UNLCK;
    ::close(descriptor);
    if (error != EACCES && error != EAGAIN)
        return fail(ErrorKind::io, path, "cannot lock it: " + std::string(std::strerror(error)));
    return fail(ErrorKind::io, store,
                "another feedd" + (known ? " (pid " + std::to_string(byte.l_pid) + ")" : "") +
                    " is reading as consumer '" + consumer + "'",
                "each would miss what the other is given: take another name");
}

StoreLock::~StoreLock() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace feedd::sqlite
