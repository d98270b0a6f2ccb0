#include "store/open.h"

#include <filesystem>

#include <fmt/format.h>
#include <sqlite3.h>

#include "store/sqlite/lock.h"
#include "store/sqlite/migrate.h"
#include "store/sqlite/reader.h"
#include "store/sqlite/writer.h"

namespace feedd {

namespace {

using sqlite::Connection;
using sqlite::FileKind;

// An existing store, opened to read, after a look at who made it.
Result<std::unique_ptr<Connection>> open_existing(const std::string& path) {
    const auto kind = sqlite::examine(path);
    if (!kind) return tl::unexpected(kind.error());
    if (*kind != FileKind::store) {
        return fail(ErrorKind::io, path,
                    *kind == FileKind::missing ? "there is no store" : "is empty: no store",
                    "'feedd run' and 'feedd once' make it; --db names another one");
    }
    return sqlite::guarded(
        path, [&] { return std::make_unique<Connection>(path, Connection::Mode::read); });
}

Result<std::int64_t> applied(Connection& connection) {
    return sqlite::guarded(connection.path(), [&] {
        return sqlite::applied_migration(connection, sqlite::built_in_migrations());
    });
}

std::int64_t known() {
    return static_cast<std::int64_t>(sqlite::built_in_migrations().size());
}

// Marks a new file as ours before there is any WAL: from then on its header says so, whenever the
// process may be killed.
void mark(const std::string& path) {
    SQLite::Database file(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    file.exec(fmt::format("PRAGMA application_id = {}", sqlite::kApplicationId));
}

// What stands at `path` may be written to: nothing, an empty file, or a store that is not newer.
Result<FileKind> writable(const std::string& path) {
    auto kind = sqlite::examine(path);
    if (!kind || *kind != FileKind::store) return kind;
    const auto connection = open_existing(path);
    if (!connection) return tl::unexpected(connection.error());
    if (const auto number = applied(**connection); !number) return tl::unexpected(number.error());
    return kind;
}

}  // namespace

Result<std::unique_ptr<StoreWriter>> open_writer(const std::string& path) {
    if (const auto kind = writable(path); !kind) return tl::unexpected(kind.error());
    auto lock = sqlite::StoreLock::acquire(path);
    if (!lock) return tl::unexpected(lock.error());
    const auto kind = writable(path);  // again: whoever had the lock may have made it meanwhile
    if (!kind) return tl::unexpected(kind.error());
    auto connection = sqlite::guarded(path, [&] {
        if (*kind != FileKind::store) mark(path);
        return std::make_unique<Connection>(path, Connection::Mode::write);
    });
    if (!connection) return tl::unexpected(connection.error());
    const auto migrated = sqlite::guarded(
        path, [&] { return sqlite::migrate(**connection, sqlite::built_in_migrations()); });
    if (!migrated) return tl::unexpected(migrated.error());
    return std::make_unique<sqlite::Writer>(std::move(*connection), std::move(*lock));
}

Result<std::unique_ptr<StoreReader>> open_reader(const std::string& path) {
    auto connection = open_existing(path);
    if (!connection) return tl::unexpected(connection.error());
    const auto number = applied(**connection);
    if (!number) return tl::unexpected(number.error());
    if (*number < known()) {
        return fail(
            ErrorKind::io, path,
            fmt::format("was made by an older feedd (its schema is {} of {})", *number, known()),
            "'feedd db migrate' brings it up to date");
    }
    return std::make_unique<sqlite::Reader>(std::move(*connection));
}

Result<MigrationStatus> migration_status(const std::string& path) {
    const auto connection = open_existing(path);
    if (!connection) return tl::unexpected(connection.error());
    const auto number = applied(**connection);
    if (!number) return tl::unexpected(number.error());
    return MigrationStatus{.applied = *number, .known = known()};
}

}  // namespace feedd
