// Lists of feeds as other programs write them.
#include "parse/opml.h"

#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace feedd::test {
namespace {

using ::testing::HasSubstr;

std::string shown(const Opml& opml) {
    std::string out;
    for (const OpmlFeed& feed : opml.feeds)
        out += fmt::format("{} | {} | {}\n", feed.name, feed.url, fmt::join(feed.tags, ", "));
    return out;
}

struct Row {
    std::string_view name;
    std::string_view text;
    std::string_view feeds;
};

void PrintTo(const Row& row, std::ostream* out) {
    *out << row.name;
}

const std::vector<Row> kRows{
    {"Plain",
     R"(<?xml version="1.0"?><opml version="2.0"><head><title>Mine</title></head><body>
<outline type="rss" text="A" title="The A" xmlUrl="https://a.org/rss" htmlUrl="https://a.org/"/>
<outline type="rss" title="B" xmlUrl=" https://b.org/?x=1&amp;y=2 "/></body></opml>)",
     "A | https://a.org/rss | \nB | https://b.org/?x=1&y=2 | \n"},
    {"NestedFolders",
     R"(<opml><body><outline text="Tech"><outline text="Linux"><outline xmlUrl="u1" text="1"/></outline>
<outline xmlUrl="u2" text="2"/></outline><outline xmlUrl="u3" text="3"/></body></opml>)",
     "1 | u1 | Tech, Linux\n2 | u2 | Tech\n3 | u3 | \n"},
    {"Categories",
     R"(<opml><body><outline title="T"><outline text="1" xmlUrl="u1" category="news, two words,T"/>
</outline><outline text="2" xmlUrl="u2" category="/Boston/Weather,/Harvard/Weather, a/b"/></body></opml>)",
     "1 | u1 | T, news, two words\n2 | u2 | Boston, Weather, Harvard, a/b\n"},
    {"AnyCase",
     R"(<OPML><BODY><OUTLINE TEXT="1" XMLURL="u1"/><Outline Text="2" xmlurl="u2"/></BODY></OPML>)",
     "1 | u1 | \n2 | u2 | \n"},
    {"AddressesUnderAnotherName",
     R"(<opml><body><outline type="rss" text="1" url="u1"/><outline type="link" text="2" url="u2"/>
</body></opml>)",
     "1 | u1 | \n"},
    {"EmptyTextAndTitle", R"(<opml><body><outline text=" " title="" xmlUrl="u1"/></body></opml>)",
     " | u1 | \n"},
    {"ReferencesOfHtml",
     R"(<opml><body><outline text="Caf&eacute; &#38; Bar" xmlUrl="u1"/></body></opml>)",
     "Café & Bar | u1 | \n"},
    {"BareAmpersands", R"(<opml><body><outline text="A & B" xmlUrl="u?a=1&b=2"/></body></opml>)",
     "A & B | u?a=1&b=2 | \n"},
    {"Latin1Declared",
     "<?xml version='1.0' encoding='ISO-8859-1'?><opml><body>"
     "<outline text='Caf\xE9' xmlUrl='u1'/></body></opml>",
     "Café | u1 | \n"},
    {"Latin1UnderAUtf8Label",
     "<?xml version='1.0' encoding='UTF-8'?><opml><body>"
     "<outline text='Caf\xE9 \x96 bar' xmlUrl='u1'/></body></opml>",
     "Café – bar | u1 | \n"},
    {"ControlCharacters",
     "<opml><body><outline text='a\x01 b&#x1b;[31m&#10;c' xmlUrl='u1'/></body></opml>",
     "a b[31m c | u1 | \n"},
    {"NoEndTags", "<opml><body><outline text='1' xmlUrl='u1'><outline text='2' xmlUrl='u2'>",
     "1 | u1 | \n2 | u2 | \n"},
    {"CutOff", "<opml><body><outline text='F'><outline text='1' xmlUrl='u1'/><outline text='2' xml",
     "1 | u1 | F\n"},
    {"JunkBefore",
     "Warning: x\n<?xml version='1.0'?><opml><body><outline text='1' xmlUrl='u1'/></body></opml>",
     "1 | u1 | \n"},
    {"NoRoot", "<outline text='F'><outline text='1' xmlUrl='u1'/></outline><outline xmlUrl='u2'/>",
     "1 | u1 | F\n | u2 | \n"},
    {"AnotherRoot", "<subscriptions><outline text='1' xmlUrl='u1'/></subscriptions>",
     "1 | u1 | \n"},
    {"NoFeeds", "<opml version='2.0'><head/><body></body></opml>", ""},
};

class ReadOpml : public ::testing::TestWithParam<Row> {};

TEST_P(ReadOpml, FindsEveryFeed) {
    const auto opml = read_opml(GetParam().text);
    ASSERT_TRUE(opml) << message(opml.error());
    EXPECT_EQ(shown(*opml), GetParam().feeds);
}

