#include <gtest/gtest.h>

#include "parse/feed_of.h"

namespace feedd::test {
namespace {

TEST(DublinCore, FillsWhatTheFormatLeavesOut) {
    const Item item = rss_item(
        "<dc:title>T</dc:title><dc:description>D</dc:description><dc:creator>A</dc:creator>"
        "<dc:creator>B</dc:creator><dc:publisher>P</dc:publisher><dc:rights>R</dc:rights>"
        "<dc:language>fr</dc:language><dcterms:issued>2024-01-01</dcterms:issued>"
        "<dcterms:modified>2024-01-02</dcterms:modified>"
        "<dcterms:created>2023-12-31</dcterms:created>");
    EXPECT_EQ(item.title.value, "T");
    EXPECT_EQ(item.summary.value, "D");
    EXPECT_EQ(item.authors.size(), 2U);
    EXPECT_EQ(item.publisher->name, "P");
    EXPECT_EQ(item.rights.value, "R");
    EXPECT_EQ(item.language, "fr");
    EXPECT_EQ(utc(item.published), "2024-01-01T00:00:00Z");
    EXPECT_EQ(utc(item.updated), "2024-01-02T00:00:00Z");
    EXPECT_EQ(utc(item.created), "2023-12-31T00:00:00Z");
}

TEST(DublinCore, YieldsToTheFormatsOwnElements) {
    const Item item = rss_item("<dc:title>no</dc:title><title>yes</title>");
    EXPECT_EQ(item.title.value, "yes");
}

TEST(MediaRss, ReadsGroupsContentsAndWhatIsInThem) {
    const Item item = rss_item(
        "<media:group><media:content url='https://e.org/v.mp4' type='video/mp4' fileSize='9'"
        " duration='30'><media:title>clip</media:title></media:content>"
        "<media:thumbnail url='https://e.org/1.png' width='10' height='20'/>"
        "<media:thumbnail url='https://e.org/2.png'/>"
        "<media:credit role='author'>Ann</media:credit><media:rating>adult</media:rating>"
        "<media:player url='https://e.org/play'/><media:category label='L'>c</media:category>"
        "<media:license href='https://cc.example/'>CC</media:license></media:group>");
    ASSERT_EQ(item.enclosures.size(), 1U);
    EXPECT_EQ(item.enclosures[0], (Enclosure{.url = "https://e.org/v.mp4",
                                             .type = "video/mp4",
                                             .title = "clip",
                                             .length = 9,
                                             .duration_seconds = 30.0}));
    ASSERT_TRUE(item.media);
    ASSERT_EQ(item.media->thumbnails.size(), 2U);
    EXPECT_EQ(item.media->thumbnails[0].width, 10);
    EXPECT_EQ(item.image_url, "https://e.org/1.png");
    EXPECT_EQ(item.media->credits[0].role, "author");
    EXPECT_EQ(item.media->rating, "adult");
    EXPECT_EQ(item.media->player_url, "https://e.org/play");
    EXPECT_EQ(item.categories[0].scheme, "http://search.yahoo.com/mrss/category_schema");
    EXPECT_EQ(item.license_url, "https://cc.example/");
    EXPECT_EQ(item.title.value, "clip");
}

TEST(MediaRss, ACaptionIsTheSummaryOnlyWhereThereIsNoOther) {
    EXPECT_EQ(rss_item("<media:description>cap</media:description>").summary.value, "cap");
    const Item item = rss_item(
        "<media:content url='u:1'><media:description>cap</media:description></media:content>"
        "<content:encoded>article</content:encoded><description>real</description>");
    EXPECT_EQ(item.summary.value, "real");
    EXPECT_EQ(item.content.value, "article");
}

TEST(MediaRss, TheWidestPictureStandsInForAThumbnail) {
    const Item item = rss_item(
        "<media:content medium='image' url='https://e.org/s.png' width='10'/>"
        "<media:content type='image/png' url='https://e.org/l.png' width='90'/>");
    EXPECT_EQ(item.image_url, "https://e.org/l.png");
}

TEST(MediaRss, OneFileNamedTwiceIsOneEnclosure) {
    const Item item = rss_item(
        "<enclosure url='https://e.org/a.mp3' length='5'/>"
        "<media:content url='https://e.org/a.mp3' type='audio/mpeg' duration='7'/>");
    ASSERT_EQ(item.enclosures.size(), 1U);
    EXPECT_EQ(item.enclosures[0].length, 5U);
    EXPECT_EQ(item.enclosures[0].type, "audio/mpeg");
    EXPECT_EQ(item.enclosures[0].duration_seconds, 7.0);
}

TEST(Itunes, ReadsAPodcast) {
    const FeedMeta feed =
        feed_of(rss("<itunes:author>Ann</itunes:author><itunes:owner><itunes:name>O</itunes:name>"
                    "<itunes:email>o@e.org</itunes:email></itunes:owner>"
                    "<itunes:image href='https://e.org/i.png'/><itunes:type>serial</itunes:type>"
                    "<itunes:category text='A'><itunes:category text='B'/></itunes:category>"
                    "<itunes:keywords>c d, e</itunes:keywords><itunes:block>Yes</itunes:block>"
                    "<itunes:explicit>clean</itunes:explicit><itunes:subtitle>S</itunes:subtitle>"
                    "<itunes:summary>D</itunes:summary>"
                    "<itunes:new-feed-url>https://e.org/new</itunes:new-feed-url>"))
            .feed;
    EXPECT_EQ(feed.authors[0].name, "Ann");
    EXPECT_EQ(*feed.publisher, (Person{"O", "o@e.org", ""}));
    EXPECT_EQ(feed.image_url, "https://e.org/i.png");
    EXPECT_EQ(feed.description.value, "D");
    EXPECT_EQ(feed.new_feed_url, "https://e.org/new");
    const std::string scheme = "http://www.itunes.com/";
    EXPECT_EQ(feed.categories,
              (std::vector<Category>{
                  {"A", scheme, ""}, {"B", scheme, ""}, {"c d", "", ""}, {"e", "", ""}}));
    ASSERT_TRUE(feed.itunes);
    EXPECT_EQ(feed.itunes->block, true);
    EXPECT_EQ(feed.itunes->is_explicit, false);
    EXPECT_EQ(feed.itunes->type, "serial");
    EXPECT_EQ(feed.itunes->subtitle, "S");
}

TEST(Itunes, ReadsAnEpisode) {
    const Item item = rss_item(
        "<itunes:duration>1:02:03</itunes:duration><itunes:season>2</itunes:season>"
        "<itunes:episode>x</itunes:episode><itunes:episodeType>bonus</itunes:episodeType>"
        "<itunes:explicit>true</itunes:explicit>"
        "<itunes:keywords>machine learning</itunes:keywords>");
    EXPECT_EQ(item.categories, (std::vector<Category>{{"machine learning", "", ""}}));
    ASSERT_TRUE(item.itunes);
    EXPECT_EQ(item.itunes->duration_seconds, 3723.0);
    EXPECT_EQ(item.itunes->season, 2);
    EXPECT_FALSE(item.itunes->episode) << "an unreadable number is none";
    EXPECT_EQ(item.itunes->episode_type, "bonus");
    EXPECT_EQ(item.itunes->is_explicit, true);
    EXPECT_FALSE(item.itunes->block);
}

TEST(Podcasting20, ReadsPeopleTranscriptsAndOtherRenditions) {
    const Item item = rss_item(
        "<podcast:person href='https://ann.example/'>Ann</podcast:person>"
        "<podcast:person role='guest'>Bob</podcast:person><podcast:episode>4</podcast:episode>"
        "<podcast:transcript url='https://e.org/t.vtt' type='text/vtt'/>"
        "<podcast:alternateEnclosure type='audio/opus' length='3'>"
        "<podcast:source uri='ipfs://x'/><podcast:source uri='https://e.org/a.opus'/>"
        "</podcast:alternateEnclosure>",
        "xmlns:podcast='https://podcastindex.org/namespace/1.0'");
    EXPECT_EQ(item.authors, (std::vector<Person>{{"Ann", "", "https://ann.example/"}}));
    EXPECT_EQ(item.contributors, (std::vector<Person>{{"Bob", "", ""}}));
    EXPECT_EQ(item.itunes->episode, 4);
    ASSERT_EQ(item.links.size(), 1U);
    EXPECT_EQ(item.links[0].rel, "transcript");
    ASSERT_EQ(item.enclosures.size(), 1U);
    EXPECT_EQ(item.enclosures[0].url, "https://e.org/a.opus");
}

TEST(Geo, ReadsEveryShape) {
    using Kind = Geometry::Kind;
    const std::tuple<std::string_view, Kind, std::size_t> cases[] = {
        {"<georss:point>45.25 -71.5</georss:point>", Kind::point, 1},
        {"<georss:point>45.25,-71.5</georss:point>", Kind::point, 1},
        {"<georss:line>45.25 -71.5 1 2</georss:line>", Kind::line, 2},
        {"<georss:polygon>45.25 -71.5 1 2 3 4 45.25 -71.5</georss:polygon>", Kind::polygon, 4},
        {"<georss:box>45.25 -71.5 46 -70</georss:box>", Kind::polygon, 5},
        {"<georss:where><gml:Point><gml:pos>45.25 -71.5</gml:pos></gml:Point></georss:where>",
         Kind::point, 1},
        {"<geo:lat>45.25</geo:lat><geo:long>-71.5</geo:long>", Kind::point, 1},
        {"<geo:Point><geo:lat>45.25</geo:lat><geo:long>-71.5</geo:long></geo:Point>", Kind::point,
         1},
    };
    for (const auto& [xml, kind, count] : cases) {
        const Item item = rss_item(xml);
        ASSERT_TRUE(item.geo) << xml;
        EXPECT_EQ(item.geo->kind, kind) << xml;
        ASSERT_EQ(item.geo->positions.size(), count) << xml;
        EXPECT_EQ(item.geo->positions[0].latitude, 45.25) << xml;
        EXPECT_EQ(item.geo->positions[0].longitude, -71.5) << xml;
    }
}

TEST(Geo, RefusesWhatIsNoPlaceOnEarth) {
    for (const std::string_view xml : {
             "<georss:point/>",
             "<georss:point>45</georss:point>",
             "<georss:point>45 north</georss:point>",
             "<georss:point>95 10</georss:point>",
             "<georss:point>nan nan</georss:point>",
             "<georss:line>1 2</georss:line>",
             "<georss:polygon>1 2 3 4 5 6</georss:polygon>",
             "<georss:where><gml:Point srsName='EPSG:27700'><gml:pos>1 2</gml:pos></gml:Point>"
             "</georss:where>",
             "<geo:lat>45</geo:lat>",
         }) {
        EXPECT_FALSE(rss_item(xml).geo) << xml;
    }
}

TEST(Chapters, TheFirstListCounts) {
    const Item item = rss_item(
        "<psc:chapters><psc:chapter start='00:00:00' title='A'/><psc:chapter title='no start'/>"
        "<psc:chapter start='00:03:07.250' title='B' href='https://e.org/b'/></psc:chapters>"
        "<psc:chapters><psc:chapter start='0' title='no'/></psc:chapters>");
    ASSERT_EQ(item.chapters.size(), 2U);
    EXPECT_EQ(item.chapters[1].start_seconds, 187.25);
    EXPECT_EQ(item.chapters[1].url, "https://e.org/b");
}

TEST(Discussion, ReadsCountsAndTheFeedOfComments) {
    const Item item = rss_item(
        "<slash:comments>12</slash:comments><wfw:commentRss>https://e.org/c</wfw:commentRss>");
    EXPECT_EQ(item.comment_count, 12);
    EXPECT_EQ(item.comments_feed_url, "https://e.org/c");
}

TEST(Content, ReadsTheArticleAndWhereItReallyIs) {
    const Item item = rss_item(
        "<link>https://proxy.example/1</link>"
        "<feedburner:origLink>https://e.org/1</feedburner:origLink>"
        "<body xmlns='http://www.w3.org/1999/xhtml'><p>x</p></body>");
    EXPECT_EQ(item.url, "https://proxy.example/1");
    EXPECT_EQ(item.original_url, "https://e.org/1");
    EXPECT_EQ(item.content.value, "<p>x</p>");
}

}  // namespace
}  // namespace feedd::test
