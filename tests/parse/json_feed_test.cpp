#include "parse/json_feed.h"

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace feedd {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const ParseHints kHints{.base = "https://example.org/feed.json",
                        .content_type = "application/feed+json",
                        .content_language = "sv"};

Result<Document> read(std::string_view text) {
    return parse_json_feed(text, kHints, ParseLimits{});
}

// A feed of version 1.1 with these items.
std::string with_items(std::string_view items) {
    return R"({"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": )" +
           std::string(items) + "}";
}

Item item(std::string_view json) {
    const auto document = read(with_items("[" + std::string(json) + "]"));
    EXPECT_TRUE(document.has_value()) << json;
    if (!document || document->items.size() != 1) return {};
    return document->items[0];
}

std::vector<std::string> ids(const Document& document) {
    std::vector<std::string> all;
    for (const Item& one : document.items)
        all.push_back(one.id);
    return all;
}

TEST(JsonFeed, ReadsEveryFieldOfAFeed) {
    const auto document = read(R"({
        "version": "https://jsonfeed.org/version/1.1", "title": " The Feed ",
        "home_page_url": "/", "feed_url": "https://example.org/feed.json",
        "description": "About", "language": "en_US", "icon": "icon.png", "favicon": "/f.ico",
        "authors": [{"name": "Ann", "url": "https://ann.example/"}, {"name": "Bob"}],
        "next_url": "/2.json", "hubs": [{"type": "WebSub", "url": "https://hub.example/"}],
        "expired": true, "_extension": {"about": "https://x.example"}, "items": []})");
    ASSERT_TRUE(document.has_value());
    EXPECT_EQ(document->format, Format::jsonfeed11);
    EXPECT_FALSE(document->recovered);
    const FeedMeta& feed = document->feed;
    EXPECT_EQ(feed.title.value, "The Feed");
    EXPECT_EQ(feed.title.kind, Text::Kind::plain);
    EXPECT_EQ(feed.home_page_url, "https://example.org/");
    EXPECT_EQ(feed.feed_url, "https://example.org/feed.json");
    EXPECT_EQ(feed.description.value, "About");
    EXPECT_EQ(feed.language, "en-US");
    EXPECT_EQ(feed.image_url, "https://example.org/icon.png");
    EXPECT_EQ(feed.icon_url, "https://example.org/f.ico");
    EXPECT_THAT(feed.authors,
                ElementsAre(Person{.name = "Ann", .email = "", .url = "https://ann.example/"},
                            Person{.name = "Bob", .email = "", .url = ""}));
    EXPECT_THAT(feed.hub_urls, ElementsAre("https://hub.example/"));
    ASSERT_EQ(feed.links.size(), 4U);
    EXPECT_EQ(feed.links[2].rel, "next");
    EXPECT_EQ(feed.links[2].href, "https://example.org/2.json");
}

TEST(JsonFeed, ReadsEveryFieldOfAnItem) {
    const Item one = item(R"({
        "id": "tag:1", "url": "1", "external_url": "https://elsewhere.example/",
        "title": "A < B", "content_html": "<p>Hello</p>", "content_text": "Hello",
        "summary": "Short", "image": "i.png", "banner_image": "b.png", "language": "de",
        "date_published": "2024-02-03T04:05:06+01:00", "date_modified": "2024-02-03T05:05:06Z",
        "authors": [{"name": "Ann"}], "tags": ["one", "two", "one", ""],
        "attachments": [{"url": "a.mp3", "mime_type": "audio/mpeg", "title": "Audio",
                         "size_in_bytes": 12, "duration_in_seconds": 90.5}]})");
    EXPECT_EQ(one.id, "tag:1");
    EXPECT_EQ(one.url, "https://example.org/1");
    EXPECT_EQ(one.title.value, "A < B");
    EXPECT_EQ(one.content.kind, Text::Kind::html);
    EXPECT_EQ(one.content.value, "<p>Hello</p>");
    EXPECT_EQ(one.content.base, kHints.base);
    EXPECT_EQ(one.summary.value, "Short");
    EXPECT_EQ(one.image_url, "https://example.org/i.png");
    EXPECT_EQ(one.language, "de");
    EXPECT_EQ(one.published, parse_utc("2024-02-03T03:05:06Z"));
    EXPECT_EQ(one.updated, parse_utc("2024-02-03T05:05:06Z"));
    EXPECT_THAT(one.authors, ElementsAre(Person{.name = "Ann", .email = "", .url = ""}));
    EXPECT_THAT(one.categories, ElementsAre(Category{.term = "one", .scheme = "", .label = ""},
                                            Category{.term = "two", .scheme = "", .label = ""}));
    EXPECT_THAT(one.enclosures, ElementsAre(Enclosure{.url = "https://example.org/a.mp3",
                                                      .type = "audio/mpeg",
                                                      .title = "Audio",
                                                      .length = 12,
                                                      .duration_seconds = 90.5}));
    ASSERT_EQ(one.links.size(), 2U);
    EXPECT_EQ(one.links[1].rel, "related");
}

