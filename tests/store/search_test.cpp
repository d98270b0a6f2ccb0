#include <random>

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
        {"two words", "hello  world", R"("hello" AND "world")"},
        {"a phrase", R"("hello world" x)", R"("hello world" AND "x")"},
        {"the beginning of a word", "hel*", R"("hel*"*)"},
        {"a phrase whose last word is begun", R"("hello wor"*)", R"("hello wor"*)"},
        {"a stray quote before", R"("hello)", R"("hello")"},
        {"a stray quote behind", R"(hello")", R"("hello")"},
        {"a quote inside", R"(he"llo)", R"("he" AND "llo")"},
        {"quotes alone", R"("""")", ""},
        {"punctuation alone", "!!! -- * ()", ""},
        {"either", "cats OR dogs", R"("cats" OR "dogs")"},
        {"both", "cats AND dogs", R"("cats" AND "dogs")"},
        {"without", "cats NOT dogs", R"("cats" NOT "dogs")"},
        {"without, as search engines have it", "cats -dogs", R"("cats" NOT "dogs")"},
        {"in small letters they are words", "cats or dogs", R"("cats" AND "or" AND "dogs")"},
        {"a group", "(cats OR dogs) food", R"(("cats" OR "dogs") AND "food")"},
        {"two groups", "(a OR b) (c OR d)", R"(("a" OR "b") AND ("c" OR "d"))"},
        {"groups in groups", "((a OR b) c)", R"((("a" OR "b") AND "c"))"},
        {"a column", "title:hello x", R"(title : "hello" AND "x")"},
        {"a phrase in a column", R"(text:"hello world"*)", R"(content_text : "hello world"*)"},
        {"not in a column", "a -title:b", R"("a" NOT title : "b")"},
        {"a column without a word", "title: x", R"("title:" AND "x")"},
        {"an unknown column is text", "body:x", R"("body:x")"},
        {"an operator with nothing behind", "cats OR", R"("cats" AND "OR")"},
        {"an operator with nothing before", "NOT dogs", R"("NOT" AND "dogs")"},
        {"two operators", "a OR NOT b", R"("a" AND "OR" NOT "b")"},
        {"an operator in a group of its own", "a (OR) b", R"("a" OR "b")"},
        {"an empty group", "a () b", R"("a" AND "b")"},
        {"a group that never closes", "(a b", R"("a" AND "b")"},
        {"a group that never opens", "a b)", R"("a" AND "b")"},
        {"carets are text", "^(a b)", R"(("a" AND "b"))"},
        {"a hyphen before the first word", "-spam", R"("spam")"},
        {"a hyphen inside", "a-b", R"("a-b")"},
        {"a NUL is left out", std::string_view("a\0b", 3), R"("ab")"},
        {"typed in NFD", "мои\u0306 Αθη\u0301να", R"("мой" AND "Αθηνα")"},
        {"other scripts", "日本 größe", R"("日 本" AND "größe")"},
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
        {"museum OR café", "ab"},
        {"open* -museum", "ac"},
        {"(museum OR 東京) open*", "bc"},
        {"title:museum", "b"},
        {"text:museum", "b"},
        {"title:opens", ""},
    };
    for (const Case& each : cases)
        EXPECT_EQ(found(each.query), each.expected) << each.query;
}

TEST(SearchLetters, AreFoundAsPeopleTypeThem) {
    struct Case {
        const char* text;
        const char* query;
        const char* shown;
    };
    const Case cases[] = {
        {"Η Αθήνα καλεί", "αθηνα", "Η [Αθήνα] καλεί"},
        {"ΟΔΟΣ ΑΘΗΝΑΣ", "οδός", "[ΟΔΟΣ] ΑΘΗΝΑΣ"},
        {"Тёмная ночь", "темная", "[Тёмная] ночь"},
        {"Темная ночь", "тёмная", "[Темная] ночь"},
        {"một con đường dài", "duong", "một con [đường] dài"},
        {"Łódź wita", "lodz", "[Łódź] wita"},
        {"قال مُحَمَّد ذلك", "محمد", "قال [مُحَمَّد] ذلك"},
        {"قال محمد ذلك", "مُحَمَّد", "قال [محمد] ذلك"},
        {"السلام عليكم", "الســـلام", "[السلام] عليكم"},
        {"שָׁלוֹם לכם", "שלום", "[שָׁלוֹם] לכם"},
        {"ＡＢＣ放送２０２５年", "abc", "[ＡＢＣ]放送２０２５年"},
        {"ABC放送", "ＡＢＣ放送", "[ABC放送]"},
        {"ｶﾞｲﾄﾞの本", "ガイド", "[ｶﾞｲﾄﾞ]の本"},
        {"ガイドの本", "ｶﾞｲﾄﾞ", "[ガイド]の本"},
    };
    for (const Case& each : cases) {
        SCOPED_TRACE(each.query);
        Store store;
        store.commit(poll(store.feed(0), at(60), {item("a", each.text), item("b", "nothing")}));
        const auto rows = store.reader()->articles({.query = each.query});
        ASSERT_TRUE(rows);
        ASSERT_EQ(rows->size(), 1U);
        EXPECT_EQ(rows->front().snippet, each.shown);
    }
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

TEST_F(Search, TakesNoMixtureOfSyntaxForAnError) {
    const std::vector<std::string> pieces{"(",   ")", "\"", "*",      "-", "OR",   "AND",
                                          "NOT", " ", "a",  "title:", ":", "NEAR", "{",
                                          "}",   "+", "^",  "text:",  ",", "日本", "\t"};
    std::mt19937 random(1);
    const auto reader = store_.reader();
    for (int i = 0; i < 3000; ++i) {
        std::string query;
        for (std::size_t n = random() % 24; n > 0; --n) {
            query += pieces[random() % pieces.size()];
            if (random() % 2 == 0) query += ' ';
        }
        const auto rows = reader->articles({.query = query});
        ASSERT_TRUE(rows) << query << ": " << message(rows.error());
    }
}

TEST_F(Search, TakesAsMuchAsAnybodyTypes) {
    std::string many;
    std::string deep;
    for (int i = 0; i < 2000; ++i) {
        many += "opens ";
        deep += "(a OR ";
    }
    EXPECT_EQ(found(many), "ac");
    const auto nested = store_.reader()->articles({.query = deep + "a" + std::string(2000, ')')});
    EXPECT_TRUE(nested) << message(nested.error());
}

TEST_F(Search, PutsTheNewerOfTwoAlikeFirst) {
    std::vector<Candidate> items{item("new", "rain in the valley"),
                                 item("old", "rain on the hill")};
    items[0].article.published_at = at(0);
    items[1].article.published_at = at(0) - std::chrono::days{400};
    std::ranges::reverse(items);
    store_.commit(poll(store_.feed(1), at(120), std::move(items)));
    const auto titles = [&](bool by_date, const std::string& query) {
        const auto rows = store_.reader()->articles(
            {.query = query, .by_date = by_date, .now = at(0) + Seconds{60}});
        std::string all;
        for (const ArticleRow& row : *rows)
            all += row.title + ";";
        return all;
    };
    EXPECT_EQ(titles(false, "rain"), "Title of new;Title of old;");
    EXPECT_EQ(titles(true, "rain"), "Title of new;Title of old;");
    EXPECT_EQ(titles(false, "rain OR hill"), "Title of old;Title of new;");
    EXPECT_EQ(titles(true, "rain OR hill"), "Title of new;Title of old;");
}

TEST_F(Search, FindsByAuthor) {
    Candidate signed_item = item("s", "signed");
    signed_item.article.authors = {{.name = "Ann_Lee 100%", .email = "ann@site.example"}};
    store_.commit(poll(store_.feed(1), at(120), {signed_item, item("u", "unsigned")}));
    for (const char* author : {"ann_lee", "Ann", "100%", "@site"}) {
        const auto rows = store_.reader()->articles({.author = author});
        ASSERT_TRUE(rows);
        EXPECT_EQ(rows->size(), 1U) << author;
    }
    for (const char* author : {"ann%lee", "annxlee", "bob"}) {
        EXPECT_THAT(*store_.reader()->articles({.author = author}), IsEmpty()) << author;
    }
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
