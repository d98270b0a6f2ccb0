#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "samples.h"
#include "store/sqlite/search_query.h"

namespace feedd::test {
namespace {

using sqlite::search_query;
using testing::IsEmpty;

TEST(SearchQuery, MakesWordsAndPhrasesOfWhateverIsTyped) {
    struct Case {
        const char* name;
        std::string_view typed;
        const char* expected;
    };
    const Case cases[] = {
        {"nothing", "", ""},
        {"white space", " \t\n", ""},
        {"a word", "hello", R"("hello")"},
        {"two words", "hello  world", R"("hello" "world")"},
        {"a phrase", R"("hello world" x)", R"("hello world" "x")"},
        {"the beginning of a word", "hel*", R"("hel*"*)"},
        {"a phrase whose last word is begun", R"("hello wor"*)", R"("hello wor"*)"},
        {"a stray quote before", R"("hello)", R"("hello")"},
        {"a stray quote behind", R"(hello")", R"("hello")"},
        {"a quote inside", R"(he"llo)", R"("he" "llo")"},
        {"quotes alone", R"("""")", ""},
        {"punctuation alone", "!!! -- * ()", ""},
        {"operators are words", "cats OR NOT dogs", R"("cats" "OR" "NOT" "dogs")"},
        {"a column filter is text", "title:hello", R"("title:hello")"},
        {"parentheses and carets are text", "^(a b)", R"q("^(a" "b)")q"},
        {"a hyphen is text", "-spam", R"("-spam")"},
        {"a NUL is left out", std::string_view("a\0b", 3), R"("ab")"},
        {"other scripts", "日本 größe", R"("日本" "größe")"},
    };
    for (const Case& each : cases) {
        SCOPED_TRACE(each.name);
        EXPECT_EQ(search_query(each.typed), each.expected);
    }
}

class Search : public testing::Test {
  protected:
    Search() {
        std::vector<Candidate> items{item("a", "The café opens on Monday morning"),
                                     item("b", "Opening hours of the museum"),
                                     item("c", "東京 opens the Größe exhibition"),
                                     item("d", "nothing of that kind: don't, C++, a-b")};
        items[1].article.title = "Museum";
        store_.commit(poll(store_.feed(0), at(60), std::move(items)));
    }
    // The ids that a query finds, in alphabetic order.
    std::string found(const std::string& query) {
        const auto rows = store_.reader()->articles({.query = query});
        if (!rows) return message(rows.error());
        std::string ids;
        for (const ArticleRow& row : *rows)
            ids += std::string(1, static_cast<char>('a' + row.id - 1));
        std::ranges::sort(ids);
        return ids;
    }
    Store store_;
};

TEST_F(Search, FindsWhatPeopleMean) {
    struct Case {
        const char* query;
        const char* expected;
    };
    const Case cases[] = {
        {"opens", "ac"},
        {"OPENS", "ac"},
        {"cafe", "a"},
        {"café", "a"},
        {"grosse", ""},
        {"grösse", ""},
        {"größe", "c"},
        {"große", "c"},
        {"open*", "abc"},
        {"open", ""},
        {"opens monday", "a"},
        {"\"opens on monday\"", "a"},
        {"\"opens on mon\"*", "a"},
        {"\"opens monday\"", ""},
        {"museum", "b"},
        {"東京", "c"},
        {"don't", "d"},
        {"C++ a-b", "d"},
        {"a-b", "d"},
        {"title", "acd"},
        {"museum OR café", ""},
    };
    for (const Case& each : cases)
        EXPECT_EQ(found(each.query), each.expected) << each.query;
}

TEST_F(Search, TakesNoInputForAnError) {
    const std::string inputs[] = {"\"",
                                  "\"\"",
                                  "\"\"\"",
                                  "'",
                                  "*",
                                  "opens\"",
                                  "\"opens",
                                  "(",
                                  ")",
                                  "AND",
                                  "NOT",
                                  "OR",
                                  "NEAR(",
                                  "a AND",
                                  "title:",
                                  "{title}:x",
                                  "^",
                                  "-",
                                  "+",
                                  "opens +",
                                  ";",
                                  "--",
                                  "opens*\"",
                                  "\\",
                                  "%",
                                  "_",
                                  std::string("a\0b", 3),
                                  std::string(10'000, 'x'),
                                  std::string(3'000, '"'),
                                  "\xff\xfe",
                                  "\xc3"};
    for (const std::string& input : inputs) {
        const auto rows = store_.reader()->articles({.query = input});
        EXPECT_TRUE(rows) << input << ": " << (rows ? "" : message(rows.error()));
    }
    EXPECT_THAT(found("\"*\""), IsEmpty());
}

TEST_F(Search, PutsATitleBeforeATextAndShowsWhereItHit) {
    store_.commit(poll(store_.feed(1), at(120), {item("e", "we went to the museum")}));
    const auto rows = store_.reader()->articles({.query = "museum"});
    ASSERT_TRUE(rows);
    ASSERT_EQ(rows->size(), 2U);
    EXPECT_EQ(rows->at(0).title, "Museum");
    EXPECT_EQ(rows->at(0).snippet, "[Museum]");
    EXPECT_EQ(rows->at(1).snippet, "we went to the [museum]");
}

TEST_F(Search, ObeysTheOtherFilters) {
    store_.commit(poll(store_.feed(1), at(7200), {item("e", "it opens late")}));
    const auto count = [&](ArticleFilter filter) {
        filter.query = "opens";
        return store_.reader()->articles(filter)->size();
    };
    EXPECT_EQ(count({}), 3U);
    EXPECT_EQ(count({.feed = "two"}), 1U);
    EXPECT_EQ(count({.since = at(3600)}), 1U);
    EXPECT_EQ(count({.limit = 2}), 2U);
}

}  // namespace
}  // namespace feedd::test
