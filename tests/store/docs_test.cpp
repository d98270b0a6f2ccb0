#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/time.h"
#include "samples.h"

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
    }
}

TEST(StoreDocumentation, NamesEveryTableAndColumn) {
    const Store store;
    const std::string text = documentation();
    const auto columns = store.rows(R"sql(
SELECT t.name || '.' || c.name FROM sqlite_schema AS t, pragma_table_info(t.name) AS c
WHERE t.type IN ('table', 'view') AND t.name NOT LIKE 'sqlite_%'
    AND t.name NOT LIKE 'article_search%' AND t.name <> 'schema_migrations'
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
