#include <filesystem>
#include <fstream>

#include <SQLiteCpp/Statement.h>
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "samples.h"
#include "store/sqlite/migrate.h"
#include "store/sqlite/migrations.h"

namespace feedd::test {
namespace {

using sqlite::Connection;
using sqlite::Migration;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

void execute(const std::string& path, const std::string& sql) {
    SQLite::Database(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE).exec(sql);
}

std::vector<std::string> files_in(const std::string& directory) {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(directory))
        names.push_back(entry.path().filename().string());
    std::ranges::sort(names);
    return names;
}

std::string wal_of(const std::string& path) {
    const std::string wal = path + "-wal";
    return std::filesystem::exists(wal) ? read_file(wal) : "(none)";
}

TEST(Migrations, AreNumberedFromOneWithoutAGap) {
    int expected = 0;
    for (const Migration& migration : sqlite::built_in_migrations()) {
        EXPECT_EQ(migration.number, ++expected) << migration.name;
        EXPECT_FALSE(migration.name.empty());
        EXPECT_FALSE(migration.sql.empty());
    }
    EXPECT_GT(expected, 0);
}

TEST(Open, MakesAStoreThatSaysWhatItIs) {
    const Store store;
    EXPECT_EQ(store.value("PRAGMA application_id"), std::to_string(0x66656564));
    EXPECT_EQ(store.value("PRAGMA journal_mode"), "wal");
    EXPECT_EQ(store.value("PRAGMA user_version"),
              std::to_string(sqlite::built_in_migrations().size()));
    EXPECT_EQ(store.value("SELECT number, name FROM schema_migrations ORDER BY number"),
              "1|initial");
    const auto status = migration_status(store.path());
    ASSERT_TRUE(status);
    EXPECT_EQ(status->applied, status->known);
}

TEST(Open, KeepsWhatIsInTheStoreWhenItIsOpenedAgain) {
    Store store;
    store.commit(poll(store.feed(0), at(60), {item("a", "alpha")}));
    store.reopen();
    EXPECT_EQ(store.value("SELECT count(*) FROM articles"), "1");
    const auto status = migration_status(store.path());
    ASSERT_TRUE(status);
    EXPECT_EQ(store.value("SELECT count(*) FROM schema_migrations"), std::to_string(status->known));
}

TEST(Open, RefusesASecondWriterAndNamesTheFirst) {
    Store store;
    const auto second = open_writer(store.path());
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().kind, ErrorKind::io);
    EXPECT_THAT(message(second.error()),
                HasSubstr("another feedd (pid " + std::to_string(::getpid()) + ") is running"));
    store.close();
    EXPECT_TRUE(open_writer(store.path()));
}

TEST(Open, RefusesASecondWriterThatComesByAnotherPath) {
    const Store store;
    const TempDir elsewhere;
    const std::string link = elsewhere.path("link.db");
    std::filesystem::create_symlink(store.path(), link);
    EXPECT_FALSE(open_writer(link));
}

TEST(Open, TakesAnEmptyFileForANewStore) {
    const TempDir directory;
    EXPECT_TRUE(open_writer(directory.write("empty.db", "")));
}

TEST(Open, FinishesAStoreWhoseMakerWasKilledRightAfterTheFirstByte) {
    const TempDir directory;
    const std::string path = directory.path("half.db");
    execute(path, "PRAGMA application_id = 0x66656564");
    EXPECT_FALSE(open_reader(path));
    EXPECT_TRUE(open_writer(path));
    EXPECT_TRUE(open_reader(path));
}

