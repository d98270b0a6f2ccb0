#include "store/sqlite/backup.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>

#include <SQLiteCpp/Backup.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <unistd.h>

#include "store/sqlite/connection.h"

namespace feedd::sqlite {

namespace {

namespace fs = std::filesystem;

// What was begun and not finished is no backup.
class Unfinished {
  public:
    explicit Unfinished(std::string path) : path_(std::move(path)) {}
    Unfinished(const Unfinished&) = delete;
    Unfinished& operator=(const Unfinished&) = delete;
    ~Unfinished() {
        for (const char* end : {"", "-journal", "-wal", "-shm"}) {
            std::error_code ignored;
            fs::remove(path_ + end, ignored);
        }
    }
    [[nodiscard]] const std::string& path() const { return path_; }

  private:
    const std::string path_;
};

Error not_written(const std::string& path, int error) {
    return {ErrorKind::io, path, fmt::format("cannot be written: {}", std::strerror(error)),
            "the directory must be there and writable, with room for the whole store"};
}

// In one step, hence of one moment: a copy in several steps begins anew whenever the daemon
// commits. It is one file, without a WAL beside it.
void copy(const std::string& from, const std::string& to) {
    SQLite::Database source(from, SQLITE_OPEN_READONLY, kBusyTimeoutMs);
    SQLite::Database target(to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    SQLite::Backup(target, source).executeStep(-1);
    target.exec("PRAGMA journal_mode = DELETE");
}

// To the disk, in its place at once or not at all.
Result<void> put_in_place(const std::string& written, const std::string& to) {
    const auto sync = [](const std::string& path, int flags) {
        const int file = open(path.c_str(), flags | O_CLOEXEC);
        if (file < 0) return false;
        const bool synced = fsync(file) == 0;
        close(file);
        return synced;
    };
    if (!sync(written, O_RDONLY)) return tl::unexpected(not_written(written, errno));
    if (std::rename(written.c_str(), to.c_str()) != 0) {
        return tl::unexpected(not_written(to, errno));
    }
    const std::string directory = fs::absolute(to).parent_path().string();
    if (!sync(directory, O_RDONLY | O_DIRECTORY)) return tl::unexpected(not_written(to, errno));
    return {};
}

}  // namespace

Result<std::uint64_t> back_up(const std::string& from, const std::string& to, bool replace) {
    std::error_code error;
    for (const char* part : {"", "-wal", "-shm", ".lock"}) {
        if (fs::equivalent(from + part, to, error) || fs::path(from + part) == fs::path(to)) {
            return fail(ErrorKind::usage, to, "is the store itself, or a part of it",
                        "name another file");
        }
    }
    if (!replace && fs::exists(to, error)) {
        return fail(ErrorKind::io, to, "is there already", "--replace puts the copy in its place");
    }
    const Unfinished unfinished(to + ".partial");
    // Not to be read by more people than the store is.
    const int file =
        open(unfinished.path().c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (file < 0) return tl::unexpected(not_written(to, errno));
    close(file);
    const auto copied = guarded(unfinished.path(), [&]() -> Result<void> {
        copy(from, unfinished.path());
        return {};
    });
    if (!copied) return tl::unexpected(copied.error());
    fs::permissions(unfinished.path(), fs::status(from, error).permissions(), error);
    if (const auto placed = put_in_place(unfinished.path(), to); !placed) {
        return tl::unexpected(placed.error());
    }
    return fs::file_size(to, error);
}

}  // namespace feedd::sqlite
