// New feeds in lists as people write them: before → after, byte for byte.
#include "config/edit.h"

#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "config/diagnostic.h"
#include "config/yaml_scalar.h"

namespace feedd::test {
namespace {

const NewFeed kUrl{.url = "https://new.org/rss"};
const NewFeed kNamed{.url = "https://new.org/rss", .name = "new", .tags = {"a", "b c"}};
const NewFeed kOther{.url = "https://other.org/", .tags = {"x"}};

struct Row {
    std::string_view name;
    std::string_view before;
    std::vector<NewFeed> feeds;
    std::string_view after;
};

void PrintTo(const Row& row, std::ostream* out) {
    *out << row.name;
}

const std::vector<Row> kRows{
    {"Indented",
     "feeds:\n  - https://a.org/\n",
     {kUrl},
     "feeds:\n  - https://a.org/\n  - https://new.org/rss\n"},
    {"Unindented",
     "feeds:\n- https://a.org/\ninclude: b.yaml\n",
     {kUrl},
     "feeds:\n- https://a.org/\n- https://new.org/rss\ninclude: b.yaml\n"},
    {"SeveralAtOnce",
     "feeds:\n  - https://a.org/\n",
     {kNamed, kOther},
     "feeds:\n  - https://a.org/\n  - url: https://new.org/rss\n    name: new\n"
     "    tags: [a, b c]\n  - url: https://other.org/\n    tags: [x]\n"},
    {"MapsWherePeopleWriteMaps",
     "feeds:\n  - url: https://a.org/\n",
     {kUrl},
     "feeds:\n  - url: https://a.org/\n  - url: https://new.org/rss\n"},
    {"UrlsAloneWhereSomeAre",
     "feeds:\n  - https://a.org/\n  - url: https://b.org/\n",
     {kUrl},
     "feeds:\n  - https://a.org/\n  - url: https://b.org/\n  - https://new.org/rss\n"},
    {"MapsInBraces",
     "feeds:\n  - {url: https://a.org/, name: a}\n",
     {kNamed},
     "feeds:\n  - {url: https://a.org/, name: a}\n"
     "  - {url: https://new.org/rss, name: new, tags: [a, b c]}\n"},
    {"BracesOverSeveralLines",
     "feeds:\n- {url: https://a.org/,\n   name: a\n  }\n# end\n",
     {kUrl},
     "feeds:\n- {url: https://a.org/,\n   name: a\n  }\n- {url: https://new.org/rss}\n# end\n"},
    {"BracesThatCloseBelowTheDash",
     "feeds:\n  - {\n    url: https://a.org/\n  }\n",
     {kUrl},
     "feeds:\n  - {\n    url: https://a.org/\n  }\n  - {url: https://new.org/rss}\n"},
    {"WideGaps",
     "feeds:\n  -   url: https://a.org/\n      name: a\n",
     {kNamed},
     "feeds:\n  -   url: https://a.org/\n      name: a\n"
     "  -   url: https://new.org/rss\n      name: new\n      tags: [a, b c]\n"},
    {"DashOnItsOwnLine",
     "feeds:\n  -\n    url: https://a.org/\n",
     {kUrl},
     "feeds:\n  -\n    url: https://a.org/\n  - url: https://new.org/rss\n"},
    {"NameFirst",
     "feeds:\n  - name: a\n    url: https://a.org/\n",
     {kNamed},
     "feeds:\n  - name: a\n    url: https://a.org/\n"
     "  - name: new\n    url: https://new.org/rss\n    tags: [a, b c]\n"},
    {"DoubleQuotes",
     "feeds:\n  - \"https://a.org/\"\n",
     {kUrl},
     "feeds:\n  - \"https://a.org/\"\n  - \"https://new.org/rss\"\n"},
    {"SingleQuotes",
     "feeds:\n  - url: 'https://a.org/'\n    name: 'a'\n    tags: ['t']\n",
     {kNamed},
     "feeds:\n  - url: 'https://a.org/'\n    name: 'a'\n    tags: ['t']\n"
     "  - url: 'https://new.org/rss'\n    name: 'new'\n    tags: ['a', 'b c']\n"},
    {"TagsOnLines",
     "feeds:\n  - url: https://a.org/\n    tags:\n      - t\n",
     {kNamed},
     "feeds:\n  - url: https://a.org/\n    tags:\n      - t\n"
     "  - url: https://new.org/rss\n    name: new\n    tags:\n      - a\n      - b c\n"},
    {"OneTagAsAWord",
     "feeds:\n  - url: https://a.org/\n    tags: t\n",
     {kOther, kNamed},
     "feeds:\n  - url: https://a.org/\n    tags: t\n  - url: https://other.org/\n    tags: x\n"
     "  - url: https://new.org/rss\n    name: new\n    tags: [a, b c]\n"},
    {"CommentsOfTheLastEntry",
     "feeds:\n  - https://a.org/ # slow\n    # very slow\n\n# end\n",
     {kUrl},
     "feeds:\n  - https://a.org/ # slow\n    # very slow\n  - https://new.org/rss\n\n# end\n"},
    {"CommentsAfterTheList",
     "feeds:\n  - https://a.org/\n\n# More lists\ninclude: b.yaml\n",
     {kUrl},
     "feeds:\n  - https://a.org/\n  - https://new.org/rss\n\n# More lists\ninclude: b.yaml\n"},
    {"EmptyLinesBetweenEntries",
     "feeds:\n  - https://a.org/\n\n  # B\n  - https://b.org/\n\n# end\n",
     {kUrl, kOther},
     "feeds:\n  - https://a.org/\n\n  # B\n  - https://b.org/\n\n  - https://new.org/rss\n\n"
     "  - url: https://other.org/\n    tags: [x]\n\n# end\n"},
    {"TextsOverSeveralLines",
     "feeds:\n  - url: https://a.org/\n    name: \"a\n      long name\"\n",
     {kUrl},
     "feeds:\n  - url: https://a.org/\n    name: \"a\n      long name\"\n"
     "  - url: https://new.org/rss\n"},
    {"NoLineEndAtTheEnd",
     "feeds:\n  - https://a.org/",
     {kUrl, kOther},
     "feeds:\n  - https://a.org/\n  - https://new.org/rss\n  - url: https://other.org/\n    tags: "
     "[x]"},
    {"CarriageReturns",
     "# x\r\nfeeds:\r\n  - https://a.org/\r\n",
     {kNamed},
     "# x\r\nfeeds:\r\n  - https://a.org/\r\n  - url: https://new.org/rss\r\n    name: new\r\n"
     "    tags: [a, b c]\r\n"},
    {"ByteOrderMark",
     "\xEF\xBB\xBF"
     "feeds: [https://a.org/]\n",
     {kUrl},
     "\xEF\xBB\xBF"
     "feeds: [https://a.org/, https://new.org/rss]\n"},
    {"WideCharacters",
     "feeds:\n  - {name: Ωμέγα, url: https://a.org/}\n",
     {kUrl},
     "feeds:\n  - {name: Ωμέγα, url: https://a.org/}\n  - {url: https://new.org/rss}\n"},
    {"Anchors",
     "feeds: &all\n  - &a https://a.org/\n",
     {kUrl},
     "feeds: &all\n  - &a https://a.org/\n  - https://new.org/rss\n"},
    {"Brackets",
     "feeds: [https://a.org/] # all\n",
     {kUrl, kNamed},
     "feeds: [https://a.org/, https://new.org/rss, {url: https://new.org/rss, name: new, "
     "tags: [a, b c]}] # all\n"},
    {"BracketsWithACommaAtTheEnd",
     "feeds: [https://a.org/, ]\n",
     {kUrl},
     "feeds: [https://a.org/, https://new.org/rss, ]\n"},
    {"BracketsInBrackets",
     "feeds: [{url: https://a.org/, tags: [a, 'it''s', \"]\"]}]\n",
     {kUrl},
     "feeds: [{url: https://a.org/, tags: [a, 'it''s', \"]\"]}, {url: https://new.org/rss}]\n"},
    {"BracketsOverLines",
     "feeds: [\n  https://a.org/,  # one ]\n  https://b.org/  # two\n]\n",
     {kUrl, kOther},
     "feeds: [\n  https://a.org/,  # one ]\n  https://b.org/,  # two\n  https://new.org/rss,\n"
     "  {url: https://other.org/, tags: [x]}\n]\n"},
    {"BracketsOverLinesWithACommaAtTheEnd",
     "feeds: [\n  https://a.org/,\n]\n",
     {kUrl},
     "feeds: [\n  https://a.org/,\n  https://new.org/rss,\n]\n"},
    {"BracketsThatCloseOnTheLastLine",
     "feeds: [\n  https://a.org/,\n  https://b.org/]\n",
     {kUrl},
     "feeds: [\n  https://a.org/,\n  https://b.org/,\n  https://new.org/rss]\n"},
    {"BracketsOverLinesWithCarriageReturns",
     "feeds: [\r\n  https://a.org/\r\n]\r\n",
     {kUrl},
     "feeds: [\r\n  https://a.org/,\r\n  https://new.org/rss\r\n]\r\n"},
    {"AllInBraces",
     "{feeds: [https://a.org/], store: x.db}\n",
     {kUrl},
     "{feeds: [https://a.org/, https://new.org/rss], store: x.db}\n"},
    {"EmptyBrackets",
     "store: x.db\nfeeds: []   # none yet\ninclude: b.yaml\n",
     {kUrl},
     "store: x.db\nfeeds:   # none yet\n  - https://new.org/rss\ninclude: b.yaml\n"},
    {"EmptyBracketsAtTheEnd", "feeds: [ ]", {kUrl}, "feeds:\n  - https://new.org/rss"},
    {"NothingBehindTheKey",
     "feeds:\n  # - https://a.org/\n\n# end\n",
     {kUrl},
     "feeds:\n  - https://new.org/rss\n  # - https://a.org/\n\n# end\n"},
    {"NothingBehindTheKeyAtTheEnd",
     "feeds: # none",
     {kUrl},
     "feeds: # none\n  - https://new.org/rss"},
    {"NoKey", "include: b.yaml", {kUrl}, "include: b.yaml\n\nfeeds:\n  - https://new.org/rss\n"},
    {"NoKeyInAnIndentedMap",
     "  include: b.yaml\n\n",
     {kUrl},
     "  include: b.yaml\n\n  feeds:\n    - https://new.org/rss\n"},
    {"NothingButAComment",
     "# my feeds\n",
     {kUrl},
     "# my feeds\n\nfeeds:\n  - https://new.org/rss\n"},
    {"NothingAtAll", "", {kUrl}, "feeds:\n  - https://new.org/rss\n"},
    {"AfterTheStartOfADocument",
     "---\nfeeds:\n- https://a.org/\n",
     {kUrl},
     "---\nfeeds:\n- https://a.org/\n- https://new.org/rss\n"},
    {"QuotedKey",
     "\"feeds\":\n  - https://a.org/\n",
     {kUrl},
     "\"feeds\":\n  - https://a.org/\n  - https://new.org/rss\n"},
};

class Edit : public ::testing::TestWithParam<Row> {};

TEST_P(Edit, PutsNewFeedsBehindTheOthers) {
    const Row& row = GetParam();
    const auto edited = with_feeds(row.before, row.feeds);
    ASSERT_TRUE(edited) << message(edited.error());
    EXPECT_EQ(edited->text, row.after);
}

INSTANTIATE_TEST_SUITE_P(Lists, Edit, ::testing::ValuesIn(kRows),
                         [](const auto& row) { return std::string(row.param.name); });

struct Doubtful {
    std::string_view name;
    std::string_view text;
    std::string_view error;
};

void PrintTo(const Doubtful& row, std::ostream* out) {
    *out << row.name;
}

const std::vector<Doubtful> kDoubtful{
    {"NoMap", "- https://a.org/\n", "where a new entry belongs is not clear: the file is no map"},
    {"NoList", "feeds: {a: b}\n", "where a new entry belongs is not clear: 'feeds' is no list"},
    {"NullWrittenOut", "feeds: ~\n",
     "where a new entry belongs is not clear: something stands behind 'feeds:'"},
    {"NullInBraces", "{feeds: }\n",
     "where a new entry belongs is not clear: something stands behind 'feeds:'"},
    {"NoKeyInBraces", "{include: b.yaml}\n",
     "where a new entry belongs is not clear: the file is one map in braces"},
    {"CommentInEmptyBrackets", "feeds: [\n  # none\n]\n",
     "where a new entry belongs is not clear: something stands in or beside the empty brackets of "
     "'feeds'"},
    {"Alias", "defaults: &d\n  - https://a.org/\nfeeds: *d\n",
     "where a new entry belongs is not clear: 'feeds' is an alias"},
    {"AliasAsEntry", "x: &a https://a.org/\nfeeds:\n  - *a\n",
     "where a new entry belongs is not clear: the entry in line 1 does not begin as the others do"},
    {"NoYaml", "feeds: [https://a.org/\n",
     ":1:8: a bracket opened here is never closed (close it "
     "with ']' or '}')"},
};

class EditRefuses : public ::testing::TestWithParam<Doubtful> {};

TEST_P(EditRefuses, WhatLeavesADoubt) {
    const auto edited = with_feeds(GetParam().text, std::vector{kUrl});
    ASSERT_FALSE(edited) << edited->text;
    EXPECT_EQ(message(edited.error()), GetParam().error);
}

INSTANTIATE_TEST_SUITE_P(Lists, EditRefuses, ::testing::ValuesIn(kDoubtful),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(EntriesToPaste, AreWhatAListHasBelowFeeds) {
    EXPECT_EQ(entries_to_paste(std::vector{kUrl, kNamed}),
              "  - https://new.org/rss\n  - url: https://new.org/rss\n    name: new\n"
              "    tags: [a, b c]\n");
}

TEST(ListUrl, EscapesWhatWouldBeFilledIn) {
    EXPECT_EQ(list_url("https://a.org/?x=$y&z=1"), "https://a.org/?x=$y&z=1");
    EXPECT_EQ(list_url("https://a.org/${KEY}"), "https://a.org/$${KEY}");
    EXPECT_EQ(list_url("https://a.org/$$"), "https://a.org/$$$");
    EXPECT_EQ(list_url("https://a.org/$${KEY}"), "https://a.org/$$$${KEY}");
}

struct Scalar {
    std::string_view value;
    std::string_view plain;    // as it comes out where plain is wanted
    std::string_view in_flow;  // likewise, between brackets
};

TEST(YamlScalar, IsQuotedWhereItHasTo) {
    for (const Scalar& row : std::vector<Scalar>{
             {"news", "news", "news"},
             {"Ωμέγα, and more", "Ωμέγα, and more", "\"Ωμέγα, and more\""},
             {"it's", "it's", "it's"},
             {"C# and #1", "\"C# and #1\"", "\"C# and #1\""},
             {"a: b", "\"a: b\"", "\"a: b\""},
             {"a:b", "a:b", "a:b"},
             {"", "\"\"", "\"\""},
             {"null", "\"null\"", "\"null\""},
             {"No", "\"No\"", "\"No\""},
             {"2024", "\"2024\"", "\"2024\""},
             {"9to5 mac", "9to5 mac", "9to5 mac"},
             {"1e3", "\"1e3\"", "\"1e3\""},
             {"-x", "\"-x\"", "\"-x\""},
             {"[x]", "\"[x]\"", "\"[x]\""},
             {"x]", "x]", "\"x]\""},
             {" x", "\" x\"", "\" x\""},
             {"\"x\\\"", "\"\\\"x\\\\\\\"\"", "\"\\\"x\\\\\\\"\""},
             {"a\xC2\x85"
              "b",
              "\"a\\u0085b\"", "\"a\\u0085b\""},
         }) {
        EXPECT_EQ(yaml_scalar(row.value, Quote::plain, false), row.plain);
        EXPECT_EQ(yaml_scalar(row.value, Quote::plain, true), row.in_flow);
    }
    EXPECT_EQ(yaml_scalar("it's", Quote::single, false), "'it''s'");
    EXPECT_EQ(yaml_scalar("it's", Quote::twice, false), "\"it's\"");
}

}  // namespace
}  // namespace feedd::test