TEST(JsonFeed, KnowsItsVersions) {
    const struct {
        std::string_view version;
        Format format;
    } rows[] = {
        {"https://jsonfeed.org/version/1", Format::jsonfeed10},
        {"https://jsonfeed.org/version/1.0", Format::jsonfeed10},
        {"http://jsonfeed.org/version/1/", Format::jsonfeed10},
        {"https://jsonfeed.org/version/1.1", Format::jsonfeed11},
        {"https://JSONFeed.org/version/2", Format::jsonfeed11},
    };
    for (const auto& row : rows) {
        const auto document =
            read(R"({"version": ")" + std::string(row.version) + R"(", "items": []})");
        ASSERT_TRUE(document.has_value()) << row.version;
        EXPECT_EQ(document->format, row.format) << row.version;
    }
}

TEST(JsonFeed, RefusesOtherJsonAndSaysSo) {
    for (const std::string_view text :
         {R"({"error": "not found", "items": []})", R"([])", R"({})", R"("text")", R"(7)",
          R"({"version": "1.1", "items": []})", R"({"version": 1, "items": []})",
          R"({"version": {"jsonfeed": 1}, "items": []})"}) {
        const auto document = read(text);
        ASSERT_FALSE(document.has_value()) << text;
        EXPECT_EQ(document.error().kind, ErrorKind::not_feed) << text;
        EXPECT_THAT(document.error().what, testing::HasSubstr("no JSON Feed")) << text;
    }
    for (const std::string_view text : {"", "{", "<rss/>", "{]", "{\"version\": json}"}) {
        const auto document = read(text);
        ASSERT_FALSE(document.has_value()) << text;
        EXPECT_EQ(document.error().kind, ErrorKind::not_feed) << text;
    }
}

TEST(JsonFeed, TakesTheAuthorOfVersionOneWhereThereIsNoList) {
    EXPECT_THAT(item(R"({"id": "1", "author": {"name": "Ann"}})").authors,
                ElementsAre(Person{.name = "Ann", .email = "", .url = ""}));
    EXPECT_THAT(item(R"({"id": "1", "author": {"name": "A"}, "authors": [{"name": "B"}]})").authors,
                ElementsAre(Person{.name = "B", .email = "", .url = ""}));
}

TEST(JsonFeed, SurvivesWrongTypes) {
    EXPECT_EQ(item(R"({"id": 7})").id, "7");
    EXPECT_EQ(item(R"({"id": 7.0})").id, "7");
    EXPECT_EQ(item(R"({"id": -1.5})").id, "-1.5");
    EXPECT_EQ(item(R"({"id": true, "title": ["a"], "url": {"href": "x"}, "tags": 5})").id, "");
    EXPECT_EQ(item(R"({"id": null, "content_html": null, "content_text": "x"})").content.value,
              "x");
    EXPECT_THAT(item(R"({"authors": {"name": "Ann"}})").authors,
                ElementsAre(Person{.name = "Ann", .email = "", .url = ""}));
    EXPECT_THAT(item(R"json({"authors": ["Ann", "b@c.example (Bob)", "", 5, null]})json").authors,
                ElementsAre(Person{.name = "Ann", .email = "", .url = ""},
                            Person{.name = "Bob", .email = "b@c.example", .url = ""}));
    EXPECT_THAT(item(R"({"author": "Ann"})").authors,
                ElementsAre(Person{.name = "Ann", .email = "", .url = ""}));
    EXPECT_EQ(item(R"({"tags": "one, two"})").categories.size(), 2U);
    EXPECT_EQ(item(R"({"tags": {"a": "one", "b": "two"}})").categories.size(), 2U);
    EXPECT_EQ(item(R"({"tags": [{"name": "one"}, {"term": "two"}, 2024]})").categories.size(), 3U);
    EXPECT_EQ(item(R"({"attachments": {"url": "a"}})").enclosures.size(), 1U);
    EXPECT_EQ(item(R"({"attachments": ["a.mp3"]})").enclosures.size(), 1U);
    EXPECT_EQ(
        item(R"({"attachments": [{"url": "a", "size_in_bytes": "12"}]})").enclosures[0].length,
        12U);
    EXPECT_EQ(item(R"({"attachments": [{"url": "a", "size_in_bytes": -1}]})").enclosures[0].length,
              std::nullopt);
    EXPECT_EQ(item(R"({"date_published": 1583834400})").published,
              parse_utc("2020-03-10T10:00:00Z"));
    EXPECT_EQ(item(R"({"date_published": 1583834400000})").published,
              parse_utc("2020-03-10T10:00:00Z"));
    EXPECT_EQ(item(R"({"date_published": "soon", "date_modified": []})").published, std::nullopt);
}