INSTANTIATE_TEST_SUITE_P(InTheWild, ReadOpml, ::testing::ValuesIn(kRows),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(ReadOpmlOf, Utf16) {
    std::string text = "\xFF\xFE";
    for (const char c : std::string("<opml><body><outline text='1' xmlUrl='u1'/></body></opml>"))
        text.append(1, c).append(1, '\0');
    const auto opml = read_opml(text);
    ASSERT_TRUE(opml);
    EXPECT_EQ(shown(*opml), "1 | u1 | \n");
}

TEST(ReadOpmlOf, FoldersNestedWithoutEndIsOverSoon) {
    std::string text = "<opml><body>";
    for (int i = 0; i < 100'000; ++i)
        text += "<outline text='x'>";
    text += "<outline text='1' xmlUrl='u1'/>";
    const auto opml = read_opml(text);
    ASSERT_TRUE(opml || opml.error().kind == ErrorKind::refused);
}

TEST(ReadOpmlRefuses, WhatIsNone) {
    const auto said = [](std::string_view text) {
        const auto opml = read_opml(text);
        return opml ? "taken" : message(opml.error());
    };
    EXPECT_EQ(said("<rss version='2.0'><channel/></rss>"),
              "not an OPML file: this is a feed, for 'feedd add'");
    EXPECT_EQ(said("<!doctype html><html><body>x</body></html>"),
              "not an OPML file: this is an HTML page");
    EXPECT_EQ(said("https://a.org/\n"), "not an OPML file: this is plain text");
    EXPECT_EQ(said(""), "not an OPML file: this is an empty document");
    EXPECT_EQ(said("%PDF-1.7"), "not an OPML file: this is a PDF file");
    EXPECT_EQ(said("<urlset><url/></urlset>"), "not an OPML file: this is a sitemap");
}

TEST(WriteOpml, IsOpml20WithTagsAsFolders) {
    const Opml opml{.title = "feedd",
                    .feeds = {{.url = "https://a.org/?x=1&y", .name = "<a> & \"b\"", .tags = {"T"}},
                              {.url = "https://b.org/", .name = "b", .tags = {}},
                              {.url = "https://c.org/", .name = "c", .tags = {"T", "u v"}}},
                    .recovered = false};
    EXPECT_EQ(write_opml(opml, Time{std::chrono::seconds{1'744'074'123}}),
              R"(<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0">
  <head>
    <title>feedd</title>
    <dateCreated>Tue, 08 Apr 2025 01:02:03 GMT</dateCreated>
  </head>
  <body>
    <outline text="T" title="T">
      <outline type="rss" text="&lt;a> &amp; &quot;b&quot;" title="&lt;a> &amp; &quot;b&quot;" xmlUrl="https://a.org/?x=1&amp;y" />
      <outline type="rss" text="c" title="c" xmlUrl="https://c.org/" category="T,u v" />
    </outline>
    <outline type="rss" text="b" title="b" xmlUrl="https://b.org/" />
  </body>
</opml>
)");
}

TEST(WriteOpml, IsReadAgainAsItWas) {
    std::mt19937 random(7);
    const std::vector<std::string> pieces{"a",
                                          "B",
                                          "é",
                                          "日本",
                                          "&",
                                          "<",
                                          ">",
                                          "\"",
                                          "'",
                                          "  ",
                                          "/",
                                          "]]>",
                                          "&amp;",
                                          "#",
                                          ":",
                                          "%20",
                                          "\xF0\x9F\x90\xA7"};
    const auto text = [&] {
        std::string out = "x";
        for (auto n = random() % 6; n > 0; --n)
            out += pieces[random() % pieces.size()];
        return out + "y";
    };
    for (int round = 0; round < 300; ++round) {
        Opml opml;
        for (int i = 0; i < 5; ++i) {
            OpmlFeed feed{.url = fmt::format("https://a.org/{}?{}&{}", i, i, "é"),
                          .name = text(),
                          .tags = {}};
            for (auto n = random() % 4; n > 0; --n) {
                const std::string tag =
                    (random() % 3 == 0 ? "t" + std::to_string(n) : text()) + std::to_string(n);
                feed.tags.push_back(tag);
            }
            opml.feeds.push_back(std::move(feed));
        }
        const auto again = read_opml(write_opml(opml, Time{}));
        ASSERT_TRUE(again);
        EXPECT_FALSE(again->recovered);
        for (const OpmlFeed& feed : opml.feeds) {
            const auto found =
                std::find_if(again->feeds.begin(), again->feeds.end(),
                             [&](const OpmlFeed& each) { return each.url == feed.url; });
            ASSERT_NE(found, again->feeds.end());
            EXPECT_EQ(found->name, feed.name);
            EXPECT_EQ(found->tags, feed.tags);
        }
    }
}

}  // namespace
}  // namespace feedd::test
