#include "store/sqlite/examine.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <filesystem>
#include <string_view>

#include <SQLiteCpp/Database.h>
#include <fmt/format.h>
#include <sqlite3.h>

#include "base/handle.h"

namespace feedd::sqlite {

namespace {

using File = Handle<sqlite3, sqlite3_close>;

// sqlite.org/fileformat.html §1.3
constexpr std::string_view kMagic("SQLite format 3\0", 16);
constexpr std::size_t kUserVersionAt = 60;
constexpr std::size_t kApplicationIdAt = 68;
using Header = std::array<unsigned char, 100>;

std::int64_t big_endian(const Header& header, std::size_t at) {
    std::uint32_t number = 0;
    for (std::size_t i = 0; i < 4; ++i)
        number = number << 8U | header.at(at + i);
    return number;
}

Error unreadable(const std::string& path, const std::string& why) {
    return {.kind = ErrorKind::io, .where = path, .what = "cannot be read: " + why, .hint = {}};
}

// The first bytes of the file as they lie on the disk. SQLite's own file object reads them: closing
// a descriptor of ours would drop the locks that this process's other connections hold on the file
// (sqlite.org/howtocorrupt.html §2.2). Nothing else of the file is looked at, since without the WAL
// its pages need not fit together: a checkpoint may be half done.
Result<Header> read_header(const std::string& path) {
    sqlite3* opened = nullptr;
    const int code = sqlite3_open_v2(path.c_str(), &opened, SQLITE_OPEN_READONLY, nullptr);
    const File database(opened);
    if (code != SQLITE_OK) {
        const int system = opened != nullptr ? sqlite3_system_errno(opened) : 0;
        return tl::unexpected(
            unreadable(path, system != 0 ? std::strerror(system) : sqlite3_errstr(code)));
    }
    sqlite3_file* file = nullptr;
    sqlite3_file_control(opened, "main", SQLITE_FCNTL_FILE_POINTER, static_cast<void*>(&file));
    Header header{};
    const int read = file->pMethods->xRead(file, header.data(), static_cast<int>(header.size()), 0);
    // A file that is shorter leaves zeros.
    if (read != SQLITE_OK && read != SQLITE_IOERR_SHORT_READ) {
        return tl::unexpected(unreadable(path, sqlite3_errstr(read)));
    }
    return header;
}

}  // namespace

Error made_by_newer(const std::string& path, std::int64_t version, std::int64_t known) {
    return {.kind = ErrorKind::io,
            .where = path,
            .what = fmt::format("was made by a newer feedd (its schema is {} or later, this one "
                                "knows {})",
                                version, known),
            .hint = "install that version or a later one; nothing was changed"};
}

Error made_by_older(const std::string& path, std::int64_t version, std::int64_t known) {
    return {
        .kind = ErrorKind::io,
        .where = path,
        .what = fmt::format("was made by an older feedd (its schema is {} of {})", version, known),
        .hint = "'feedd db migrate' brings it up to date"};
}

Result<FileKind> examine(const std::string& path, std::int64_t known) {
    std::error_code error;
    const auto status = std::filesystem::status(path, error);
    if (status.type() == std::filesystem::file_type::not_found) return FileKind::missing;
    if (error) return tl::unexpected(unreadable(path, error.message()));
    if (!std::filesystem::is_regular_file(status)) {
        return fail(ErrorKind::io, path, "is no file", "name a file with --db");
    }
    if (std::filesystem::file_size(path, error) == 0) return FileKind::empty;
    const auto header = read_header(path);
    if (!header) return tl::unexpected(header.error());
    if (!std::equal(kMagic.begin(), kMagic.end(), header->begin(),
                    [](char wanted, unsigned char found) {
                        return static_cast<unsigned char>(wanted) == found;
                    })) {
        return fail(ErrorKind::io, path, "is no SQLite file",
                    "name another file with --db, or move this one away");
    }
    if (big_endian(*header, kApplicationIdAt) != kApplicationId) {
        return fail(ErrorKind::io, path, "is another program's SQLite file",
                    "name another file with --db");
    }
    // The WAL may know of a later migration, never of an earlier one.
    if (const std::int64_t version = big_endian(*header, kUserVersionAt); version > known) {
        return tl::unexpected(made_by_newer(path, version, known));
    }
    return FileKind::store;
}

void mark(const std::string& path) {
    SQLite::Database file(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    // One page is written, whole or not at all: there is nothing for a journal to bring back, and
    // one that a kill left behind would have to be rolled back before anybody could read.
    file.exec("PRAGMA journal_mode = MEMORY");
    file.exec(fmt::format("PRAGMA application_id = {}", kApplicationId));
    file.exec("PRAGMA journal_mode = WAL");
}

}  // namespace feedd::sqlite
