#include "store/sqlite/checkpoints.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <sstream>

#include <SQLiteCpp/Statement.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/sqlite/connection.h"

namespace feedd::sqlite {

namespace {

// To begin the WAL anew, a checkpoint waits so long for the writer and for readers, and the writer
// for it: commits must not notice.
constexpr int kPatienceMs = 50;

// The bytes of the -shm file that readers of the WAL lock (sqlite.org/walformat.html §2.3.1).
constexpr std::int64_t kFirstReadLock = 123;
constexpr std::int64_t kLastReadLock = 127;

std::uint64_t size_of(const std::string& path) {
    std::error_code error;
    const auto size = std::filesystem::file_size(path, error);
    return error ? 0 : size;
}

std::optional<std::int64_t> number_in(std::string_view text) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

std::string content_of(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::string program_of(std::int64_t pid) {
    std::string name = content_of(fmt::format("/proc/{}/comm", pid));
    if (const std::size_t end = name.find('\n'); end != std::string::npos) name.resize(end);
    return name.empty() ? "unknown" : name;
}

struct Pages {
    bool busy = false;  // it could not be finished
    std::int64_t in_wal = 0;
    std::int64_t moved = 0;
};
Pages run(SQLite::Database& database, std::string_view mode) {
    SQLite::Statement statement(database, fmt::format("PRAGMA wal_checkpoint({})", mode));
    statement.executeStep();
    return {.busy = statement.getColumn(0).getInt() != 0,
            .in_wal = statement.getColumn(1).getInt64(),
            .moved = statement.getColumn(2).getInt64()};
}

}  // namespace

Checkpoints::Checkpoints(const std::string& path)
    : path_(std::filesystem::weakly_canonical(path).string()),
      database_(path, SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_READWRITE, kPatienceMs) {
    // What a checkpoint has moved must be on the disk before the WAL is written over.
    database_.exec("PRAGMA synchronous = FULL; PRAGMA journal_size_limit = 67108864;");
    int on = 1;
    sqlite3_file_control(database_.getHandle(), "main", SQLITE_FCNTL_PERSIST_WAL, &on);
}

Result<WalState> Checkpoints::checkpoint(std::uint64_t shrink_from) {
    return guarded(path_, [&] {
        // Most of the work is done while the writer goes on; what it commits meanwhile is little,
        // and only for that it waits. If another program reads, it would wait in vain.
        const Pages moved = run(database_, "PASSIVE");
        WalState state;
        state.held = moved.moved < moved.in_wal && !readers().empty();
        if (!state.held) {
            const bool shrink = size_of(path_ + "-wal") >= shrink_from;
            const bool busy = run(database_, shrink ? "TRUNCATE" : "RESTART").busy;
            // Else it was the writer, in a transaction longer than our patience: after the next.
            state.held = busy && !readers().empty();
        }
        state.bytes = size_of(path_ + "-wal");
        return state;
    });
}

// The -shm file is looked at from outside only: to open and close it here would drop the locks that
// SQLite holds on it for this process (fcntl(2)).
std::vector<WalReader> Checkpoints::readers() {
    struct stat status {};
    if (stat((path_ + "-shm").c_str(), &status) != 0) return {};
    std::vector<WalReader> readers;
    for (const std::int64_t pid : read_lock_holders(content_of("/proc/locks"), status.st_ino)) {
        if (pid != ::getpid()) readers.push_back({.pid = pid, .program = program_of(pid)});
    }
    return readers;
}

// "7: POSIX  ADVISORY  READ 4711 fe:01:131075 123 123"; a lock that is waited for has "->" behind
// the number.
std::vector<std::int64_t> read_lock_holders(std::string_view locks, std::uint64_t inode) {
    std::vector<std::int64_t> holders;
    std::istringstream lines{std::string(locks)};
    for (std::string line; std::getline(lines, line);) {
        std::istringstream stream(line);
        const std::vector<std::string> words{std::istream_iterator<std::string>(stream), {}};
        if (words.size() != 8 || words[1] != "POSIX" || words[3] != "READ") continue;
        const auto pid = number_in(words[4]);
        const auto locked = number_in(words[5].substr(words[5].rfind(':') + 1));
        const auto first = number_in(words[6]);
        if (!pid || !locked || !first || static_cast<std::uint64_t>(*locked) != inode) continue;
        if (*first < kFirstReadLock || *first > kLastReadLock) continue;
        if (std::ranges::find(holders, *pid) == holders.end()) holders.push_back(*pid);
    }
    return holders;
}

}  // namespace feedd::sqlite