TEST(JsonFeed, TakesItemsFromAnObject) {
    const auto by_key = read(with_items(R"({"a": {"id": "1"}, "b": {"id": "2"}})"));
    ASSERT_TRUE(by_key.has_value());
    EXPECT_THAT(ids(*by_key), ElementsAre("1", "2"));
    const auto alone = read(with_items(R"({"id": "1", "title": "x"})"));
    ASSERT_TRUE(alone.has_value());
    EXPECT_THAT(ids(*alone), ElementsAre("1"));
    const auto mixed = read(with_items(R"([null, "x", 5, {"id": "1"}, []])"));
    ASSERT_TRUE(mixed.has_value());
    EXPECT_THAT(ids(*mixed), ElementsAre("1"));
}

TEST(JsonFeed, FindsTheUrlOfAnItem) {
    EXPECT_EQ(item(R"({"url": " /a b "})").url, "https://example.org/a%20b");
    EXPECT_EQ(item(R"({"external_url": "https://x.example/"})").url, "https://x.example/");
    EXPECT_EQ(item(R"({"id": "https://x.example/1"})").url, "https://x.example/1");
    EXPECT_EQ(item(R"({"id": "urn:uuid:1"})").url, "");
    EXPECT_EQ(item(R"({"banner_image": "b.png"})").image_url, "https://example.org/b.png");
}

TEST(JsonFeed, InheritsTheLanguage) {
    const auto document = read(R"({"version": "https://jsonfeed.org/version/1", "language": "de",
                 "items": [{"id": "1"}, {"id": "2", "language": "fr"}]})");
    ASSERT_TRUE(document.has_value());
    EXPECT_EQ(document->items[0].language, "de");
    EXPECT_EQ(document->items[1].language, "fr");
    EXPECT_EQ(item(R"({"id": "1"})").language, "sv") << "from the header";
}

TEST(JsonFeed, KeepsCompleteItemsOfADocumentThatWasCutShort) {
    const std::string whole =
        with_items(R"([{"id": "1", "tags": ["x"]}, {"id": "2"}, {"id": "3", "title": "cut}"}])");
    for (std::size_t size = whole.find("\"3\""); size < whole.size() - 3; ++size) {
        const auto document = read(std::string_view(whole).substr(0, size));
        ASSERT_TRUE(document.has_value()) << size;
        EXPECT_TRUE(document->recovered);
        EXPECT_TRUE(document->cut_short) << size;
        EXPECT_EQ(document->items.size(), 2U) << size;
    }
    const auto later = read(
        R"({"items": [{"id": "1"}], "version": "https://jsonfeed.org/version/1", "title": "x)");
    ASSERT_TRUE(later.has_value());
    EXPECT_THAT(ids(*later), ElementsAre("1"));
}

TEST(JsonFeed, MendsWhatIsNearlyJson) {
    const struct {
        std::string_view name;
        std::string items;
        std::string_view title;
    } rows[] = {
        {"line break in a string", "[{\"title\": \"a\nb\"}]", "a\nb"},
        {"control character",
         "[{\"title\": \"a\x01"
         "b\"}]",
         "a b"},
        {"comma too many", R"([{"title": "ab",},])", "ab"},
        {"unknown escape", R"([{"title": "it\'s"}])", "it's"},
        {"half a surrogate pair", R"([{"title": "a\ud83db"}])",
         "a\xEF\xBF\xBD"
         "b"},
        {"low surrogate alone", R"([{"title": "a\ude00b"}])",
         "a\xEF\xBF\xBD"
         "b"},
        {"bad unicode escape", R"([{"title": "a\u00zzb"}])", "au00zzb"},
        {"comma missing", R"([{"id": "1" "title": "ab"}])", "ab"},
        {"comma missing after a list", "[{\"tags\": [\"x\"]\n\"title\": \"ab\"}]", "ab"},
        {"comma twice", R"([,{"id": "1",, "title": "ab"}])", "ab"},
        {"colon missing", R"([{"title" "ab"}])", "ab"},
        {"quotation marks within", R"([{"title": "the "big" one"}])", "the \"big\" one"},
        {"quotation mark missing", "[{\"id\": \"1,\n\"title\": \"ab\"}]", "ab"},
        {"brace missing before", R"(["id": "1", "title": "ab"}])", "ab"},
        {"brace missing after", R"([{"id": "1", "title": "ab"])", "ab"},
        {"bracket missing", R"([{"tags": ["x", "title": "ab"}])", "ab"},
        {"bracket too many", R"([{"title": "ab", "tags": "x"]}])", "ab"},
        {"a key's end missing", R"([{"id:"1", "title": "ab"}])", "ab"},
        {"a colon within a key", R"([{"x:": "1", "title": "ab",}])", "ab"},
        {"a key's end missing before a list", R"([{"tags:["x"], "title:"ab"}])", "ab"},
        {"single quotes", "[{'title': 'it's'}]", "it's"},
        {"names without quotes", R"([{id: 1, title: "ab"}])", "ab"},
        {"values of other languages", R"([{"id": None, "x": undefined, "title": "ab"}])", "ab"},
        {"numbers that are none", R"([{"id": 01, "x": .5, "title": "ab"}])", "ab"},
        {"number that no double holds", R"([{"x": 1e400, "y": [-1e999], "title": "ab"}])", "ab"},
        {"number of too many digits", "[{\"x\": " + std::string(400, '9') + ", \"title\": \"ab\"}]",
         "ab"},
        {"comments", "[{/* \" */ \"title\": // \"\n \"ab\",}]", "ab"},
    };
    for (const auto& row : rows) {
        const auto document = read(with_items(row.items));
        ASSERT_TRUE(document.has_value()) << row.name;
        EXPECT_TRUE(document->recovered) << row.name;
        ASSERT_EQ(document->items.size(), 1U) << row.name;
        EXPECT_EQ(document->items[0].title.value, row.title) << row.name;
    }
}

TEST(JsonFeed, ABraceTooFewOrTooManyCostsNoItem) {
    for (const std::string_view items :
         {R"([{"id": "1"}, {"id": "2", {"id": "3"}])",
          R"([{"id": "1"}}, {"id": "2"}, {"id": "3"}])",
          R"([{"id": "1"}, "id": "2"}, {"id": "3"}])",
          R"([{"id": "1", "tags": ["a"]], "title": "x"}, {"id": "2"},
                                             {"id": "3", "tags": ["a"]]}])",
          R"([{"id": "1", "tags": ["a"]]}, {"id": "2"}, {"id": "3"}])",
          R"([{"id": "1", "attachments": [{"url": "u"]}, {"id": "2"}, {"id": "3"}])",
          R"([{"id": "1", "authors": [{"name": "u"], "x": 1}, {"id": "2"}, {"id": "3"}])",
          R"([{"id": "1", "tags": "a", "b"], "x": 1}, {"id": "2"},
                                             {"id": "3"}])",
          R"([{"id": "1", "tags": "a", "b"]}, {"id": "2"}, {"id": "3"}])",
          R"([{"id": "1", "title": "x},{"id": "2"}, {"id": "3"}])",
          R"([{"id": "1", "title": "x
                                             }, {
                                                 "id": "2", "title": "y}, {"title": "z", "id": "3"}])"}) {
        const auto document = read(with_items(std::string(items)));
        ASSERT_TRUE(document.has_value()) << items;
        EXPECT_THAT(ids(*document), ElementsAre("1", "2", "3")) << items;
    }
}

