#include "store/sqlite/lock.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <string_view>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/text.h"

namespace feedd::sqlite {

namespace {

// Two paths of one file must meet at one lock.
std::string lock_path(const std::string& store) {
    std::error_code error;
    const auto real = std::filesystem::weakly_canonical(store, error);
    return (error ? store : real.string()) + ".lock";
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

StoreLock::~StoreLock() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace feedd::sqlite
