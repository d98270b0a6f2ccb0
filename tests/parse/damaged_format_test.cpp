// Feeds whose elements stand where they should not.
#include <gtest/gtest.h>

#include "parse/feed_of.h"

namespace feedd::test {
namespace {

std::vector<std::string> titles(const Document& document) {
    std::vector<std::string> found;
    for (const Item& item : document.items)
        found.push_back(item.title.value);
    return found;
}

TEST(DamagedFormat, ItemsInsideItemsStillCountInDocumentOrder) {
    const Document document = feed_of(
        rss("<item><title>a</title><item><title>b</title><item><title>c</title></item></item>"
            "</item><item><title>d</title></item>"));
    EXPECT_EQ(titles(document), (std::vector<std::string>{"a", "b", "c", "d"}));
}

TEST(DamagedFormat, AnItemInsideATextIsAnItem) {
    const Document document = feed_of(
        rss("<item><title>a</title><description>text<item><title>b</title></item></description>"
            "</item>"));
    EXPECT_EQ(titles(document), (std::vector<std::string>{"a", "b"}));
    EXPECT_EQ(document.items[0].summary.value, "text");
}

TEST(DamagedFormat, ASectionWithoutItsEndStopsAtTheItems) {
    for (const std::string_view end : {"</descripton></item>", "</description</item>", "</item>",
                                       "", "</descripton >\n</item >"}) {
        const std::string first =
            "<item><title>a</title><description><![CDATA[x" + std::string(end);
        for (const std::string_view text : {"y", "<![CDATA[y]]>"}) {
            if (end.empty() && text != "y") continue;  // a section that quotes the start of an item
            const Document document =
                feed_of(rss(first + "<item><title>b</title><description>" + std::string(text) +
                            "</description></item><item><title>c</title></item>&"));
            ASSERT_EQ(titles(document), (std::vector<std::string>{"a", "b", "c"})) << end << text;
            EXPECT_EQ(document.items[1].summary.value, "y") << end << text;
        }
    }
    EXPECT_EQ(titles(feed_of(atom("<entry><title>a</title><summary><![CDATA[x</sumary></entry>"
                                  "<entry><title>b</title><summary>y</summary></entry>"))),
              (std::vector<std::string>{"a", "b"}));
}

TEST(DamagedFormat, ASectionThatShowsTheMarkupOfFeedsIsOneText) {
    const Document document =
        feed_of(rss("<item><title>a</title><description><![CDATA[<pre>&lt;</pre><item>b</item>"
                    "]]></description></item><item><title>c</item>"));
    EXPECT_EQ(titles(document), (std::vector<std::string>{"a", "c"}));
}

TEST(DamagedFormat, ElementsThatATextSwallowedGoBackToTheItem) {
    const Item item = rss_item(
        "<description>text<link>https://e.org/1</link><guid>g</guid>"
        "<dc:creator>Ann</dc:creator></description>");
    EXPECT_EQ(item.summary.value, "text");
    EXPECT_EQ(item.url, "https://e.org/1");
    EXPECT_EQ(item.id, "g");
    ASSERT_EQ(item.authors.size(), 1U);
    EXPECT_EQ(item.authors[0].name, "Ann");
}

TEST(DamagedFormat, AStartTagThatOnlyDamageMadeSwallowsNoField) {
    for (const std::string_view tag : {"<foo:bar>", "<tit>", "<atod attribute>", "<b>"}) {
        const Item item = rss_item(std::string(tag) +
                                   "<title>a</title><link>https://e.org/1</link><guid>g</guid>");
        EXPECT_EQ(item.title.value, "a") << tag;
        EXPECT_EQ(item.url, "https://e.org/1") << tag;
        EXPECT_EQ(item.id, "g") << tag;
    }
}

TEST(DamagedFormat, AnEndTagWithoutANameEndsNoItem) {
    const Item item = rss_item("<title>a</></><link>https://e.org/1</link><guid>g</guid>");
    EXPECT_EQ(item.title.value, "a");
    EXPECT_EQ(item.url, "https://e.org/1");
    EXPECT_EQ(item.id, "g");
}

TEST(DamagedFormat, AContainerThatNeverEndsHoldsNoFieldsOfTheItem) {
    const Item item = rss_item(
        "<itunes:owner>x</title><link>https://e.org/1</link><guid>g</guid>"
        "<description>d</description>");
    EXPECT_EQ(item.url, "https://e.org/1");
    EXPECT_EQ(item.id, "g");
    EXPECT_EQ(item.summary.value, "d");
}

TEST(DamagedFormat, AnAtomFeedInAPageMayHaveLostItsNamespace) {
    const Document document = feed_of(
        "<html><body><?xml version='1.0'?><feed><title>T</title><entry><title>a</title><id>i</id>"
        "</entry></feed></body></html>");
    EXPECT_EQ(document.feed.title.value, "T");
    EXPECT_EQ(titles(document), std::vector<std::string>{"a"});
}

TEST(DamagedFormat, AMisnamedRootBeforeAFeedHoldsItemsToo) {
    const Document document = feed_of(
        "<oops><channel><item><title>a</title><link>l</link></item><item><title>b</title>"
        "<rss version='2.0'></item><item><title>c</title><link>l</link></item></channel></rss>");
    EXPECT_EQ(titles(document), (std::vector<std::string>{"a", "b", "c"}));
}

TEST(DamagedFormat, AnElementThatMeansNothingKeepsWhatItEnds) {
    const Item item = rss_item("<foo><title>of foo</title></foo><title>a & b</title>");
    EXPECT_EQ(item.title.value, "a & b");
}

TEST(DamagedFormat, ARootInsideAFieldOfTheChannelHoldsItems) {
    const Document document = feed_of(
        "<channel><title>T</title><language>en<rss version='0.91'><item><title>a</title></item>"
        "<item><title>b</title></item></channel></rss>");
    EXPECT_EQ(document.feed.language, "en");
    EXPECT_EQ(titles(document), (std::vector<std::string>{"a", "b"}));
}

TEST(DamagedFormat, ItemsOutsideTheChannelCount) {
    const Document document = feed_of(
        "<rss version='2.0'><channel><title>T</title><item><title>a</title></item></channel>"
        "<item><title>b</title></item></rss>");
    EXPECT_EQ(document.feed.title.value, "T");
    EXPECT_EQ(titles(document), (std::vector<std::string>{"a", "b"}));
}

TEST(DamagedFormat, AnRssRootMayHaveLostItsChannel) {
    const Document document =
        feed_of("<rss version='2.0'><title>T</title><item><title>a</title></item></rss>");
    EXPECT_EQ(document.feed.title.value, "T");
    EXPECT_EQ(titles(document), std::vector<std::string>{"a"});
}

TEST(DamagedFormat, AChannelMayHaveLostItsRoot) {
    const Document document = feed_of(
        "<channel><title>T</title><item><title>a</title><link>https://e.org/</link></item>"
        "</channel>");
    EXPECT_EQ(document.format, Format::rss);
    EXPECT_EQ(titles(document), std::vector<std::string>{"a"});
}

TEST(DamagedFormat, AFeedMayBeWrapped) {
    const Document document = feed_of(
        "<envelope><body2><rss version='2.0'><channel><item><title>a</title></item></channel>"
        "</rss></body2></envelope>");
    EXPECT_EQ(document.format, Format::rss20);
    EXPECT_EQ(titles(document), std::vector<std::string>{"a"});
}

TEST(DamagedFormat, AnEntryDocumentIsAFeedOfOne) {
    const Document document =
        feed_of("<entry xmlns='http://www.w3.org/2005/Atom'><title>a</title></entry>");
    EXPECT_EQ(document.format, Format::atom10);
    EXPECT_EQ(titles(document), std::vector<std::string>{"a"});
}

TEST(DamagedFormat, EmptyItemsCount) {
    EXPECT_EQ(feed_of(rss("<item/><item/>")).items.size(), 2U);
}

TEST(DamagedFormat, ItemsOverTheBudgetAreLeftOutAndTold) {
    const auto document =
        read_feed(rss("<item/><item/><item/>"), {}, {.max_bytes = 10'000, .max_items = 2});
    ASSERT_TRUE(document);
    EXPECT_EQ(document->items.size(), 2U);
    EXPECT_TRUE(document->truncated);
}

TEST(DamagedFormat, TitlesOfImagesAndDrawingsAreNotTheItems) {
    EXPECT_TRUE(rss_item("<image><title>no</title></image>").title.empty());
    EXPECT_TRUE(atom_entry("<svg xmlns='http://www.w3.org/2000/svg'><title>no</title></svg>")
                    .title.empty());
}

TEST(NoFeed, DocumentsThatOnlyMentionFeedsAreRefused) {
    const std::pair<const char*, const char*> cases[] = {
        {"OPML", "<opml version='2.0'><head><title>t</title></head><body/></opml>"},
        {"service document",
         "<service xmlns='http://www.w3.org/2007/app' xmlns:a='http://www.w3.org/2005/Atom'>"
         "<workspace><a:title>t</a:title></workspace></service>"},
        {"KML",
         "<kml xmlns='http://www.opengis.net/kml/2.2' xmlns:a='http://www.w3.org/2005/Atom'>"
         "<Document><a:author><a:name>n</a:name></a:author></Document></kml>"},
        {"OpenSearch",
         "<OpenSearchDescription xmlns='http://a9.com/-/spec/opensearch/1.1/'>"
         "<ShortName>s</ShortName></OpenSearchDescription>"},
        {"XHTML",
         "<html xmlns='http://www.w3.org/1999/xhtml'><body><rss version='2.0'/></body></html>"},
        {"sitemap", "<urlset><url><loc>https://e.org/</loc></url></urlset>"},
        {"style sheet that makes a feed",
         "<xsl:stylesheet xmlns:xsl='http://www.w3.org/1999/XSL/Transform'>"
         "<xsl:template match='/'><rss version='2.0'><channel/></rss></xsl:template>"
         "</xsl:stylesheet>"},
        {"RDF about a person",
         "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'"
         " xmlns:foaf='http://xmlns.com/foaf/0.1/'><foaf:Person/></rdf:RDF>"},
    };
    for (const auto& [what, xml] : cases)
        EXPECT_FALSE(read_feed(xml)) << what;
}

}  // namespace
}  // namespace feedd::test
