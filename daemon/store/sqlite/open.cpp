#include "store/open.h"

#include <filesystem>

#include <fmt/format.h>
#include <sqlite3.h>
#include <unistd.h>

#include "store/sqlite/backup.h"
#include "store/sqlite/check.h"
#include "store/sqlite/checkpoints.h"
#include "store/sqlite/consumers.h"
#include "store/sqlite/examine.h"
#include "store/sqlite/lock.h"
#include "store/sqlite/migrate.h"
#include "store/sqlite/reader.h"
#include "store/sqlite/writer.h"

namespace feedd {

namespace {

using sqlite::Connection;
using sqlite::FileKind;

// Else SQLite counts the bytes that it allocates, at each of a hundred times for an article, under
// a lock. It takes no other settings once it is in use (sqlite.org/c3ref/config.html).
[[maybe_unused]] const int kUncounted = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);

std::int64_t known() {
    return static_cast<std::int64_t>(sqlite::built_in_migrations().size());
}

// There is a store of ours to read.
Result<void> existing(const std::string& path) {
    const auto kind = sqlite::examine(path, known());
    if (!kind) return tl::unexpected(kind.error());
    if (*kind == FileKind::store) return {};
    return fail(ErrorKind::io, path,
                *kind == FileKind::missing ? "there is no store" : "is empty: no store",
                "'feedd run' and 'feedd once' make it; --db names another one");
}

Result<std::int64_t> applied(Connection& connection) {
    return sqlite::guarded(connection.path(), [&] {
        return sqlite::applied_migration(connection, sqlite::built_in_migrations());
    });
}

bool has_wal(const std::string& path) {
    std::error_code error;
    const auto real = std::filesystem::canonical(path, error);
    return std::filesystem::exists((error ? path : real.string()) + "-wal", error);
}

// Lets SQLite remove the empty -wal and the -shm that reading the store made, which a connection
// that may write does when it is the last one to close.
void remove_wal(const std::string& path) {
    try {
        SQLite::Database(path, SQLITE_OPEN_READWRITE).exec("SELECT 1 FROM sqlite_schema");
    } catch (const SQLite::Exception&) {
        // They are harmless, and the store may be one that we may only read.
    }
}

struct Opened {
    std::unique_ptr<Connection> connection;
    std::int64_t applied = 0;  // newest migration in it
};

// An existing store, opened to read, after a look at who made it. One that is refused is left as
// it was found.
Result<Opened> open_existing(const std::string& path) {
    if (const auto found = existing(path); !found) return tl::unexpected(found.error());
    const bool had_wal = has_wal(path);
    auto opened = sqlite::guarded(path, [&]() -> Result<Opened> {
        auto connection = std::make_unique<Connection>(path, Connection::Mode::read);
        const auto number = applied(*connection);
        if (!number) return tl::unexpected(number.error());
        return Opened{std::move(connection), *number};
    });
    if (!opened && !had_wal) remove_wal(path);
    return opened;
}

// One whose schema is the program's.
Result<std::unique_ptr<Connection>> open_current(const std::string& path) {
    auto opened = open_existing(path);
    if (!opened) return tl::unexpected(opened.error());
    if (opened->applied < known())
        return tl::unexpected(sqlite::made_by_older(path, opened->applied, known()));
    return std::move(opened->connection);
}

// What stands at `path` may be written to: nothing, an empty file, or a store that is not newer.
Result<FileKind> writable(const std::string& path) {
    auto kind = sqlite::examine(path, known());
    if (!kind || *kind != FileKind::store) return kind;
    if (const auto opened = open_existing(path); !opened) return tl::unexpected(opened.error());
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
        if (*kind != FileKind::store) sqlite::mark(path);
        return std::make_unique<Connection>(path, Connection::Mode::write);
    });
    if (!connection) return tl::unexpected(connection.error());
    const auto migrated = sqlite::guarded(
        path, [&] { return sqlite::migrate(**connection, sqlite::built_in_migrations()); });
    if (!migrated) return tl::unexpected(migrated.error());
    return std::make_unique<sqlite::Writer>(std::move(*connection), std::move(*lock));
}

Result<std::unique_ptr<StoreReader>> open_reader(const std::string& path) {
    auto connection = open_current(path);
    if (!connection) return tl::unexpected(connection.error());
    return std::make_unique<sqlite::Reader>(std::move(*connection));
}

Result<std::unique_ptr<ConsumerLog>> open_consumers(const std::string& path) {
    if (const auto current = open_current(path); !current) return tl::unexpected(current.error());
    return sqlite::guarded(path, [&]() -> Result<std::unique_ptr<ConsumerLog>> {
        return std::make_unique<sqlite::Consumers>(
            std::make_unique<Connection>(path, Connection::Mode::write));
    });
}

Result<std::unique_ptr<ConsumerClaim>> claim_consumer(const std::string& path,
                                                      const std::string& consumer) {
    const auto descriptor = sqlite::lock_consumer(path, consumer);
    if (!descriptor) return tl::unexpected(descriptor.error());
    return std::make_unique<ConsumerClaim>(*descriptor);
}

ConsumerClaim::~ConsumerClaim() {
    ::close(descriptor_);
}

Result<std::unique_ptr<Checkpointer>> open_checkpointer(const std::string& path) {
    if (const auto current = open_current(path); !current) return tl::unexpected(current.error());
    return sqlite::guarded(path, [&]() -> Result<std::unique_ptr<Checkpointer>> {
        return std::make_unique<sqlite::Checkpoints>(path);
    });
}

Result<MigrationStatus> migration_status(const std::string& path) {
    const auto opened = open_existing(path);
    if (!opened) return tl::unexpected(opened.error());
    return MigrationStatus{.applied = opened->applied, .known = known()};
}

Result<std::uint64_t> backup_store(const std::string& path, const std::string& to, bool replace) {
    // Of an older schema, too: before an upgrade is when one wants a copy.
    if (const auto opened = open_existing(path); !opened) return tl::unexpected(opened.error());
    return sqlite::back_up(path, to, replace);
}

Result<std::vector<std::string>> check_store(const std::string& path) {
    if (const auto found = existing(path); !found) return tl::unexpected(found.error());
    const bool had_wal = has_wal(path);
    auto checked = sqlite::check(path, sqlite::built_in_migrations());
    if (!checked && !had_wal) remove_wal(path);
    return checked;
}

}  // namespace feedd
