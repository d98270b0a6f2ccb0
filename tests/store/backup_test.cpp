#include <atomic>
#include <filesystem>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "samples.h"

namespace feedd::test {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

namespace fs = std::filesystem;

class Backup : public ::testing::Test {
  protected:
    [[nodiscard]] std::string copy() const { return directory_.path("copy.db"); }
    [[nodiscard]] std::vector<std::string> files() const {
        std::vector<std::string> names;
        for (const auto& entry : fs::directory_iterator(directory_.path()))
            names.push_back(entry.path().filename());
        return names;
    }
    static std::string value(const std::string& path, const std::string& sql) {
        SQLite::Database database(path);
        return database.execAndGet(sql).getString();
    }

    TempDir directory_;
    Store store_;
};

TEST_F(Backup, IsTheStoreInOneFile) {
    store_.commit(poll(store_.feed(0), at(60), {item("a", "alpha"), item("b", "beta")}));
    const auto bytes = backup_store(store_.path(), copy(), false);
    ASSERT_TRUE(bytes) << message(bytes.error());
    EXPECT_EQ(*bytes, fs::file_size(copy()));
    EXPECT_THAT(files(), testing::ElementsAre("copy.db"));
    EXPECT_EQ(value(copy(), "SELECT group_concat(title) FROM articles"), "Title of a,Title of b");
    EXPECT_EQ(fs::status(copy()).permissions(), fs::status(store_.path()).permissions());
    const auto findings = check_store(copy());
    ASSERT_TRUE(findings);
    EXPECT_THAT(*findings, IsEmpty());
    EXPECT_TRUE(open_writer(copy()));
}

// One moment: as many changes as articles, whatever was committed meanwhile.
TEST_F(Backup, IsConsistentWhileTheDaemonCommits) {
    std::atomic<bool> stop = false;
    std::thread daemon([&] {
        for (int i = 0; !stop; ++i) {
            store_.commit(poll(store_.feed(0), at(i), {item(std::to_string(i), "some text")}));
        }
    });
    for (int i = 0; i < 10; ++i) {
        const auto bytes = backup_store(store_.path(), copy(), true);
        EXPECT_TRUE(bytes) << message(bytes.error());
        EXPECT_EQ(value(copy(), "SELECT count(*) FROM articles"),
                  value(copy(), "SELECT count(*) FROM changes"));
        const auto findings = check_store(copy());
        EXPECT_TRUE(findings && findings->empty());
    }
    stop = true;
    daemon.join();
}

TEST_F(Backup, ReplacesOnlyWhenTold) {
    directory_.write("copy.db", "precious");
    const auto refused = backup_store(store_.path(), copy(), false);
    ASSERT_FALSE(refused);
    EXPECT_THAT(message(refused.error()), HasSubstr("is there already"));
    EXPECT_EQ(read_file(copy()), "precious");
    EXPECT_TRUE(backup_store(store_.path(), copy(), true));
    EXPECT_EQ(value(copy(), "SELECT count(*) FROM feeds"), "2");
}

TEST_F(Backup, LeavesNothingBehindWhenItFails) {
    EXPECT_FALSE(backup_store(store_.path(), directory_.path("no/such/copy.db"), false));
    EXPECT_FALSE(backup_store(directory_.path("no.db"), copy(), false));
    const auto itself = backup_store(store_.path(), store_.path(), true);
    ASSERT_FALSE(itself);
    EXPECT_THAT(message(itself.error()), HasSubstr("the store itself"));
    EXPECT_THAT(files(), IsEmpty());
}

}  // namespace
}  // namespace feedd::test
