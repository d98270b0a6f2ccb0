// The words of FTS5's own tokenizer, whatever the text and however the table is declared.
#include "store/sqlite/tokenizer.h"

#include <random>
#include <string>
#include <vector>

#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>

#include "base/text.h"

namespace feedd::test {
namespace {

constexpr const char* kDeclared = "unicode61 remove_diacritics 2";

// An index in memory.
class Index {
  public:
    Index(bool fast, const std::string& tokenizer)
        : database_(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE) {
        if (fast) sqlite::speed_up_tokenizer(database_.getHandle());
        database_.exec("CREATE VIRTUAL TABLE t USING fts5 (text, tokenize = \"" + tokenizer +
                       "\")");
        database_.exec("CREATE VIRTUAL TABLE words USING fts5vocab ('t', 'instance')");
    }
    void add(const std::string& text) {
        SQLite::Statement insert(database_, "INSERT INTO t (text) VALUES (?)");
        insert.bind(1, text);
        insert.exec();
    }
    void remove(int row) { database_.exec("DELETE FROM t WHERE rowid = " + std::to_string(row)); }
    // Each with the text and the place in it.
    std::vector<std::string> words() {
        std::vector<std::string> all;
        SQLite::Statement words(database_, "SELECT doc, offset, term FROM words ORDER BY 1, 2");
        while (words.executeStep()) {
            all.push_back(words.getColumn(0).getString() + ' ' + words.getColumn(1).getString() +
                          ' ' + words.getColumn(2).getString());
        }
        return all;
    }
    // The texts with what was found in brackets: where the words were.
    std::vector<std::string> marked(const std::string& query) {
        std::vector<std::string> all;
        SQLite::Statement hits(database_,
                               "SELECT highlight(t, 0, '[', ']') FROM t WHERE t MATCH ?");
        hits.bind(1, query);
        while (hits.executeStep())
            all.push_back(hits.getColumn(0).getString());
        return all;
    }

  private:
    SQLite::Database database_;
};

class FastTokenizer : public testing::Test {
  protected:
    void add(const std::string& text) {
        own_.add(text);
        fast_.add(text);
    }
    Index own_{false, kDeclared};
    Index fast_{true, kDeclared};
};

TEST_F(FastTokenizer, KnowsEachCharacterThereIs) {
    // Past the planes that have letters, and but for a few in the last but two, there are none.
    const auto is_empty = [](char32_t c) { return c > 0x323AF && c != 0xE0100 && c < 0x10FFF0; };
    std::string text;
    for (char32_t c = 0; c <= 0x10FFFF; ++c) {
        if (is_empty(c) || (c >= 0xD800 && c <= 0xDFFF)) continue;
        std::string letter;
        append_utf8(letter, c);
        text += letter + "x" + letter + "Y ";  // at the beginning of a word, and inside of one
        if (text.size() < 40'000) continue;
        add(text);
        text.clear();
    }
    add(text);
    const auto words = own_.words();
    EXPECT_GT(words.size(), 200'000U);
    EXPECT_TRUE(fast_.words() == words);
}

TEST_F(FastTokenizer, KnowsWhatIsNoUtf8) {
    std::mt19937 random(17);
    const auto below = [&](unsigned count) { return static_cast<unsigned>(random() % count); };
    const char* const pieces[] = {"a",
                                  "É",
                                  " ",
                                  "\xE6\x9D",
                                  "\xFF",
                                  "\xC3",
                                  "я",
                                  "\xCC\x81",
                                  "\xF0\x9F\x98",
                                  "東",
                                  "\x80",
                                  "\xED\xA0\x80",
                                  "\xEF\xBF\xBE",
                                  "\xEF\xBF\xBD",
                                  "\xC0\x80",
                                  "."};
    for (int i = 0; i < 600; ++i) {
        std::string text;
        for (unsigned more = below(12); more > 0; --more)
            text += pieces[below(std::size(pieces))];
        Index own(false, kDeclared);
        Index fast(true, kDeclared);
        own.add(text);
        fast.add(text);
        ASSERT_EQ(fast.words(), own.words()) << testing::PrintToString(text);
    }
}

TEST_F(FastTokenizer, KnowsWhereTheWordsWere) {
    for (const char* text : {"Été — ÉTÉ, d'été.", "(été)", "x\xFF été y", "été"})
        add(text);
    const auto marked = own_.marked("ete");
    EXPECT_EQ(marked.size(), 4U);
    EXPECT_EQ(marked.front(), "[Été] — [ÉTÉ], d'[été].");
    EXPECT_EQ(fast_.marked("ete"), marked);
}

TEST_F(FastTokenizer, TakesLongWordsAndForgetsThemAgain) {
    add(std::string(50'000, 'w') + " " + std::string(300, 'v') + "é " + std::string(1'000, ' '));
    add("w");
    EXPECT_EQ(fast_.words(), own_.words());
    own_.remove(1);
    fast_.remove(1);
    EXPECT_EQ(fast_.words(), own_.words());
    EXPECT_EQ(fast_.words(), std::vector<std::string>{"2 0 w"});
}

TEST(FastTokenizerOfATable, IsAsItIsDeclared) {
    const char* const declared[] = {
        "unicode61",
        "unicode61 remove_diacritics 0",
        "unicode61 remove_diacritics 1",
        "unicode61 tokenchars '-_'",
        "unicode61 separators 'xé'",
        "unicode61 separators 'ab'",
        "unicode61 categories 'L* N* S*'",
        "unicode61 categories 'N*'",
        "porter unicode61",
        "porter unicode61 remove_diacritics 2",
        "ascii",
    };
    for (const char* tokenizer : declared) {
        SCOPED_TRACE(tokenizer);
        Index own(false, tokenizer);
        Index fast(true, tokenizer);
        for (Index* index : {&own, &fast}) {
            index->add("Ab-cd_ef xéxyx 12 ½ ÅNGSTRÖM running Runners \xC3 \xEF\xBF\xBD© baba");
            index->add("Xe\u0301x ⅷ ß ẞ İstanbul ǅ");
        }
        EXPECT_FALSE(own.words().empty());
        EXPECT_EQ(fast.words(), own.words());
    }
}

TEST(FastTokenizerOfATable, IsRefusedAsFts5DoesIt) {
    for (const bool fast : {false, true})
        EXPECT_THROW(Index(fast, "unicode61 unknown 1"), SQLite::Exception);
}

}  // namespace
}  // namespace feedd::test
