#include "store/sqlite/connection.h"

#include <chrono>

#include <sqlite3.h>

#include "store/sqlite/tokenizer.h"

namespace feedd::sqlite {

namespace {

int flags(Connection::Mode mode) {
    // NOMUTEX: a connection belongs to one thread at a time, by contract.
    return SQLITE_OPEN_NOMUTEX |
           (mode == Connection::Mode::read ? SQLITE_OPEN_READONLY
                                           : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
}

// Settings that are not kept in the file. Why each has its value: docs/store.md.
constexpr const char* kWriterSettings = R"sql(
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA wal_autocheckpoint = 4000;
    PRAGMA journal_size_limit = 67108864;
    PRAGMA cache_size = -16384;
    PRAGMA secure_delete = FAST;
)sql";
constexpr const char* kReaderSettings = R"sql(
    PRAGMA query_only = ON;
    PRAGMA cache_size = -8192;
)sql";

}  // namespace

Query::~Query() {
    statement_.tryReset();
}

std::optional<std::string> Query::optional_text(int column) const {
    if (statement_.isColumnNull(column)) return std::nullopt;
    return text(column);
}

std::optional<std::int64_t> Query::optional_integer(int column) const {
    if (statement_.isColumnNull(column)) return std::nullopt;
    return integer(column);
}

std::optional<std::uint64_t> Query::optional_hash(int column) const {
    if (statement_.isColumnNull(column)) return std::nullopt;
    return static_cast<std::uint64_t>(integer(column));
}

std::optional<double> Query::optional_real(int column) const {
    if (statement_.isColumnNull(column)) return std::nullopt;
    return statement_.getColumn(column).getDouble();
}

std::optional<Time> Query::time(int column) const {
    return parse_utc(statement_.getColumn(column).getText());
}

// A time that the store cannot write (before year 0, after 9999) is as good as none.
void Query::bind_one(Time time) {
    const std::string written = format_utc(time);
    written.empty() ? bind_one(std::nullopt) : bind_one(written);
}

Connection::Connection(const std::string& path, Mode mode)
    : database_(path, flags(mode), kBusyTimeoutMs) {
    database_.exec(mode == Mode::write ? kWriterSettings : kReaderSettings);
    if (mode == Mode::write) {
        speed_up_tokenizer(database_.getHandle());
        // The WAL stays when the last connection closes: a reader that may not write to the
        // directory can open the store also while no daemon runs.
        int on = 1;
        sqlite3_file_control(database_.getHandle(), "main", SQLITE_FCNTL_PERSIST_WAL, &on);
    }
}

Query Connection::query(std::string_view sql) {
    auto found = statements_.find(sql);
    if (found == statements_.end()) {
        auto statement = std::make_unique<SQLite::Statement>(database_, std::string(sql));
        const std::string_view key = statement->getQuery();  // lives as long as the statement
        found = statements_.emplace(key, std::move(statement)).first;
    }
    return Query(*found->second);
}

std::int64_t Connection::number(std::string_view sql) {
    Query found = query(sql);
    return found.next() ? found.integer(0) : 0;
}

void Connection::set_durable(bool durable) {
    if (durable == durable_) return;
    database_.exec(durable ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
    durable_ = durable;
}

// SQLite's automatic checkpoints are such a hook, too: there is one
// (sqlite.org/c3ref/wal_hook.html).
void Connection::on_commit(std::function<void(std::uint64_t)> committed) {
    committed_ = std::move(committed);
    constexpr std::uint64_t kFrameHeader = 24;  // bytes (sqlite.org/walformat.html §4)
    static constexpr std::uint64_t kFrame = 4096 + kFrameHeader;
    sqlite3_wal_hook(
        database_.getHandle(),
        [](void* self, sqlite3* /*database*/, const char* /*name*/, int pages) {
            static_cast<Connection*>(self)->committed_(static_cast<std::uint64_t>(pages) * kFrame);
            return SQLITE_OK;
        },
        this);
}

bool Connection::in_transaction() const noexcept {
    return sqlite3_get_autocommit(database_.getHandle()) == 0;
}

std::vector<std::string> Connection::statements() const {
    std::vector<std::string> all;
    all.reserve(statements_.size());
    for (const auto& [sql, statement] : statements_)
        all.emplace_back(sql);
    return all;
}

Transaction::Transaction(Connection& connection, Kind kind) : connection_(connection) {
    connection_.query(kind == Kind::write ? "BEGIN IMMEDIATE" : "BEGIN").run();
}

Transaction::~Transaction() {
    if (!open_ || !connection_.in_transaction()) return;
    try {
        connection_.query("ROLLBACK").run();
    } catch (const SQLite::Exception&) {
        // Nothing was committed either way; closing the connection rolls back what is left.
    }
}

void Transaction::commit() {
    connection_.query("COMMIT").run();
    open_ = false;
}

Error to_error(const SQLite::Exception& error, const std::string& path) {
    const auto with = [&](std::string what, std::string hint) {
        return Error{ErrorKind::io, path, std::move(what), std::move(hint)};
    };
    switch (error.getErrorCode()) {
        case SQLITE_NOTADB:
            return with("is no SQLite file", "name another file with --db, or move this one away");
        case SQLITE_CORRUPT:
            return with("the store is damaged: " + std::string(error.what()),
                        "'feedd db check' says more; restore a backup");
        case SQLITE_FULL:
            return with("no room left for the store", "make room on its file system");
        case SQLITE_READONLY:
        case SQLITE_PERM:
            return with("cannot write the store: " + std::string(error.what()),
                        "the file and its directory must be writable");
        case SQLITE_CANTOPEN:
            return with("cannot open the store: " + std::string(error.what()),
                        "to read it, its -wal and -shm files must be readable; to make them, its "
                        "directory writable");
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return with("the store is locked by another program",
                        "close the program that holds a write transaction open");
        default:
            return with(error.what(), {});
    }
}

}  // namespace feedd::sqlite