void commit_and_checkpoint(const std::string& path, int rounds) {
    auto writer = open_writer(path).value();
    SQLite::Database database(path, SQLite::OPEN_READWRITE);
    const auto feeds =
        writer->apply_list(std::vector{spec("https://one.example/feed", "one")}, at(0)).value();
    for (int round = 0; round < rounds; ++round) {
        std::vector<Candidate> items;
        for (int i = 0; i < 10; ++i) {
            const std::string id = std::to_string(round) + "-" + std::to_string(i);
            items.push_back(item(id, id + std::string(20'000, 'x')));
        }
        const PollOutcome outcome = poll(feeds.at(0), at(round), std::move(items));
        if (writer->commit(std::span(&outcome, 1), simple_judge).at(0).error) ::_exit(1);
        database.exec("PRAGMA wal_checkpoint(PASSIVE)");
    }
}

TEST(Open, ReadsAStoreWhoseMakerWasKilledBeforeItsFirstCheckpoint) {
    const TempDir directory;
    const std::string path = directory.path("fresh.db");
    exit_in_the_midst([&] { (void)open_writer(path).value().release(); });
    ASSERT_EQ(std::filesystem::file_size(path), 4096U) << "all but the mark is in the WAL";
    const auto reader = open_reader(path);
    EXPECT_TRUE(reader) << message(reader.error());
    EXPECT_TRUE(open_writer(path));
}

// What is left of a process that is killed when a checkpoint has written page 1, and not the rest:
// by its header, the file has more pages than it is long.
TEST(Open, ReadsAStoreWhoseCheckpointWasInterrupted) {
    const TempDir directory;
    const std::string path = directory.path("feedd.db");
    exit_in_the_midst([&] {
        auto* writer = open_writer(path).value().release();
        const auto feeds =
            writer->apply_list(std::vector{spec("https://one.example/feed", "one")}, at(0)).value();
        const PollOutcome outcome = poll(feeds.at(0), at(60), {item("a", "alpha")});
        if (writer->commit(std::span(&outcome, 1), simple_judge).at(0).error) ::_exit(1);
    });
    const std::string copy = directory.path("copy.db");
    std::filesystem::copy_file(path, copy);
    std::filesystem::copy_file(path + "-wal", copy + "-wal");
    execute(copy, "PRAGMA wal_checkpoint(TRUNCATE)");
    ASSERT_GT(std::filesystem::file_size(copy), std::filesystem::file_size(path));
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    file << read_file(copy).substr(0, 4096);
    file.close();

    auto reader = open_reader(path);
    ASSERT_TRUE(reader) << message(reader.error());
    EXPECT_EQ((*reader)->articles({}).value().size(), 1U);
    const auto writer = open_writer(path);
    ASSERT_TRUE(writer) << message(writer.error());
    EXPECT_THAT(check_store(path).value(), IsEmpty());
}

// Whoever closes a store as the last one removes its -wal, and looks for locks to know: looking at
// the file again must not let go of those that this process holds.
TEST(Open, KeepsTheLocksOfItsProcessWhenItLooksAgain) {
    const Store store;
    EXPECT_TRUE(open_reader(store.path()));
    EXPECT_FALSE(open_writer(store.path()));
    EXPECT_TRUE(migration_status(store.path()));
    exit_in_the_midst([&] {
        constexpr off_t kSharedBytes = 0x40000002;  // sqlite.org/fileformat.html §1.3.1 ff.
        struct flock wanted {};
        wanted.l_type = F_WRLCK;
        wanted.l_whence = SEEK_SET;
        wanted.l_start = kSharedBytes;
        wanted.l_len = 510;
        const int file = ::open(store.path().c_str(), O_RDWR);
        if (::fcntl(file, F_GETLK, &wanted) != 0 || wanted.l_pid != ::getppid()) ::_exit(1);
    });
}

// A command that reads while the daemon commits and checkpoints.
TEST(OpenReader, OpensAStoreAtAnyInstantOfACheckpoint) {
    const TempDir directory;
    const std::string path = directory.path("feedd.db");
    ASSERT_TRUE(open_writer(path));
    const pid_t child = ::fork();
    if (child == 0) {
        commit_and_checkpoint(path, 60);
        ::_exit(0);
    }
    int status = 0;
    int opened = 0;
    while (::waitpid(child, &status, WNOHANG) == 0) {
        auto reader = open_reader(path);
        ASSERT_TRUE(reader) << message(reader.error());
        const auto rows = (*reader)->articles({});
        ASSERT_TRUE(rows) << message(rows.error());
        ++opened;
    }
    EXPECT_EQ(status, 0);
    EXPECT_GT(opened, 10);
    EXPECT_EQ(open_reader(path).value()->stats()->articles, 600);
}

TEST(OpenReader, SaysThatItMayNotReadTheStore) {
    if (::geteuid() != 0) GTEST_SKIP() << "needs root to become another user";
    const Store store;
    ::chmod(store.path().c_str(), 0600);
    ::chmod(store.path().substr(0, store.path().rfind('/')).c_str(), 0755);
    exit_in_the_midst([&] {
        if (::setgid(65534) != 0 || ::setuid(65534) != 0) ::_exit(1);
        const auto reader = open_reader(store.path());
        if (reader || !message(reader.error()).ends_with("cannot be read: Permission denied")) {
            ::_exit(1);
        }
    });
}

TEST(OpenReader, NeverMakesAStore) {
    const TempDir directory;
    const auto reader = open_reader(directory.path("none.db"));
    ASSERT_FALSE(reader);
    EXPECT_EQ(reader.error().kind, ErrorKind::io);
    EXPECT_THAT(message(reader.error()), HasSubstr("there is no store"));
    EXPECT_FALSE(open_reader(directory.write("empty.db", "")));
    EXPECT_FALSE(migration_status(directory.path("none.db")));
    EXPECT_THAT(files_in(directory.path()), ElementsAre("empty.db"));
}

TEST(OpenReader, RefusesAStoreThatAwaitsAMigration) {
    Store store;
    store.close();
    execute(store.path(),
            "DELETE FROM schema_migrations WHERE number = "
            "(SELECT max(number) FROM schema_migrations)");
    const auto reader = open_reader(store.path());
    ASSERT_FALSE(reader);
    EXPECT_THAT(message(reader.error()), HasSubstr("feedd db migrate"));
}

struct Refused {
    const char* name;
    std::string (*make)(const TempDir& directory);
    const char* says;
};

std::string tampered(const TempDir& directory, const std::string& sql) {
    std::string path = directory.path("store.db");
    if (!open_writer(path)) throw std::runtime_error("no store");
    execute(path, sql);
    return path;
}

const Refused kRefused[] = {
    {"a text file",
     [](const TempDir& directory) {
         return directory.write(
             "notes.txt", "Not a database, but longer than a header: " + std::string(200, '.'));
     },
     "is no SQLite file"},
    {"a file of a byte", [](const TempDir& directory) { return directory.write("x.db", "x"); },
     "is no SQLite file"},
    {"another program's database",
     [](const TempDir& directory) {
         std::string path = directory.path("other.db");
         execute(path, "CREATE TABLE t (x); INSERT INTO t VALUES (1)");
         return path;
     },
     "another program's SQLite file"},
    {"another program's database with a WAL",
     [](const TempDir& directory) {
         std::string path = directory.path("other.db");
         execute(path, "PRAGMA journal_mode = WAL; CREATE TABLE t (x)");
         return path;
     },
     "another program's SQLite file"},
    {"a directory", [](const TempDir& directory) { return directory.path(); }, "is no file"},
    {"a file below a file",
     [](const TempDir& directory) { return directory.write("file", "x") + "/feedd.db"; }, ""},
    {"a directory that does not exist",
     [](const TempDir& directory) { return directory.path("no/such/feedd.db"); },
     "the directory must exist and be writable"},
    {"a store of a newer feedd",
     [](const TempDir& directory) {
         return tampered(directory,
                         "INSERT INTO schema_migrations VALUES "
                         "(9000, 'later', 'x', '2030-01-01T00:00:00Z')");
     },
     "newer feedd"},
    {"a store of a newer feedd, by its header",
     [](const TempDir& directory) { return tampered(directory, "PRAGMA user_version = 9000"); },
     "newer feedd (its schema is 9000 or later"},
    {"a store of a newer feedd with a WAL",
     [](const TempDir& directory) {
         std::string path = tampered(directory, "SELECT 1");
         exit_in_the_midst([&] {
             auto* newer = new SQLite::Database(path, SQLite::OPEN_READWRITE);  // never closed
             newer->exec(
                 "INSERT INTO schema_migrations VALUES "
                 "(9000, 'later', 'x', '2030-01-01T00:00:00Z'); PRAGMA user_version = 9000");
         });
         return path;
     },
     "newer feedd (its schema is 9000 or later"},
    {"a store whose migration was edited",
     [](const TempDir& directory) {
         return tampered(directory, "UPDATE schema_migrations SET checksum = 'x'");
     },
     "migration 0001_initial is not the one of this feedd"},
    {"a store whose migration has another name",
     [](const TempDir& directory) {
         return tampered(directory, "UPDATE schema_migrations SET name = 'other'");
     },
     "migration 0001_other is not the one of this feedd"},
};

TEST(Open, RefusesWhatIsNoStoreOfOursAndLeavesItUntouched) {
    for (const Refused& each : kRefused) {
        SCOPED_TRACE(each.name);
        const TempDir directory;
        const std::string path = each.make(directory);
        const auto files = files_in(directory.path());
        const bool is_file = std::filesystem::is_regular_file(path);
        const std::string before = is_file ? read_file(path) : "";
        const std::string wal = is_file ? wal_of(path) : "";

        const auto writer = open_writer(path);
        ASSERT_FALSE(writer);
        EXPECT_EQ(writer.error().kind, ErrorKind::io);
        EXPECT_EQ(writer.error().where, path);
        EXPECT_THAT(message(writer.error()), HasSubstr(each.says));
        EXPECT_FALSE(open_reader(path));
        EXPECT_FALSE(migration_status(path));
        EXPECT_EQ(is_file ? read_file(path) : "", before);
        EXPECT_EQ(is_file ? wal_of(path) : "", wal);
        EXPECT_EQ(files_in(directory.path()), files);
    }
}

// The machinery itself, with migrations of the test.
std::vector<Migration> two_migrations() {
    return {{1, "first", "CREATE TABLE a (id INTEGER PRIMARY KEY) STRICT;"},
            {2, "second",
             "CREATE TABLE b (a INTEGER REFERENCES a (id)) STRICT; INSERT INTO a VALUES (7);"}};
}

TEST(Migrate, AppliesOnlyWhatIsMissing) {
    const TempDir directory;
    Connection connection(directory.path("x.db"), Connection::Mode::write);
    const auto all = two_migrations();
    ASSERT_TRUE(sqlite::migrate(connection, std::span(all).first(1)));
    EXPECT_EQ(sqlite::applied_migration(connection, all).value_or(-1), 1);
    ASSERT_TRUE(sqlite::migrate(connection, all));
    ASSERT_TRUE(sqlite::migrate(connection, all));
    EXPECT_EQ(connection.number("SELECT count(*) FROM a"), 1);
    EXPECT_EQ(connection.number("SELECT count(*) FROM schema_migrations"), 2);
    EXPECT_EQ(connection.number("PRAGMA user_version"), 2);
    EXPECT_EQ(connection.number("PRAGMA foreign_keys"), 1);
}

TEST(Migrate, LeavesNothingOfAMigrationThatFails) {
    const TempDir directory;
    Connection connection(directory.path("x.db"), Connection::Mode::write);
    auto all = two_migrations();
    all[1].sql = "CREATE TABLE b (x); INSERT INTO nowhere VALUES (1);";
    EXPECT_THROW((void)sqlite::migrate(connection, all), SQLite::Exception);
    EXPECT_EQ(sqlite::applied_migration(connection, all).value_or(-1), 1);
    EXPECT_EQ(connection.number("SELECT count(*) FROM sqlite_schema WHERE name = 'b'"), 0);
    EXPECT_EQ(connection.number("PRAGMA user_version"), 1);
}

TEST(Migrate, RefusesAMigrationThatLeavesAReferenceDangling) {
    const TempDir directory;
    Connection connection(directory.path("x.db"), Connection::Mode::write);
    auto all = two_migrations();
    all[1].sql = "CREATE TABLE b (a INTEGER REFERENCES a (id)) STRICT; INSERT INTO b VALUES (8);";
    const auto migrated = sqlite::migrate(connection, all);
    ASSERT_FALSE(migrated);
    EXPECT_THAT(message(migrated.error()), HasSubstr("0002_second"));
    EXPECT_EQ(connection.number("SELECT count(*) FROM sqlite_schema WHERE name = 'b'"), 0);
}

}  // namespace
}  // namespace feedd::test
