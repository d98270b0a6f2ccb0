// Lists read without their URLs are read as whole ones are.
#include "config/abridged.h"

#include <array>
#include <random>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config/yaml.h"

namespace feedd {
namespace {

std::string many_urls(std::string_view before = "  - ") {
    std::string list;
    for (int i = 0; i < 120; ++i)
        list += fmt::format("{}https://site.example/feed/{}?format=rss&n=%20{}\n", before, i, i);
    return list;
}

void dump(YamlNode node, std::string& into) {
    into += fmt::format("{}:{} {} {} {} '{}'\n", node.position().line, node.position().column,
                        static_cast<int>(node.kind()), node.plain(), node.flow(), node.text());
    for (const YamlNode child : node) {
        // An alias inside what it stands for would go on for ever.
        if (into.size() < 1'000'000) dump(child, into);
    }
}

std::string told(const std::optional<YamlTree>& tree, const Diagnostics& out) {
    std::string all;
    if (tree) dump(tree->root(), all);
    for (const Error& error : out.errors())
        all += message(error) + "\n";
    return all;
}

std::string read(std::string_view text) {
    Diagnostics out;
    out.begin_file("feeds.yaml");
    const auto tree = YamlTree::parse(text, out);
    return told(tree, out);
}

std::string read_whole(std::string_view text) {
    Diagnostics out;
    out.begin_file("feeds.yaml");
    const auto tree = YamlTree::parse_whole(text, out);
    return told(tree, out);
}

TEST(Abridged, PutsASignInPlaceOfEachUrlThatEndsItsLine) {
    const std::string text = "feeds:\n  - url: https://a.example/ # one\n  - 'http://b.example'\n" +
                             many_urls() +
                             "  - url: http://c.example/x?y=z\r\n  - http://d.example";
    auto abridged = Abridged::of(text);
    ASSERT_TRUE(abridged);
    EXPECT_EQ(abridged->text().find("site.example"), std::string::npos);
    EXPECT_NE(abridged->text().find("- url: https://a.example/ # one\n"), std::string::npos);
    EXPECT_NE(abridged->text().find("- 'http://b.example'\n"), std::string::npos);
    EXPECT_TRUE(abridged->text().ends_with("  - url: \xEE\x80\x80\r\n  - \xEE\x80\x80"));
    EXPECT_EQ(abridged->at({4, 5}), "https://site.example/feed/0?format=rss&n=%200");
    EXPECT_EQ(abridged->at({5, 4}), std::nullopt);
    EXPECT_EQ(abridged->at({124, 10}), "http://c.example/x?y=z");
    EXPECT_EQ(abridged->at({125, 5}), "http://d.example");
    EXPECT_EQ(abridged->at({126, 5}), std::nullopt);
}

TEST(Abridged, LeavesAShortListAndOneWithTheSignAsTheyAre) {
    EXPECT_FALSE(Abridged::of("feeds:\n  - https://a.example/\n"));
    EXPECT_FALSE(Abridged::of("feeds:\n" + many_urls() + "  - name: \xEE\x80\x80\n"));
    EXPECT_FALSE(Abridged::of(""));
}

struct Case {
    const char* name;
    std::string text;
};

class AbridgedList : public testing::TestWithParam<Case> {};

TEST_P(AbridgedList, IsReadAsTheWhole) {
    const std::string text = GetParam().text;
    EXPECT_EQ(read(text), read_whole(text));
    EXPECT_NE(read(text), "");
}

INSTANTIATE_TEST_SUITE_P(
    Lists, AbridgedList,
    testing::Values(
        Case{"bare", "feeds:\n" + many_urls()}, Case{"keys", "feeds:\n" + many_urls("  - url: ")},
        Case{"mark",
             "\xEF\xBB\xBF"
             "feeds:\n" +
                 many_urls()},
        Case{"two_marks",
             "\xEF\xBB\xBF\xEF\xBB\xBF"
             "feeds:\n" +
                 many_urls()},
        Case{"commented_out", "feeds:\n" + many_urls("#  - ") + many_urls()},
        Case{"goes_on", "feeds:\n" + many_urls() + "    and more\n"},
        Case{"literal", "a: |\n" + many_urls()}, Case{"folded", "a: >\n" + many_urls()},
        Case{"literal_in_the_middle", "feeds:\n" + many_urls() + "  - |\n    - http://a.example\n"},
        Case{"quoted", "a: \"\n" + many_urls() + "\"\n"},
        Case{"single_quoted", "a: '\n" + many_urls() + "'\n"},
        Case{"quote_left_open", "a: '\n" + many_urls()},
        Case{"in_braces", "a: {\n b: 1,\n" + many_urls("  u: ") + "}\n"},
        Case{"last_in_braces",
             "feeds:\n" + many_urls() + "  - {name: a,\n     url: http://b.example/?c\n    }\n"},
        Case{"last_in_brackets", "feeds:\n" + many_urls() + "  - [ - http://b.example\n    ]\n"},
        Case{"bracket_left_open", "feeds: [\n" + many_urls()},
        Case{"anchor",
             "feeds:\n  - &a https://a.example/\n  - url: &b\n      http://b.example\n  - *a\n" +
                 many_urls()},
        Case{"tag", "feeds:\n  - !!str https://a.example/\n" + many_urls()},
        Case{"unknown_tag", "feeds:\n  - !own https://a.example/\n" + many_urls()},
        Case{"question",
             "feeds:\n  - ? https://a.example/\n    : https://b.example/\n" + many_urls()},
        Case{"two_dashes", "feeds:\n  - - https://a.example/\n" + many_urls()},
        Case{"two_documents", "feeds:\n" + many_urls() + "---\n" + many_urls("- ")},
        Case{"comma_behind_all", "feeds:\n" + many_urls() + ",\n"},
        Case{"comma_behind_top_level", many_urls("- ") + ",\n"},
        Case{"colon_at_the_end", "feeds:\n  - https://a.example:\n" + many_urls()},
        Case{"tab", "feeds:\n" + many_urls() + "\t- http://a.example\n"},
        Case{"no_indentation", "feeds:\n" + many_urls("- ")},
        Case{"out_of_line", "feeds:\n" + many_urls() + " - http://a.example\n"},
        Case{"no_utf8", "feeds:\n" + many_urls() + "  - name: \xFF\n"},
        Case{"carriage_returns",
             [] {
                 std::string text = "feeds:\n" + many_urls();
                 for (auto at = text.find('\n'); at != std::string::npos;
                      at = text.find('\n', at + 2))
                     text.replace(at, 1, "\r\n");
                 return text;
             }()}),
    [](const auto& instance) { return std::string(instance.param.name); });

TEST(Abridged, IsReadAsTheWholeWhateverStandsBetweenTheUrls) {
    constexpr std::array<std::string_view, 27> kPieces{"feeds:\n",
                                                       "  - http://a.example/x\n",
                                                       "- https://b.example/?y=1\n",
                                                       "  url: http://c.example/\n",
                                                       "  - url: http://d.example\n",
                                                       "    name: e\n",
                                                       "    http://f.example\n",
                                                       "  - >\n",
                                                       "  - |\n",
                                                       "  - \"",
                                                       "  - '",
                                                       "\"\n",
                                                       "'\n",
                                                       "  - {",
                                                       "}\n",
                                                       "  - [",
                                                       "]\n",
                                                       "# - http://g.example\n",
                                                       "\n",
                                                       "    tags: [h, i]\n",
                                                       "  - &j http://k.example\n",
                                                       "  - *j\n",
                                                       "  ? http://l.example\n",
                                                       "---\n",
                                                       "   : http://m.example\n",
                                                       ",\n",
                                                       "      - http://n.example/\n"};
    std::mt19937 random(3);
    for (int round = 0; round < 1000; ++round) {
        std::string text = round % 2 == 0 ? "feeds:\n" + many_urls() : "";
        for (auto count = random() % 12; count > 0; --count)
            text += kPieces[random() % kPieces.size()];
        if (round % 2 != 0) text += many_urls(round % 4 == 1 ? "  - " : "- ");
        ASSERT_EQ(read(text), read_whole(text)) << text;
    }
}

}  // namespace
}  // namespace feedd
