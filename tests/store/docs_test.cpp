#include <SQLiteCpp/SQLiteCpp.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/time.h"
#include "plans.h"
#include "samples.h"
#include "store/sqlite/migrate.h"
#include "store/sqlite/migrations.h"

namespace feedd::test {
namespace {

std::string documentation() {
    return read_file(FEEDD_SOURCE_DIR "/docs/store.md");
}

std::vector<std::string> sql_blocks(const std::string& text) {
    constexpr std::string_view kOpen = "```sql\n";
    std::vector<std::string> blocks;
    std::size_t at = 0;
    while ((at = text.find(kOpen, at)) != std::string::npos) {
        at += kOpen.size();
        const std::size_t end = text.find("```", at);
        blocks.push_back(text.substr(at, end - at));
        at = end;
    }
    return blocks;
}

// A store that has something for each query of the documentation.
void fill(Store& store) {
    const Time now = now_utc();
    FeedSpec one = spec("https://one.example/feed", "one");
    one.tags = {"news"};
    store.apply(
        {one, spec("https://two.example/feed", "two"), spec("https://three.example/feed", "three")},
        now - Seconds{7200});
    PollOutcome first = poll(store.feed(0), now - Seconds{7200},
                             {item("a", "the museum opens"), item("b", "beta")});
    first.gap_suspected = true;
    first.state.period = Seconds{600};
    store.commit(first);
    store.commit(poll(store.feed(1), now - Seconds{3600}, {item("a", "the museum opens")}));
    PollOutcome second =
        poll(store.feed(0), now - Seconds{1800}, {item("a", "the museum opens late")});
    second.state.period = Seconds{600};
    second.state.silent_since = now - Seconds{86400};
    store.commit(second);
    PollOutcome failed = poll(store.feed(2), now - Seconds{60}, {});
    failed.result = PollResult::failed;
    failed.error = PollError::dns;
    failed.state.status = FeedStatus::failing;
    store.commit(failed);
}

TEST(StoreDocumentation, EveryQueryRunsAndFindsSomething) {
    Store store;
    fill(store);
    const auto blocks = sql_blocks(documentation());
    EXPECT_GE(blocks.size(), 10U);
    for (const std::string& sql : blocks) {
        std::vector<std::string> rows;
        EXPECT_NO_THROW(rows = store.rows(sql)) << sql;
        EXPECT_FALSE(rows.empty()) << sql;
        const std::string plan = plan_of(store.path(), sql);
        EXPECT_EQ(whole_tables(plan, sql), "") << sql << "\n" << plan;
    }
}

// What the first release of the store could hold, written as it wrote it.
constexpr const char* kFirstRelease = R"sql(
INSERT INTO feeds (id, listed_url, url, name, tags, added_at, last_polled_at, next_poll_at, item_count,
    failures,
    status, last_error) VALUES
    (1, 'https://one.example/feed', 'https://one.example/feed', 'one', '["news"]', :now, :now, :now, 1, 0,
     'active', ''),
    (2, 'https://two.example/feed', 'https://two.example/feed', 'two', '[]', :now, :now, :now, 1, 3,
     'failing', 'no answer');
INSERT INTO articles (id, first_feed_id, first_seen_at, published_at, url, url_key, link, title, language,
    image_url, comments_url, content_hash, summary_html, content_html, content_text) VALUES
    (1, 1, :now, :now, 'https://site.example/a', 'site.example/a', 'https://site.example/a',
     'Doors', 'en', '', '', 'h1', '', '<p>the museum opens late</p>', 'the museum opens late');
INSERT INTO sightings (feed_id, key, article_id, item_hash, position, first_seen_at, last_seen_at, guid,
    url, reason) VALUES
    (1, 'guid:a', 1, 1, 0, :now, :now, 'a', 'https://site.example/a', 'new'),
    (2, 'guid:a', 1, 1, 0, :now, :now, 'a', 'https://site.example/a', 'same document');
INSERT INTO authors VALUES (1, 1, 'Ada', '', '');
INSERT INTO categories VALUES (1, 1, 'culture', '', '');
INSERT INTO enclosures VALUES (1, 1, 'https://site.example/a.mp3', 'audio/mpeg', '', 1, 2.5);
INSERT INTO revisions VALUES (1, 1, 1, :now, :now, NULL, 'h0', 'Doors', '', '', 'the museum opens');
INSERT INTO changes VALUES (1, 1, 'new', 1, :now), (2, 1, 'sighted', 2, :now), (3, 1, 'revised', 1, :now);
INSERT INTO polls VALUES
    (1, 1, :now, 'ok', 200, 120, 900, 1, 1, 0, 0, 0, 1, '', ''),
    (2, 2, :now, 'failed', NULL, 30, 0, 0, 0, 0, 0, 0, 0, 'timeout', 'no answer');
)sql";

// A store as the first release left it: its schema, and what it knew of migrations.
void make_first_release(const std::string& path) {
    const sqlite::Migration& first = sqlite::built_in_migrations().front();
    SQLite::Database store(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    store.exec("PRAGMA journal_mode = WAL; PRAGMA application_id = 0x66656564;");
    store.exec(std::string(first.sql));
    store.exec(
        "CREATE TABLE schema_migrations (number INTEGER PRIMARY KEY, name TEXT NOT NULL, "
        "checksum TEXT NOT NULL, applied_at TEXT NOT NULL) STRICT");
    SQLite::Statement applied(store, "INSERT INTO schema_migrations VALUES (1, ?, ?, ?)");
    applied.bind(1, std::string(first.name));
    applied.bind(2, sqlite::checksum(first));
    applied.bind(3, format_utc(at(0)));
    applied.exec();
    store.exec("PRAGMA user_version = 1");
    std::string rows = kFirstRelease;
    const std::string now = "'" + format_utc(now_utc()) + "'";
    for (std::size_t i = rows.find(":now"); i != std::string::npos; i = rows.find(":now", i))
        rows.replace(i, 4, now);
    store.exec(rows);
}

TEST(StoreDocumentation, EveryQueryRunsOnAStoreOfTheFirstReleaseThatWasMigrated) {
    const TempDir directory;
    const std::string path = directory.path("feedd.db");
    make_first_release(path);
    {
        auto writer = open_writer(path);
        ASSERT_TRUE(writer) << message(writer.error());
        ASSERT_TRUE((*writer)->index_articles(10));
    }
    const auto findings = check_store(path);
    ASSERT_TRUE(findings) << message(findings.error());
    EXPECT_THAT(*findings, testing::IsEmpty());
    SQLite::Database store(path, SQLite::OPEN_READONLY);
    for (const std::string& sql : sql_blocks(documentation())) {
        // What came later it could not know.
        const bool later = sql.find("silent_since IS NOT NULL") != std::string::npos ||
                           sql.find("stories_today") != std::string::npos ||
                           sql.find("FROM stories") != std::string::npos;
        try {
            SQLite::Statement statement(store, sql);
            EXPECT_TRUE(statement.executeStep() || later) << sql;
        } catch (const SQLite::Exception& error) {
            ADD_FAILURE() << sql << "\n" << error.what();
        }
    }
}

TEST(StoreDocumentation, NamesEveryTableAndColumn) {
    const Store store;
    const std::string text = documentation();
    const auto columns = store.rows(R"sql(
SELECT t.name || '.' || c.name FROM sqlite_schema AS t, pragma_table_info(t.name) AS c
WHERE t.type IN ('table', 'view') AND t.name NOT LIKE 'sqlite_%'
    AND t.name NOT LIKE 'article_search%' AND t.name NOT LIKE 'archive_%'
    AND t.name <> 'schema_migrations'
)sql");
    EXPECT_GT(columns.size(), 50U);
    for (const std::string& column : columns) {
        const std::size_t dot = column.find('.');
        const std::string table = column.substr(0, dot);
        std::size_t section = text.find("### " + table);
        if (section == std::string::npos) section = text.find("- `" + table + "`");
        if (section == std::string::npos)
            section = text.find("### authors, categories, enclosures");
        const std::size_t end = text.find("\n#", section + 4);
        EXPECT_NE(text.substr(section, end - section).find("`" + column.substr(dot + 1) + "`"),
                  std::string::npos)
            << "docs/store.md does not explain " << column;
    }
}

}  // namespace
}  // namespace feedd::test
