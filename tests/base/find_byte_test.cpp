#include "base/find_byte.h"

#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace feedd {
namespace {

std::size_t find_upper(std::string_view text, std::size_t from) {
    return find_byte(text, from, [](const auto& c) { return c >= 'A' && c <= 'Z'; });
}

// Blocks are 16 to 64 bytes: every place in the first ones, sought from every place before it.
TEST(FindByte, FindsTheFirstWhereverItStands) {
    constexpr std::size_t kSize = 150;
    for (std::size_t wanted = 0; wanted < kSize; ++wanted) {
        std::string text(kSize, 'a');
        text[wanted] = 'Q';
        text.back() = 'Z';
        for (std::size_t from = 0; from <= wanted; ++from)
            ASSERT_EQ(find_upper(text, from), wanted) << "from " << from;
        if (wanted + 1 < kSize) {
            ASSERT_EQ(find_upper(text, wanted + 1), kSize - 1) << "behind " << wanted;
        }
    }
}

TEST(FindByte, SaysTheSizeWhereThereIsNone) {
    for (std::size_t size = 0; size < 100; ++size)
        ASSERT_EQ(find_upper(std::string(size, 'a'), 0), size);
    EXPECT_EQ(find_upper("Q", 1), 1U);
    EXPECT_EQ(find_upper({}, 0), 0U);
}

TEST(FindByte, LooksAtNothingBehindTheEnd) {
    const std::string text = std::string(40, 'a') + "Q";
    EXPECT_EQ(find_upper(std::string_view(text).substr(0, 40), 3), 40U);
}

TEST(FindByte, GivesBytesBeyondAsciiAsNegative) {
    const auto is_high = [](const auto& c) { return c < 0; };
    EXPECT_EQ(find_byte("plain ASCII, more than a block of it: \xC3\xA9", 0, is_high), 38U);
    EXPECT_EQ(find_byte("caf\xC3\xA9", 0, is_high), 3U);
}

TEST(FindByte, PassesOverWhatIsNeitherDullNorWanted) {
    const auto is_dull = [](const auto& c) { return c >= 'a'; };
    const auto is_wanted = [](const auto& c) { return c == 'Q'; };
    for (std::size_t size = 1; size < 70; ++size) {
        std::string text(size, 'a');
        text[size / 2] = 'Z';
        ASSERT_EQ(find_byte(text, 0, is_dull, is_wanted), size);
        text.back() = 'Q';
        ASSERT_EQ(find_byte(text, 0, is_dull, is_wanted), size - 1);
    }
}

TEST(CopyUntil, CopiesWhatStandsBefore) {
    constexpr std::size_t kSize = 70;
    const auto is_upper = [](const auto& c) { return c >= 'A' && c <= 'Z'; };
    std::string text;
    for (std::size_t i = 0; i < kSize; ++i)
        text += static_cast<char>('a' + i % 26);
    for (std::size_t wanted = 0; wanted <= kSize; ++wanted) {
        std::string marked = text;
        if (wanted < kSize) marked[wanted] = 'Q';
        for (std::size_t from = 0; from <= wanted; ++from) {
            std::string out(kSize - from + kCopiedBeyond, '.');
            ASSERT_EQ(copy_until(marked, from, out.data(), is_upper), wanted) << "from " << from;
            ASSERT_EQ(out.substr(0, wanted - from), text.substr(from, wanted - from));
        }
    }
}

TEST(FindPair, SeesEachByteWithTheNext) {
    const auto two_spaces = [](const auto& c, const auto& next) { return c == ' ' && next == ' '; };
    const auto ends_in_z = [](const auto& c, const auto& next) { return c == 'z' && next == 0; };
    for (std::size_t size = 0; size < 70; ++size) {
        const std::string dull(size, 'x');
        EXPECT_EQ(find_pair(dull, 0, two_spaces), size);
        EXPECT_EQ(find_pair(dull + "z", 0, ends_in_z), size);
        EXPECT_EQ(find_pair(dull + "  ", 0, two_spaces), size);
        EXPECT_EQ(find_pair(dull + " ", 0, two_spaces), size + 1);
        EXPECT_EQ(find_pair(" x" + dull + "  y", 1, two_spaces), size + 2);
    }
}

}  // namespace
}  // namespace feedd
