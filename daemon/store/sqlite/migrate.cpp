#include "store/sqlite/migrate.h"

#include <fmt/format.h>

#include "base/hash.h"
#include "store/sqlite/examine.h"

namespace feedd::sqlite {

namespace {

constexpr const char* kBookkeeping = R"sql(
CREATE TABLE IF NOT EXISTS schema_migrations (
    number INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    checksum TEXT NOT NULL,
    applied_at TEXT NOT NULL
) STRICT
)sql";

bool has_table(Connection& connection, std::string_view name) {
    Query query = connection.query("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?");
    return query.bind(name).next();
}

// Tables may be rebuilt by a migration; nothing may dangle afterwards.
Result<void> check_foreign_keys(Connection& connection, const Migration& migration) {
    Query query = connection.query("PRAGMA foreign_key_check");
    if (!query.next()) return {};
    return fail(ErrorKind::internal, connection.path(),
                fmt::format("migration {:04}_{} leaves a dangling reference in table {}",
                            migration.number, migration.name, query.text(0)));
}

Result<void> apply(Connection& connection, const Migration& migration) {
    Transaction transaction(connection, Transaction::Kind::write);
    connection.execute(kBookkeeping);
    connection.execute(std::string(migration.sql));
    if (auto sound = check_foreign_keys(connection, migration); !sound) return sound;
    connection
        .query(
            "INSERT INTO schema_migrations (number, name, checksum, applied_at) VALUES (?, ?, ?, "
            "?)")
        .bind(migration.number, migration.name, checksum(migration), now_utc())
        .run();
    connection.execute(fmt::format("PRAGMA user_version = {}", migration.number));
    transaction.commit();
    return {};
}

}  // namespace

std::string checksum(const Migration& migration) {
    return Digest().field("sql", migration.sql).hex();
}

Result<std::int64_t> applied_migration(Connection& connection, std::span<const Migration> known) {
    if (!has_table(connection, "schema_migrations")) return 0;
    Query query =
        connection.query("SELECT number, name, checksum FROM schema_migrations ORDER BY number");
    std::int64_t last = 0;
    while (query.next()) {
        last = query.integer(0);
        if (last > static_cast<std::int64_t>(known.size())) {
            return tl::unexpected(
                made_by_newer(connection.path(), last, static_cast<std::int64_t>(known.size())));
        }
        const Migration& mine = known[static_cast<std::size_t>(last - 1)];
        if (query.text(1) != mine.name || query.text(2) != checksum(mine)) {
            return fail(ErrorKind::io, connection.path(),
                        fmt::format("its migration {:04}_{} is not the one of this feedd", last,
                                    query.text(1)),
                        "the store or the program was changed by hand; nothing was changed");
        }
    }
    return last;
}

Result<void> migrate(Connection& connection, std::span<const Migration> known) {
    const auto applied = applied_migration(connection, known);
    if (!applied) return tl::unexpected(applied.error());
    // Off while tables may be rebuilt (sqlite.org/lang_altertable.html §7); checked instead.
    connection.execute("PRAGMA foreign_keys = OFF");
    for (const Migration& migration : known.subspan(static_cast<std::size_t>(*applied))) {
        if (auto done = apply(connection, migration); !done) return done;
    }
    connection.execute("PRAGMA foreign_keys = ON");
    return {};
}

}  // namespace feedd::sqlite