TEST(JsonFeed, MembersOfTheFeedBehindABraceTooFewAreTheFeeds) {
    const auto document = read(
        R"({"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1"}, {"id": "2"],
            "description": "about"})");
    ASSERT_TRUE(document.has_value());
    EXPECT_THAT(ids(*document), ElementsAre("1", "2"));
    EXPECT_EQ(document->feed.description.value, "about");
}

TEST(JsonFeed, TheFirstKeyMayHaveLostAQuote) {
    for (const std::string_view lost : {"{version\":", "{version:", "{\"version\" "}) {
        const auto document = read(std::string(lost) + R"( "https://jsonfeed.org/version/1.1",
            "items": [{"id": "1"}, {"id": "2"}]})");
        ASSERT_TRUE(document.has_value()) << lost;
        EXPECT_THAT(ids(*document), ElementsAre("1", "2")) << lost;
    }
}

TEST(JsonFeed, DamageToAListWithinAnItemCostsNoItem) {
    for (const std::string_view tags :
         {R"(["x", "y)", R"(["x", y"])", R"(["x", "y"][)", R"(["x", "y")", R"([/*"x", "y"])"}) {
        const auto document = read(with_items("[{\"id\": \"1\", \"tags\": " + std::string(tags) +
                                              "\n},\n{\"id\": \"2\", \"title\": \"b\"}]"));
        ASSERT_TRUE(document.has_value()) << tags;
        EXPECT_THAT(ids(*document), ElementsAre("1", "2")) << tags;
    }
}

TEST(JsonFeed, AStringThatRunsIntoTheNextItemEndsWithItsOwn) {
    const auto document =
        read(with_items(R"([{"id": "1", "title": "a}, {"id": "2", "title": "b"}])"));
    ASSERT_TRUE(document.has_value());
    ASSERT_THAT(ids(*document), ElementsAre("1", "2"));
    EXPECT_EQ(document->items[0].title.value, "a");
    EXPECT_EQ(document->items[1].title.value, "b");
    const auto shown =
        read(with_items(R"([{"id": "1", "title": "[{\"id\":1},{\"id\":2}]"}, {"id": "2"},])"));
    ASSERT_TRUE(shown.has_value());
    EXPECT_THAT(ids(*shown), ElementsAre("1", "2"));
}

TEST(JsonFeed, StaysLinearWhateverIsRepeated) {
    for (const std::string_view piece :
         {"{",       "[",  "}",      "]",     "\"",         "\"\n", "'",      ",",
          ":",       "\n", "/*",     "//",    "a ",         "\\u",  "\" ,\"", "{'a':",
          "\"a\":[", "}]", "\"a\" ", "},{\"", "},{\"id\":", "]],"}) {
        std::string text = "{\"version\": \"jsonfeed.org/version/1\", ";
        for (int i = 0; i < 200'000; ++i)
            text += piece;
        const auto start = std::chrono::steady_clock::now();
        (void)read(text);
        EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds{10}) << piece;
    }
}

TEST(JsonFeed, MayBeInsideOfOtherJson) {
    const std::string document = with_items(R"([{"id": "1"}])");
    for (const std::string& text :
         {"[" + document + "]", "{\"data\": {\"feed\": " + document + "}}"}) {
        const auto read_document = read(text);
        ASSERT_TRUE(read_document.has_value()) << text;
        EXPECT_THAT(ids(*read_document), ElementsAre("1")) << text;
    }
}

TEST(JsonFeed, MayHaveLostItsVersion) {
    const auto document = read(R"({"items": [{"id": "1", "content_text": "x"}]})");
    ASSERT_TRUE(document.has_value());
    EXPECT_THAT(ids(*document), ElementsAre("1"));
    EXPECT_FALSE(read(R"({"items": [{"id": "1", "name": "x"}]})").has_value());
}

TEST(JsonFeed, DropsTextAroundTheDocument) {
    const std::string document = with_items(R"([{"id": "1"}])");
    for (const std::string& text :
         {"<br />\nWarning: x\n" + document, "Notice: {x} in {} or {\"x\"}\n" + document,
          document + "\n<!-- cached -->", document + document}) {
        const auto read_document = read(text);
        ASSERT_TRUE(read_document.has_value()) << text;
        EXPECT_TRUE(read_document->recovered);
        EXPECT_EQ(read_document->items.size(), 1U);
    }
}

TEST(JsonFeed, TakesNulAndControlCharactersOutOfTexts) {
    EXPECT_EQ(item(R"({"title": "a\u0000b\u0008c\u007f"})").title.value, "abc");
}

TEST(JsonFeed, RefusesDeepNesting) {
    const std::string deep(1'000'000, '[');
    const auto document = read(with_items(deep));
    ASSERT_FALSE(document.has_value());
    EXPECT_EQ(document.error().kind, ErrorKind::refused);
    std::string brackets_in_text = R"([{"id": "1", "title": ")" + deep + R"("}])";
    EXPECT_TRUE(read(with_items(brackets_in_text)).has_value());
}

TEST(JsonFeed, LeavesOutItemsOverTheLimit) {
    const auto document = parse_json_feed(with_items(R"([{"id": "1"}, {"id": "2"}])"), kHints,
                                          ParseLimits{.max_items = 1});
    ASSERT_TRUE(document.has_value());
    EXPECT_TRUE(document->truncated);
    EXPECT_THAT(ids(*document), ElementsAre("1"));
}

TEST(JsonFeed, AcceptsAFeedWithoutItems) {
    const auto document = read(R"({"version": "https://jsonfeed.org/version/1.1", "title": "x"})");
    ASSERT_TRUE(document.has_value());
    EXPECT_THAT(document->items, IsEmpty());
}

}  // namespace
}  // namespace feedd
