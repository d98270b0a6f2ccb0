#include "base/text.h"

#include <array>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace feedd {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// Texts of a few pieces in any order, of any length around that of a register.
std::vector<std::string> made_texts() {
    static constexpr std::array<std::string_view, 14> kPieces = {" ",
                                                                 "  ",
                                                                 "\n",
                                                                 "\xC2\xA0",
                                                                 "\xC2",
                                                                 "\xC3\xA9",
                                                                 "a",
                                                                 "a word of them",
                                                                 "\x01",
                                                                 "\f",
                                                                 "\xD0\xB6\xD0\xB8",
                                                                 "\xCC\x81",
                                                                 "\xEA\xB0\x80",
                                                                 "\xE0\xA4\xBC"};
    std::mt19937 random(7);  // NOLINT(cert-msc51-cpp): the same texts every time
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < 4000; ++i) {
        std::string text;
        for (std::size_t pieces = random() % 24; pieces > 0; --pieces)
            text += kPieces.at(random() % kPieces.size());
        texts.push_back(std::move(text));
    }
    return texts;
}

// What collapse_space promises, a byte at a time.
std::string collapsed_slowly(std::string_view text) {
    std::string out;
    bool gap = false;
    while (!text.empty()) {
        const bool no_break = text.starts_with("\xC2\xA0");
        if (no_break || is_space(text.front())) {
            gap = true;
        } else {
            if (gap && !out.empty()) out += ' ';
            gap = false;
            out += text.front();
        }
        text.remove_prefix(no_break ? 2 : 1);
    }
    return out;
}

// The quick way and the slow one, where any byte of three may be at the edge of what is allowed.
TEST(CodePointAt, IsTheSameByTheQuickWay) {
    static constexpr std::array<unsigned char, 12> kEdges = {0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F,
                                                             0xA0, 0xBF, 0xC0, 0xC2, 0xE0, 0xFF};
    std::string text(3, '\0');
    for (unsigned lead = 0; lead < 256; ++lead) {
        for (const unsigned char second : kEdges) {
            for (const unsigned char third : kEdges) {
                text = {static_cast<char>(lead), static_cast<char>(second),
                        static_cast<char>(third)};
                for (std::size_t size = 1; size <= text.size(); ++size) {
                    const std::string_view begun = std::string_view(text).substr(0, size);
                    const CodePoint quick = code_point_at(begun, 0);
                    const CodePoint slow = any_code_point_at(begun, 0);
                    ASSERT_EQ(quick.value, slow.value) << lead << ' ' << second << ' ' << third;
                    ASSERT_EQ(quick.length, slow.length) << lead << ' ' << second << ' ' << third;
                    ASSERT_EQ(utf8_length(begun, 0), any_length(begun, 0));
                }
            }
        }
    }
}

TEST(Text, ComparesNamesWithoutRegardToAsciiCase) {
    EXPECT_TRUE(iequals("ETag", "etag"));
    EXPECT_FALSE(iequals("ETag", "etags"));
    EXPECT_FALSE(iequals("\xC3\x84", "\xC3\xA4")) << "only ASCII";
    EXPECT_TRUE(istarts_with("Text/HTML", "text/"));
    EXPECT_FALSE(istarts_with("te", "text"));
    EXPECT_TRUE(istarts_with("", ""));
    EXPECT_EQ(lower("AbC\xC3\x84"), "abc\xC3\x84");
}

TEST(Text, TrimsAndCollapsesWhiteSpace) {
    EXPECT_EQ(trim(" \t\r\n\f a b \n"), "a b");
    EXPECT_EQ(trim(" \n"), "");
    EXPECT_EQ(collapse_space("  a \n\t b\xC2\xA0\xC2\xA0"
                             "c\xC2\xA0"),
              "a b c");
    EXPECT_EQ(collapse_space("\xC2\xA0"), "");
    EXPECT_EQ(collapse_space("\xC2"), "\xC2") << "half of a no-break space";
}

TEST(Text, CollapsesAnyTextAsPromised) {
    for (const std::string& text : made_texts())
        ASSERT_EQ(collapse_space(text), collapsed_slowly(text)) << testing::PrintToString(text);
}

TEST(Text, ComparesTextsButForWhiteSpace) {
    EXPECT_TRUE(same_words(" a \n b", "a b\xC2\xA0"));
    EXPECT_FALSE(same_words("ab", "a b"));
    EXPECT_FALSE(same_words("a b", "a b c"));
    EXPECT_TRUE(same_words(" ", ""));
    const std::vector<std::string> texts = made_texts();
    for (std::size_t i = 1; i < texts.size(); ++i) {
        const bool same = collapsed_slowly(texts[i]) == collapsed_slowly(texts[i - 1]);
        ASSERT_EQ(same_words(texts[i], texts[i - 1]), same) << testing::PrintToString(texts[i]);
        ASSERT_TRUE(same_words(texts[i], collapsed_slowly(texts[i])));
    }
}

TEST(Text, KnowsWhatIsInNormalForm) {
    for (const std::string& text : made_texts()) {
        if (!is_utf8(text)) continue;
        ASSERT_TRUE(!is_surely_nfc(text) || nfc(text) == text) << testing::PrintToString(text);
    }
    EXPECT_TRUE(is_surely_nfc("caf\xC3\xA9 \xD0\xB6 \xED\x95\x9C \xF0\x9F\x98\x80"));
    EXPECT_FALSE(is_surely_nfc("e\xCC\x81"));
    EXPECT_FALSE(is_surely_nfc("\xE1\x84\x92\xE1\x85\xA1")) << "a syllable in two letters";
}

