#include <filesystem>
#include <fstream>
#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "samples.h"

namespace feedd::test {
namespace {

using testing::Contains;
using testing::Each;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

constexpr std::size_t kPageSize = 4096;

TEST(Check, NamesWhatIsWrong) {
    struct Case {
        const char* name;
        const char* damage;
        const char* finding;
    };
    const Case cases[] = {
        {"a gap in the log", "DELETE FROM changes WHERE seq = 1", "numbers are missing"},
        {"an article without a feed", "DELETE FROM sightings WHERE key = 'guid:a'",
         "carried by no feed"},
        {"an article that is not indexed",
         "INSERT INTO article_search (article_search, rowid, title, content_text)"
         " SELECT 'delete', id, title, content_text FROM articles WHERE id = 1",
         "missing in the search index"},
        {"a dangling reference",
         "PRAGMA foreign_keys = OFF; UPDATE articles SET first_feed_id = 99 WHERE id = 1",
         "1 rows of articles refer to rows of feeds"},
        {"a text that is not the one indexed",
         "UPDATE articles SET content_text = 'other' WHERE id = 1", "the search index differs"},
        {"a wrong count", "UPDATE feeds SET item_count = 7 WHERE id = 1", "wrong item count"},
    };
    for (const Case& each : cases) {
        SCOPED_TRACE(each.name);
        Store store;
        store.commit(poll(store.feed(0), at(60), {item("a", "alpha"), item("b", "beta")}));
        store.close();
        EXPECT_THAT(check_store(store.path()).value_or(std::vector<std::string>{"error"}),
                    IsEmpty());
        SQLite::Database(store.path(), SQLite::OPEN_READWRITE).exec(each.damage);
        const auto findings = check_store(store.path());
        ASSERT_TRUE(findings) << message(findings.error());
        EXPECT_THAT(*findings, Contains(HasSubstr(each.finding)));
    }
}

// Writes over the pages from `first` to `last`, numbered from 1, with noise.
void destroy(const std::string& path, std::size_t first, std::size_t last) {
    std::minstd_rand random(first);
    std::string noise((last - first + 1) * kPageSize, '\0');
    for (char& byte : noise)
        byte = static_cast<char>(random());
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(static_cast<std::streamoff>((first - 1) * kPageSize));
    file << noise;
}

TEST(Check, GoesOnWhereTheFileIsDamaged) {
    struct Case {
        const char* name;
        std::size_t first;
        std::size_t last;
    };
    const Case cases[] = {
        {"a page of a table", 5, 5},
        {"eight pages", 5, 12},
        {"the rest of the schema, and all tables", 2, 60},
    };
    for (const Case& each : cases) {
        SCOPED_TRACE(each.name);
        Store store;
        std::vector<Candidate> items;
        for (int i = 0; i < 200; ++i)
            items.push_back(item(std::to_string(i), std::string(500, 'x') + std::to_string(i)));
        store.commit(poll(store.feed(0), at(60), std::move(items)));
        store.close();
        ASSERT_GT(std::filesystem::file_size(store.path()), 60 * kPageSize);
        destroy(store.path(), each.first, each.last);
        const std::string before = read_file(store.path());
        const auto findings = check_store(store.path());
        ASSERT_TRUE(findings) << message(findings.error());
        EXPECT_THAT(*findings, Not(IsEmpty()));
        EXPECT_THAT(*findings, Each(Not(HasSubstr("\n"))));
        EXPECT_EQ(read_file(store.path()), before);
    }
}

TEST(Check, FindsAHeaderThatSpeaksOfNoDatabase) {
    Store store;
    store.close();
    std::fstream file(store.path(), std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(16);  // the size of a page: no power of two
    file << "zz";
    file.close();
    std::filesystem::remove(store.path() + "-wal");
    const auto findings = check_store(store.path());
    ASSERT_TRUE(findings) << message(findings.error());
    EXPECT_THAT(*findings, Contains(HasSubstr("file is not a database")));
}

TEST(Check, LooksIntoNoFileThatIsNoStoreOfThisFeedd) {
    const TempDir directory;
    EXPECT_FALSE(check_store(directory.path("none.db")));
    EXPECT_FALSE(check_store(directory.write("notes.txt", "no store")));
    Store store;
    store.close();
    SQLite::Database(store.path(), SQLite::OPEN_READWRITE).exec("DELETE FROM schema_migrations");
    const auto findings = check_store(store.path());
    ASSERT_FALSE(findings);
    EXPECT_THAT(message(findings.error()), HasSubstr("feedd db migrate"));
    EXPECT_FALSE(std::filesystem::exists(store.path() + "-wal"));
}

}  // namespace
}  // namespace feedd::test
