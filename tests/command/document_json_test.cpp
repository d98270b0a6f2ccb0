#include "command/document_json.h"

#include <gtest/gtest.h>

namespace feedd {
namespace {

using Json = nlohmann::ordered_json;

Document document_with(Item item) {
    Document document{.format = Format::rss20, .encoding = "utf-8"};
    document.items.push_back(std::move(item));
    return document;
}

Json item_json(Item item) {
    return to_json(document_with(std::move(item)))["items"][0];
}

Text html(std::string value) {
    return {.kind = Text::Kind::html, .value = std::move(value)};
}

TEST(DocumentJson, AnEmptyDocumentHasOnlyWhatIsAlwaysThere) {
    EXPECT_EQ(to_json({.format = Format::atom10, .encoding = "utf-8"}).dump(),
              R"({"format":"atom10","encoding":"utf-8","recovered":false,"feed":{},"items":[]})");
}

TEST(DocumentJson, AnItemThatSaysNothingStillCounts) {
    EXPECT_EQ(item_json({}).dump(), "{}");
}

TEST(DocumentJson, ATitleHasHtmlOnlyIfItHasMarkup) {
    Item item;
    item.title = html("AT&amp;T");
    EXPECT_EQ(item_json(item).dump(), R"({"title":"AT&T"})");
    item.title = html("a <em>b</em>");
    EXPECT_EQ(item_json(item).dump(), R"({"title":"a b","title_html":"a <em>b</em>"})");
}

TEST(DocumentJson, WordsAreInNormalizationFormCAndAddressesAsWritten) {
    Item item;
    item.id = "e\u0301";
    item.url = "https://e.org/e\u0301";
    item.title = {.kind = Text::Kind::plain, .value = "e\u0301"};
    item.content = html("<b>e\u0301</b>\u0338");
    item.authors = {{.name = "Ame\u0301lie"}};
    const Json json = item_json(item);
    EXPECT_EQ(json["id"], "e\u0301");
    EXPECT_EQ(json["url"], "https://e.org/e\u0301");
    EXPECT_EQ(json["title"], "é");
    EXPECT_EQ(json["content_html"], "<b>é</b>&#824;");
    EXPECT_EQ(json["authors"][0]["name"], "Amélie");
}

TEST(DocumentJson, ASummaryAlwaysHasHtml) {
    Item item;
    item.summary = {.kind = Text::Kind::plain, .value = "1 < 2"};
    EXPECT_EQ(item_json(item).dump(), R"({"summary":"1 < 2","summary_html":"1 &lt; 2"})");
}

TEST(DocumentJson, APictureAloneIsContentWithoutText) {
    Item item;
    item.content = html("<img src=\"https://e.org/i.png\">");
    const Json json = item_json(item);
    EXPECT_FALSE(json.contains("content_text"));
    EXPECT_TRUE(json.contains("content_html"));
}

TEST(DocumentJson, TimesAreUtcAndSecondsWholeWhereTheyAre) {
    Item item;
    item.published = Time(Seconds(1));
    item.enclosures = {{.url = "u:1", .duration_seconds = 90.0},
                       {.url = "u:2", .duration_seconds = 0.5}};
    const Json json = item_json(item);
    EXPECT_EQ(json["published"], "1970-01-01T00:00:01Z");
    EXPECT_EQ(json["enclosures"].dump(),
              R"([{"url":"u:1","duration_seconds":90},{"url":"u:2","duration_seconds":0.5}])");
}

TEST(DocumentJson, PlacesAreGeoJson) {
    Item item;
    item.geo = Geometry{.kind = Geometry::Kind::point,
                        .positions = {{.longitude = 2, .latitude = 1, .altitude = 3}}};
    EXPECT_EQ(item_json(item)["geo"].dump(), R"({"type":"Point","coordinates":[2.0,1.0,3.0]})");
    item.geo =
        Geometry{.kind = Geometry::Kind::polygon, .positions = {{2, 1}, {3, 1}, {3, 2}, {2, 1}}};
    EXPECT_EQ(item_json(item)["geo"]["coordinates"].size(), 1U);
}

TEST(DocumentJson, EmptyMembersOfListsAreLeftOut) {
    Item item;
    item.authors = {{}, {.name = "Ann"}};
    EXPECT_EQ(item_json(item).dump(), R"({"authors":[{"name":"Ann"}]})");
}

TEST(DocumentJson, TellsWhatWasRepairedCutOrLeftOut) {
    Document document{.format = Format::rss20, .encoding = "utf-8", .recovered = true};
    document.cut_short = true;
    document.truncated = true;
    const Json json = to_json(document);
    EXPECT_EQ(json["recovered"], true);
    EXPECT_EQ(json["cut_short"], true);
    EXPECT_EQ(json["truncated"], true);
}

TEST(DocumentJson, SaysWhatAFeedAsksOfItsReaders) {
    Document document{.format = Format::rss20, .encoding = "utf-8"};
    document.feed.hints.ttl_minutes = 5;
    document.feed.hints.skip_hours = 1U << 3U;
    document.feed.hints.skip_days = 1U << 1U;
    const Json feed = to_json(document)["feed"];
    EXPECT_EQ(feed["ttl_minutes"], 5);
    EXPECT_EQ(feed["hints"].dump(), R"({"skip_hours":[3],"skip_days":["Monday"]})");
}

}  // namespace
}  // namespace feedd