TEST(Text, SplitsIntoTrimmedParts) {
    EXPECT_THAT(split(" a ,b,, c,", ','), ElementsAre("a", "b", "c"));
    EXPECT_THAT(split("", ','), IsEmpty());
    EXPECT_THAT(split(" , ", ','), IsEmpty());
    EXPECT_THAT(split("a", ','), ElementsAre("a"));
}

struct Bytes {
    std::string_view name;
    std::string_view bytes;
    std::string_view mended;
};

// Unicode 15 §3.9, table 3-8 and before.
constexpr Bytes kBroken[] = {
    {"stray continuation byte", "a\x80z", "a\xEF\xBF\xBDz"},
    {"overlong slash", "\xC0\xAF", "\xEF\xBF\xBD\xEF\xBF\xBD"},
    {"overlong of three bytes", "\xE0\x80\xAF", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},
    {"surrogate", "\xED\xA0\x80", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},
    {"past U+10FFFF", "\xF4\x90\x80\x80", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},
    {"no such lead byte", "\xFF", "\xEF\xBF\xBD"},
    {"cut short at the end", "a\xE2\x82", "a\xEF\xBF\xBD"},
    {"cut short in the middle", "\xF0\x9F\x98z", "\xEF\xBF\xBDz"},
    {"two cut short", "\xE2\x82\xE2\x82\xAC", "\xEF\xBF\xBD\xE2\x82\xAC"},
};

TEST(Utf8, IsCheckedByTheTable) {
    for (const std::string_view text : {"", "abc", "\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x98\x80",
                                        "\xED\x9F\xBF", "\xEE\x80\x80", "\xF4\x8F\xBF\xBF"}) {
        EXPECT_TRUE(is_utf8(text)) << text;
        EXPECT_EQ(to_valid_utf8(text), text);
    }
    for (const Bytes& row : kBroken)
        EXPECT_FALSE(is_utf8(row.bytes)) << row.name;
}

TEST(Utf8, IsMendedWithOneReplacementForEachBrokenSequence) {
    for (const Bytes& row : kBroken)
        EXPECT_EQ(to_valid_utf8(row.bytes), row.mended) << row.name;
}

TEST(Utf8, IsNeverCutInsideACharacter) {
    const std::string_view text = "a\xE2\x82\xAC\xC3\xA9";
    EXPECT_EQ(truncate_utf8(text, 100), text);
    EXPECT_EQ(truncate_utf8(text, 6), text);
    EXPECT_EQ(truncate_utf8(text, 5), "a\xE2\x82\xAC");
    EXPECT_EQ(truncate_utf8(text, 3), "a");
    EXPECT_EQ(truncate_utf8(text, 0), "");
}

TEST(Utf8, IsWrittenForEveryCodePoint) {
    std::string out;
    for (const char32_t c : {U'a', U'\u00E9', U'\u20AC', U'\U0001F600'})
        append_utf8(out, c);
    EXPECT_EQ(out, "a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80");
    std::string bad;
    append_utf8(bad, char32_t{0xD800});
    append_utf8(bad, char32_t{0x110000});
    EXPECT_EQ(bad, "\xEF\xBF\xBD\xEF\xBF\xBD");
}

TEST(Utf8, IsComposed) {
    EXPECT_EQ(nfc("caf\x65\xCC\x81"), "caf\xC3\xA9");
    EXPECT_EQ(nfc("caf\xC3\xA9"), "caf\xC3\xA9");
    EXPECT_EQ(nfc("\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB"), "\xED\x95\x9C");
    EXPECT_EQ(nfc("\xE2\x84\xAB"), "\xC3\x85") << "Angstrom sign";
    EXPECT_EQ(nfc(""), "");
}

// Text of one script may hold characters below U+0300 that are not in form C: none do.
TEST(Utf8, IsComposedInOneStepForEveryLatinCharacter) {
    for (char32_t c = 1; c < 0x300; ++c) {
        std::string text;
        append_utf8(text, c);
        EXPECT_EQ(nfc(text), text);
    }
}

TEST(Utf8, IsFoldedForComparison) {
    EXPECT_EQ(fold_case("STRASSE"), fold_case("stra\xC3\x9F"
                                              "e"));
    EXPECT_EQ(fold_case("\xCE\xA3"), fold_case("\xCF\x82")) << "capital and final sigma";
    EXPECT_EQ(fold_case("Abc"), "abc");
}

TEST(EditDistance, CountsInsertionsDeletionsReplacementsAndSwaps) {
    EXPECT_EQ(edit_distance("", ""), 0U);
    EXPECT_EQ(edit_distance("interval", "interval"), 0U);
    EXPECT_EQ(edit_distance("interval", "intervall"), 1U);
    EXPECT_EQ(edit_distance("interval", "intrval"), 1U);
    EXPECT_EQ(edit_distance("interval", "interwal"), 1U);
    EXPECT_EQ(edit_distance("interval", "intreval"), 1U);
    EXPECT_EQ(edit_distance("", "abc"), 3U);
    EXPECT_EQ(edit_distance("abc", "xyz"), 3U);
}

}  // namespace
}  // namespace feedd
