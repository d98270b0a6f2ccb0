// RSS in RDF, and Microsoft's CDF.
#include <gtest/gtest.h>

#include "parse/feed_of.h"

namespace feedd::test {
namespace {

constexpr std::string_view kRdf = R"(<rdf:RDF
  xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
  xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"
  xmlns:cc="http://web.resource.org/cc/" xmlns:admin="http://webns.net/mvcb/">
  <channel rdf:about="https://e.org/feed">
    <title>T</title><link>https://e.org/</link><description>D</description>
    <dc:language>en</dc:language><dc:date>2024-01-01</dc:date>
    <sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>
    <image rdf:resource="https://e.org/i.png"/>
    <items><rdf:Seq><rdf:li rdf:resource="https://e.org/1"/></rdf:Seq></items>
    <cc:license rdf:resource="https://cc.example/by"/>
  </channel>
  <image rdf:about="https://e.org/i.png"><title>I</title><url>https://e.org/i.png</url></image>
  <item rdf:about="https://e.org/1">
    <title>One</title><dc:creator>Ann</dc:creator><dc:subject>S</dc:subject>
    <dc:date>2024-01-02T00:00:00Z</dc:date>
  </item>
  <textinput><title>no</title></textinput>
</rdf:RDF>)";

TEST(RdfFormat, ReadsChannelAndItemsSideBySide) {
    const Document document = feed_of(kRdf);
    EXPECT_EQ(document.format, Format::rss10);
    const FeedMeta& feed = document.feed;
    EXPECT_EQ(feed.id, "https://e.org/feed");
    EXPECT_EQ(feed.title.value, "T");
    EXPECT_EQ(feed.description.value, "D");
    EXPECT_EQ(feed.language, "en");
    EXPECT_EQ(utc(feed.published), "2024-01-01T00:00:00Z");
    EXPECT_EQ(feed.image_url, "https://e.org/i.png");
    EXPECT_EQ(feed.license_url, "https://cc.example/by");
    EXPECT_EQ(feed.hints.update_period, std::chrono::hours(12));
    const Item item = only_item(document);
    EXPECT_EQ(item.id, "https://e.org/1");
    EXPECT_EQ(item.url, "https://e.org/1") << "rdf:about is the last resort for the link";
    EXPECT_EQ(item.title.value, "One");
    EXPECT_EQ(item.authors, (std::vector<Person>{{"Ann", "", ""}}));
    EXPECT_EQ(item.categories, (std::vector<Category>{{"S", "", ""}}));
    EXPECT_EQ(utc(item.published), "2024-01-02T00:00:00Z");
    EXPECT_EQ(item.language, "en");
}

TEST(RdfFormat, TellsTheVersionByTheNamespace) {
    const auto format = [](std::string_view uri) {
        return feed_of("<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='" +
                       std::string(uri) + "'><channel/></rdf:RDF>")
            .format;
    };
    EXPECT_EQ(format("http://purl.org/rss/1.0/"), Format::rss10);
    EXPECT_EQ(format("http://my.netscape.com/rdf/simple/0.9/"), Format::rss090);
    EXPECT_EQ(format("http://channel.netscape.com/rdf/simple/0.9/"), Format::rss090);
}

constexpr std::string_view kCdf = R"(<CHANNEL HREF="https://e.org/" BASE="https://base.example/"
    LASTMOD="2024-01-01T00:00:00">
  <TITLE>T</TITLE><ABSTRACT>D</ABSTRACT><LOGO HREF="l.gif" STYLE="IMAGE"/>
  <ITEM HREF="1" LASTMOD="2024-01-02T00:00:00"><TITLE>One</TITLE><ABSTRACT>A</ABSTRACT></ITEM>
  <ITEM><A HREF="2">Two</A></ITEM>
</CHANNEL>)";

TEST(CdfFormat, ReadsChannelsAndItems) {
    const Document document = feed_of(kCdf);
    EXPECT_EQ(document.format, Format::cdf);
    EXPECT_EQ(document.feed.title.value, "T");
    EXPECT_EQ(document.feed.description.value, "D");
    EXPECT_EQ(document.feed.home_page_url, "https://e.org/");
    EXPECT_EQ(document.feed.image_url, "https://base.example/l.gif");
    EXPECT_EQ(utc(document.feed.updated), "2024-01-01T00:00:00Z");
    ASSERT_EQ(document.items.size(), 2U);
    EXPECT_EQ(document.items[0].title.value, "One");
    EXPECT_EQ(document.items[0].summary.value, "A");
    EXPECT_EQ(document.items[0].url, "https://base.example/1");
    EXPECT_EQ(utc(document.items[0].updated), "2024-01-02T00:00:00Z");
    EXPECT_EQ(document.items[1].url, "https://base.example/2");
}

}  // namespace
}  // namespace feedd::test
