#include "normalize/text_identity.h"

#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "base/hash.h"
#include "base/text.h"

namespace feedd {
namespace {

constexpr std::string_view kWords =
    "Der Gro\u00DFe Preis: \u201Czwei\u201D von drei\u00A0Autos fuhren weiter.\n"
    "\u0412\u0435\u0447\u0435\u0440\u043E\u043C \u0448\u0451\u043B "
    "\u0414\u043E\u0436\u0434\u044C, and ALL of them\tstopped; "
    "\u0130stanbul \uFB01nal \u4E1C\u4EAC \u3067\u3059\u3002 ";

std::string text_of(std::size_t repeats) {
    std::string text;
    for (; repeats > 0; --repeats)
        text += kWords;
    return text;
}

std::string text_hash(std::string_view title, std::string_view text) {
    return text_hashes(title, text).titled;
}

// What is hashed, put together a byte at a time: stores keep the hashes, they must not change.
std::string squeezed_slowly(std::string_view text) {
    std::string out;
    const std::string folded = fold_case(text);
    for (std::string_view rest = folded; !rest.empty();) {
        const bool no_break = rest.starts_with("\u00A0");
        if (!no_break && !is_space(rest.front())) out += rest.front();
        rest.remove_prefix(no_break ? 2 : 1);
    }
    return out;
}

TEST(TextHash, IsThatOfTheFoldedWordsWithoutTheirGaps) {
    for (const std::size_t repeats : {2U, 3U, 7U}) {
        const std::string text = text_of(repeats);
        const std::string expected = Digest()
                                         .field("version", "1")
                                         .field("title", squeezed_slowly("A \u00C4 Title"))
                                         .field("text", squeezed_slowly(text))
                                         .hex();
        EXPECT_EQ(text_hash("A \u00C4 Title", text), expected) << repeats;
    }
}

TEST(TextHash, FoldsEachCharacterAsIcuDoes) {
    constexpr char32_t kPlanes = 0x20000;
    constexpr char32_t kBlock = 64;
    for (char32_t first = 0; first < kPlanes; first += kBlock) {
        std::string text = text_of(3);
        for (char32_t c = first; c < first + kBlock; ++c)
            append_utf8(text, c);
        const std::string expected =
            Digest().field("version", "1").field("text", squeezed_slowly(text)).hex();
        EXPECT_EQ(text_hash("", text), expected) << static_cast<std::uint32_t>(first);
    }
}

TEST(TextHash, IgnoresCaseAndWhiteSpace) {
    std::string apart;
    for (const char c : text_of(2)) {
        if (c == ' ') apart += "\n \u00A0";
        apart += c;
    }
    EXPECT_EQ(text_hash("t", apart), text_hash("T ", text_of(2)));
    EXPECT_NE(text_hash("t", apart + "!"), text_hash("t", apart));
}

TEST(TextHash, IsNotForWhatIsNoText) {
    EXPECT_EQ(text_hash("t", "too short"), "");
    EXPECT_EQ(text_hash("t", std::string(1000, '-')), "");
    EXPECT_EQ(text_hash("t", std::string(1000, 'a')), "") << "one letter";
}

TEST(TextHash, IsTheTextsAloneWhereThatIsLong) {
    EXPECT_EQ(text_hashes("One title", text_of(2)).alone, "") << "another headline may be above it";
    EXPECT_NE(text_hashes("One title", text_of(4)).alone, "");
    EXPECT_EQ(text_hashes("One title", text_of(4)).alone,
              text_hashes("Another", "  " + text_of(4)).alone);
    EXPECT_NE(text_hashes("t", text_of(4)).alone, text_hashes("t", text_of(4) + "!").alone);
    EXPECT_EQ(text_hashes("t", std::string(2000, 'a')).alone, "");
}

}  // namespace
}  // namespace feedd
