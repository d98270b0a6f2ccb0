#include <gtest/gtest.h>

#include "parse/feed_of.h"

namespace feedd::test {
namespace {

constexpr std::string_view kFull = R"(<?xml version="1.0"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
     xmlns:atom="http://www.w3.org/2005/Atom">
<channel>
  <title>News &amp; views</title>
  <link>https://example.org/</link>
  <atom:link rel="self" href="https://example.org/rss" type="application/rss+xml"/>
  <atom:link rel="hub" href="https://hub.example/"/>
  <description>&lt;b&gt;All&lt;/b&gt; of it</description>
  <language>en_GB</language>
  <copyright>(c) 2024</copyright>
  <managingEditor>ed@example.org (Ed Itor)</managingEditor>
  <webMaster>web@example.org (Web Master)</webMaster>
  <pubDate>Mon, 01 Jan 2024 10:00:00 GMT</pubDate>
  <lastBuildDate>Mon, 01 Jan 2024 11:00:00 GMT</lastBuildDate>
  <category domain="urn:x">World</category>
  <generator>Gen 1.0</generator>
  <ttl>60</ttl>
  <skipHours><hour>0</hour><hour>23</hour></skipHours>
  <skipDays><day>Saturday</day><day>Sunday</day></skipDays>
  <image><url>/logo.png</url><title>Logo</title><link>https://logo.example/</link></image>
  <textInput><title>Search</title><description>Search us</description><name>q</name>
    <link>https://search.example/</link></textInput>
  <item>
    <title>First</title>
    <link>/1</link>
    <guid isPermaLink="false">id-1</guid>
    <description>Short</description>
    <content:encoded><![CDATA[<p>Long <a href="more">text</a></p>]]></content:encoded>
    <author>ann@example.org (Ann)</author>
    <category>One</category><category>Two</category><category>One</category>
    <comments>/1#comments</comments>
    <enclosure url="/a.mp3" length="12" type="audio/mpeg"/>
    <pubDate>Mon, 01 Jan 2024 12:00:00 +0100</pubDate>
    <source url="https://other.example/rss">Other</source>
  </item>
</channel>
</rss>)";

TEST(RssFormat, ReadsEveryElementOfAChannel) {
    const FeedMeta feed = feed_of(kFull, "https://example.org/rss").feed;
    EXPECT_EQ(feed.title.value, "News & views");
    EXPECT_EQ(feed.title.kind, Text::Kind::plain);
    EXPECT_EQ(feed.home_page_url, "https://example.org/");
    EXPECT_EQ(feed.feed_url, "https://example.org/rss");
    EXPECT_EQ(feed.hub_urls, std::vector<std::string>{"https://hub.example/"});
    EXPECT_EQ(feed.description.value, "<b>All</b> of it");
    EXPECT_EQ(feed.description.kind, Text::Kind::html);
    EXPECT_EQ(feed.language, "en-GB");
    EXPECT_EQ(feed.rights.value, "(c) 2024");
    EXPECT_EQ(feed.authors, (std::vector<Person>{{"Ed Itor", "ed@example.org", ""}}));
    ASSERT_TRUE(feed.publisher);
    EXPECT_EQ(*feed.publisher, (Person{"Web Master", "web@example.org", ""}));
    EXPECT_EQ(utc(feed.published), "2024-01-01T10:00:00Z");
    EXPECT_EQ(utc(feed.updated), "2024-01-01T11:00:00Z");
    EXPECT_EQ(feed.categories, (std::vector<Category>{{"World", "urn:x", ""}}));
    ASSERT_TRUE(feed.generator);
    EXPECT_EQ(feed.generator->name, "Gen 1.0");
    EXPECT_EQ(feed.image_url, "https://example.org/logo.png");
    EXPECT_EQ(feed.links.size(), 3U);
}

TEST(RssFormat, KeepsWhatAChannelAsksOfItsReaders) {
    const FeedHints hints = feed_of(kFull).feed.hints;
    EXPECT_EQ(hints.ttl_minutes, 60);
    EXPECT_EQ(hints.skip_hours, (1U << 0U) | (1U << 23U));
    EXPECT_EQ(hints.skip_days, (1U << 0U) | (1U << 6U));
}

FeedHints hints_of(std::string_view elements) {
    return feed_of("<rss version=\"2.0\"><channel><title>t</title>" + std::string(elements) +
                   "</channel></rss>")
        .feed.hints;
}

TEST(RssFormat, ReadsATtlThatIsNoWholeNumber) {
    const std::pair<std::string_view, std::optional<std::int64_t>> cases[] = {
        {"120", 120},  {"120.0", 120}, {" 120.00 ", 120}, {"119.5", 120},
        {"120.", 120}, {"0.5", 1},     {"0", 0},          {"1.5.5", {}},
        {".5", {}},    {"-1", {}},     {"two", {}},       {"", {}},
        {"1e3", {}},   {"60 min", {}}, {"1.x", {}},       {"99999999999", {}}};
    for (const auto& [written, minutes] : cases)
        EXPECT_EQ(hints_of("<ttl>" + std::string(written) + "</ttl>").ttl_minutes, minutes)
            << written;
}

TEST(RssFormat, ReadsHoursAsBothVersionsCountThem) {
    const auto hours = [](std::initializer_list<std::string_view> written) {
        std::string text = "<skipHours>";
        for (const std::string_view hour : written)
            text += "<hour>" + std::string(hour) + "</hour>";
        return hints_of(text + "</skipHours>").skip_hours;
    };
    EXPECT_EQ(hours({"0", "23"}), 1U | 1U << 23U);
    EXPECT_EQ(hours({"24", " 7 ", "08"}), 1U | 1U << 7U | 1U << 8U) << "24 is midnight";
    EXPECT_EQ(hours({"25", "-1", "noon", "", "1.5", "4294967296"}), 0U);
    EXPECT_EQ(hours({"1",  "2",  "3",  "4",  "5",  "6",  "7",  "8",  "9",  "10", "11", "12",
                     "13", "14", "15", "16", "17", "18", "19", "20", "21", "22", "23", "24"}),
              0xFFFFFFU);
}

TEST(RssFormat, ReadsEveryElementOfAnItem) {
    const Document document = feed_of(kFull, "https://example.org/rss");
    EXPECT_EQ(document.format, Format::rss20);
    const Item item = only_item(document);
    EXPECT_EQ(item.title.value, "First");
    EXPECT_EQ(item.url, "https://example.org/1");
    EXPECT_EQ(item.id, "id-1");
    EXPECT_EQ(item.id_is_permalink, false);
    EXPECT_EQ(item.summary.value, "Short");
    EXPECT_EQ(item.content.value, "<p>Long <a href=\"more\">text</a></p>");
    EXPECT_EQ(item.content.base, "https://example.org/rss");
    EXPECT_EQ(item.language, "en-GB");
    EXPECT_EQ(item.authors, (std::vector<Person>{{"Ann", "ann@example.org", ""}}));
    EXPECT_EQ(item.categories, (std::vector<Category>{{"One", "", ""}, {"Two", "", ""}}));
    EXPECT_EQ(item.comments_url, "https://example.org/1#comments");
    EXPECT_EQ(utc(item.published), "2024-01-01T11:00:00Z");
    ASSERT_EQ(item.enclosures.size(), 1U);
    EXPECT_EQ(item.enclosures[0].url, "https://example.org/a.mp3");
    EXPECT_EQ(item.enclosures[0].length, 12U);
    ASSERT_EQ(item.source.size(), 1U);
    EXPECT_EQ(item.source[0].title.value, "Other");
    EXPECT_EQ(item.source[0].feed_url, "https://other.example/rss");
}

TEST(RssFormat, TellsTheVersions) {
    struct Case {
        std::string_view version;
        Format format;
    };
    const Case cases[] = {
        {"0.91", Format::rss091}, {"0.92", Format::rss092}, {"0.93", Format::rss093},
        {"0.94", Format::rss094}, {"2.0", Format::rss20},   {"2.0.1", Format::rss20},
        {"2", Format::rss20},     {"", Format::rss},        {"3.0", Format::rss},
    };
    for (const Case& c : cases) {
        const std::string xml = "<rss version=\"" + std::string(c.version) + "\"><channel/></rss>";
        EXPECT_EQ(feed_of(xml).format, c.format) << c.version;
    }
}

TEST(RssFormat, MatchesElementNamesWithoutRegardToCase) {
    const Document document = feed_of(
        "<RSS><Channel><TITLE>T</TITLE><Item><PUBDATE>2024-01-01</PUBDATE></Item></Channel></RSS>");
    EXPECT_EQ(document.feed.title.value, "T");
    EXPECT_EQ(utc(only_item(document).published), "2024-01-01T00:00:00Z");
}

TEST(RssFormat, RssLinkWinsOverAtomLinkAndPermalink) {
    EXPECT_EQ(rss_item("<guid>https://e.org/guid</guid><atom:link href='https://e.org/atom'/>"
                       "<link>https://e.org/rss</link>")
                  .url,
              "https://e.org/rss");
    EXPECT_EQ(rss_item("<guid>https://e.org/guid</guid><atom:link href='https://e.org/atom'/>").url,
              "https://e.org/atom");
    EXPECT_EQ(rss_item("<guid>https://e.org/guid</guid>").url, "https://e.org/guid");
}

TEST(RssFormat, OnlyAGuidThatIsAnAddressIsALink) {
    EXPECT_EQ(rss_item("<guid>abc</guid>").url, "");
    EXPECT_EQ(rss_item("<guid isPermaLink='false'>https://e.org/1</guid>").url, "");
    EXPECT_EQ(rss_item("<guid isPermaLink='FALSE'>https://e.org/1</guid>").id, "https://e.org/1");
    const std::string relative = rss("<item><guid isPermaLink='true'>/1</guid></item>");
    EXPECT_EQ(only_item(feed_of(relative, "https://e.org/feed")).url, "https://e.org/1");
}

TEST(RssFormat, TrimsAndEncodesPaddedUrls) {
    const Item item = rss_item("<link>\n  https://e.org/a b\n </link>");
    EXPECT_EQ(item.url, "https://e.org/a%20b");
}

TEST(RssFormat, AmpersandsOfUrlsMayBeEscapedTwice) {
    for (const std::string_view written :
         {"https://e.org/?a=1&amp;b=2", "https://e.org/?a=1&amp;amp;b=2",
          "https://e.org/?a=1&amp;amp;amp;b=2", "https://e.org/?a=1&amp;#38;b=2",
          "<![CDATA[https://e.org/?a=1&b=2]]>", "<![CDATA[https://e.org/?a=1&amp;b=2]]>"}) {
        const std::string inside(written);
        EXPECT_EQ(rss_item("<link>" + inside + "</link>").url, "https://e.org/?a=1&b=2") << inside;
        EXPECT_EQ(rss_item("<guid>" + inside + "</guid>").url, "https://e.org/?a=1&b=2") << inside;
        EXPECT_EQ(rss_item("<comments>" + inside + "</comments>").comments_url,
                  "https://e.org/?a=1&b=2")
            << inside;
    }
}

TEST(RssFormat, NamesAndCategoriesMayBeEscapedTwice) {
    const Item item = rss_item(
        "<dc:creator><![CDATA[Ann &amp; B]]></dc:creator><category>R&amp;amp;D</category>"
        "<category><![CDATA[AT&T "
        "&copy]]></category><dc:subject><![CDATA[caf&eacute;]]></dc:subject>");
    ASSERT_EQ(item.authors.size(), 1U);
    EXPECT_EQ(item.authors[0].name, "Ann & B");
    EXPECT_EQ(item.categories,
              (std::vector<Category>{{"R&D", "", ""}, {"AT&T &copy", "", ""}, {"café", "", ""}}));
}

TEST(RssFormat, UrlsThatRunCodeAreNone) {
    const Item item = rss_item(
        "<link>javascript:alert(1)</link><comments> JavaScript:x</comments>"
        "<enclosure url='data:text/html,x' type='text/html'/>"
        "<image><url>vbscript:x</url></image>");
    EXPECT_EQ(item.url, "");
    EXPECT_TRUE(item.links.empty());
    EXPECT_EQ(item.comments_url, "");
    EXPECT_TRUE(item.enclosures.empty());
    EXPECT_EQ(item.image_url, "");
    EXPECT_EQ(feed_of(rss("<image><url>data:image/png;base64,AA</url></image>")).feed.image_url,
              "data:image/png;base64,AA");
}

TEST(RssFormat, SpacesThatAreNotSeenAreNoPartOfAUrl) {
    EXPECT_EQ(rss_item("<link>&#160;https://e.org/\u00a0\u200b</link>").url, "https://e.org/");
    EXPECT_EQ(rss_item("<guid>https://e.org/1&#160;</guid>").url, "https://e.org/1");
}

TEST(RssFormat, TitleIsMarkupOnlyIfItLooksSo) {
    EXPECT_EQ(rss_item("<title>1 &lt; 2 &amp; 3</title>").title.kind, Text::Kind::plain);
    EXPECT_EQ(rss_item("<title>a &lt;b&gt;c&lt;/b&gt;</title>").title.kind, Text::Kind::html);
    EXPECT_EQ(rss_item("<title>AT&amp;amp;T</title>").title.kind, Text::Kind::html);
}

TEST(RssFormat, KeepsMarkupThatWasNotEscaped) {
    const Text text =
        rss_item("<description><p>a &lt; b<br/>c</p><img src='i.png'/></description>").summary;
    EXPECT_EQ(text.kind, Text::Kind::html);
    EXPECT_EQ(text.value, "<p>a &lt; b<br>c</p><img src=\"i.png\">");
}

TEST(RssFormat, YearOneIsNoDate) {
    EXPECT_FALSE(rss_item("<pubDate>Mon, 01 Jan 0001 00:00:00 +0000</pubDate>").published);
    EXPECT_FALSE(rss_item("<pubDate>0001-01-01T00:00:00+02:00</pubDate>").published);
}

TEST(RssFormat, UnreadableValuesCostOnlyThemselves) {
    const Item item = rss_item(
        "<title>T</title><pubDate>yesterday</pubDate>"
        "<enclosure url='https://e.org/a' length='big' type='audio/mpeg'/>");
    EXPECT_EQ(item.title.value, "T");
    EXPECT_FALSE(item.published);
    ASSERT_EQ(item.enclosures.size(), 1U);
    EXPECT_FALSE(item.enclosures[0].length);
}

TEST(RssFormat, ReadsBareAtomNamesWhereTheIntentIsPlain) {
    const Item item = rss_item(
        "<updated>2024-02-03T00:00:00Z</updated><summary>S</summary><id>i</id>"
        "<link href='https://e.org/1'/>");
    EXPECT_EQ(utc(item.updated), "2024-02-03T00:00:00Z");
    EXPECT_EQ(item.summary.value, "S");
    EXPECT_EQ(item.id, "i");
    EXPECT_EQ(item.url, "https://e.org/1");
}

TEST(RssFormat, ContentThatRepeatsTheSummaryIsLeftOut) {
    const Item item =
        rss_item("<description>same</description><content:encoded>same</content:encoded>");
    EXPECT_EQ(item.summary.value, "same");
    EXPECT_TRUE(item.content.empty());
}

TEST(RssFormat, ReadsAChannelWithoutItems) {
    const Document document = feed_of(rss("<title>T</title>"));
    EXPECT_EQ(document.feed.title.value, "T");
    EXPECT_TRUE(document.items.empty());
}

TEST(RssFormat, FollowsAFeedThatOnlySaysWhereItWent) {
    const std::string_view xml =
        "<rss><redirect><newLocation>https://e.org/new</newLocation></redirect></rss>";
    EXPECT_EQ(feed_of(xml).feed.new_feed_url, "https://e.org/new");
}

}  // namespace
}  // namespace feedd::test
