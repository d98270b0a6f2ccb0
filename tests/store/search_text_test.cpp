// What the full-text index is given of scripts without spaces, and how it is found again.
#include "store/sqlite/search_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "samples.h"
#include "store/sqlite/snippet.h"

namespace feedd::test {
namespace {

using sqlite::has_the_words_of_the_index;
using sqlite::search_text;
using sqlite::snippet_of;

TEST(SearchText, PutsSpacesWhereAScriptHasNone) {
    struct Case {
        const char* name;
        const char* text;
        const char* indexed;
    };
    const Case cases[] = {
        {"nothing", "", ""},
        {"Latin", "the café, twice", "the café, twice"},
        {"Cyrillic", "две строки", "две строки"},
        {"signs past E0", "a — b … “c”", "a — b … “c”"},
        {"one character", "東", "東"},
        {"three", "東京都", "東 京 都"},
        {"kana", "ラーメン", "ラ ー メ ン"},
        {"Hangul", "서울에서 만나", "서 울 에 서 만 나"},
        {"after Latin", "AI技術", "AI 技 術"},
        {"before Latin", "技術AI", "技 術 AI"},
        {"between signs", "「東京」へ", "「 東 京 」 へ"},
        {"Thai without its marks", "ที่นี่", "ท น"},
        {"beyond the basic plane", "𠮷野家", "𠮷 野 家"},
    };
    for (const Case& each : cases) {
        SCOPED_TRACE(each.name);
        EXPECT_EQ(search_text(each.text), each.indexed);
        EXPECT_EQ(has_the_words_of_the_index(each.text),
                  search_text(each.text) == each.text && std::string_view(each.text) != "東");
    }
}

TEST(SearchText, FoldsWhatPeopleDoNotType) {
    struct Case {
        const char* name;
        const char* text;
        const char* indexed;
    };
    const Case cases[] = {
        {"Greek accents", "Ἡ Ἀθήνα, προϊόν", "Η Αθηνα, προιον"},
        {"yo", "Ёлка ещё", "Елка еще"},
        {"short i is a letter", "мой їжак ўсё", "мой їжак ўсе"},
        {"a stress mark", "за\u0301мок", "замок"},
        {"strokes", "Łódź đường København", "Lódź dường Kobenhavn"},
        {"vowel points", "مُحَمَّد", "محمد"},
        {"tatweel", "الســـلام", "السلام"},
        {"hamza above", "أحمد إلى آخر", "احمد الى اخر"},
        {"presentation forms", "\uFEDF\uFE8E \uFEFB", "لا لا"},
        {"Hebrew points", "שָׁלוֹם", "שלום"},
        {"full width", "ＡＢＣ　１２３！", "ABC　123!"},
        {"half-width katakana", "ｶﾞｲﾄﾞ", "ガ イ ド"},
        {"voicing stays", "がか", "が か"},
        {"ligatures", "\uFB01nal o\uFB00er", "final offer"},
        {"trade marks are no letters", "Brand\u2122 x\u00B2", "Brand\u2122 x\u00B2"},
    };
    for (const Case& each : cases) {
        SCOPED_TRACE(each.name);
        EXPECT_EQ(search_text(each.text), each.indexed);
    }
}

TEST(SearchText, TakesWhatIsNoUtf8AsItIs) {
    EXPECT_EQ(search_text("a\xff\xe6\x9d"), "a\xff\xe6\x9d");
}

TEST(Snippet, ShowsWhereItHit) {
    const std::vector<std::string> terms{"東京", "olympics"};
    EXPECT_EQ(snippet_of("2020年の東京Olympicsは", terms), "2020年の[東京][Olympics]は");
    EXPECT_EQ(snippet_of("２０２０年の東京Ｏｌｙｍｐｉｃｓは", terms),
              "２０２０年の[東京][Ｏｌｙｍｐｉｃｓ]は");
    EXPECT_EQ(snippet_of("قال مُحَمَّدٌ ذلك", std::vector<std::string>{"محمد"}), "قال [مُحَمَّدٌ] ذلك");
    EXPECT_EQ(snippet_of("ｶﾞｲﾄﾞ", std::vector<std::string>{"ガイ"}), "[ｶﾞｲ]ﾄﾞ");
    EXPECT_EQ(snippet_of("何もない", terms), "");
    std::string far;
    for (int i = 0; i < 100; ++i)
        far += "遠";
    const std::string snippet = snippet_of(far + "東京" + far, terms);
    EXPECT_TRUE(snippet.starts_with("…遠遠")) << snippet;
    EXPECT_THAT(snippet, testing::HasSubstr("遠[東京]遠"));
    EXPECT_TRUE(snippet.ends_with("遠…")) << snippet;
    EXPECT_LT(snippet.size(), 220U);
}

class UnspacedSearch : public testing::Test {
  protected:
    UnspacedSearch() {
        store_.commit(poll(store_.feed(0), at(60),
                           {item("a", "東京都の天気は晴れ"), item("b", "京都の寺、東の山"),
                            item("c", "서울에서 열린 회의"), item("d", "ที่ประชุมกรุงเทพ"),
                            item("e", "AI技術と東京Olympics")}));
    }
    std::string found(const std::string& query) {
        const auto rows = store_.reader()->articles({.query = query});
        if (!rows) return message(rows.error());
        std::string ids;
        for (const ArticleRow& row : *rows)
            ids += static_cast<char>('a' + row.id - 1);
        std::ranges::sort(ids);
        return ids;
    }
    Store store_;
};

TEST_F(UnspacedSearch, FindsWordsInsideOfRuns) {
    struct Case {
        const char* query;
        const char* expected;
    };
    const Case cases[] = {
        {"東京", "ae"},
        {"京都", "ab"},
        {"東京都", "a"},
        {"東", "abe"},
        {"都", "ab"},
        {"天気 晴れ", "a"},
        {"天気晴れ", ""},
        {"\"東京\"", "ae"},
        {"東京 -天気", "e"},
        {"서울", "c"},
        {"회의", "c"},
        {"กรุงเทพ", "d"},
        {"ai技術", "e"},
        {"技術と", "e"},
        {"olympics", "e"},
        {"東京olympics", "e"},
        {"京都 OR 서울", "abc"},
        {"京東", ""},
        {"東京*", "ae"},
        {"text:東", "abe"},
    };
    for (const Case& each : cases)
        EXPECT_EQ(found(each.query), each.expected) << each.query;
}

TEST_F(UnspacedSearch, ShowsTheSurroundings) {
    const auto rows = store_.reader()->articles({.query = "天気"});
    ASSERT_TRUE(rows);
    EXPECT_EQ(rows->at(0).snippet, "東京都の[天気]は晴れ");
}

TEST_F(UnspacedSearch, ForgetsWhatWasRevisedAndPurged) {
    store_.commit(poll(store_.feed(0), at(120), {item("a", "大阪の天気")}));
    EXPECT_EQ(found("東京"), "e");
    EXPECT_EQ(found("大阪"), "a");
    EXPECT_GT(store_.prune_before(at(10'000), at(10'000)), 0);
    EXPECT_EQ(found("大阪 OR 東京 OR olympics"), "");
    const auto findings = check_store(store_.path());
    ASSERT_TRUE(findings);
    EXPECT_THAT(*findings, testing::IsEmpty());
}

// What waits is revised, purged and counted like the rest.
TEST(SearchQueue, HoldsWhatIsNotIndexed) {
    Store store;
    const auto commit = [&](int when, std::vector<Candidate> items) {
        const PollOutcome outcome = poll(store.feed(0), at(when), std::move(items));
        for (const PollReport& report : store.writer().commit({&outcome, 1}, simple_judge))
            ASSERT_FALSE(report.error);
    };
    const auto count = [&](const std::string& query) {
        return store.reader()->articles({.query = query})->size();
    };
    commit(60, {item("a", "alpha"), item("b", "beta"), item("c", "gamma")});
    EXPECT_EQ(*store.reader()->not_indexed(), 3);
    EXPECT_EQ(count("alpha"), 0U);
    commit(120, {item("a", "delta")});
    EXPECT_EQ(*store.reader()->not_indexed(), 3);
    EXPECT_EQ(*store.writer().index_articles(2), 2);
    EXPECT_EQ(*store.reader()->not_indexed(), 1);
    EXPECT_EQ(count("alpha"), 0U);
    EXPECT_EQ(count("delta"), 1U);
    commit(180, {item("a", "epsilon")});
    EXPECT_EQ(count("delta"), 0U);
    store.reopen();
    EXPECT_EQ(*store.reader()->not_indexed(), 2);
    EXPECT_TRUE(check_store(store.path())->empty());
    EXPECT_EQ(store.prune_before(at(10'000), at(10'000)), 3);
    EXPECT_EQ(*store.reader()->not_indexed(), 0);
    EXPECT_EQ(*store.writer().index_articles(10), 0);
    EXPECT_TRUE(check_store(store.path())->empty());
}

}  // namespace
}  // namespace feedd::test
