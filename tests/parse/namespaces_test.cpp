#include "parse/namespaces.h"

#include <gtest/gtest.h>

#include "parse/feed_of.h"

namespace feedd::test {
namespace {

TEST(Namespaces, AreKnownByUriInAllItsSpellings) {
    const std::pair<std::string_view, Ns> cases[] = {
        {"http://www.w3.org/2005/Atom", Ns::atom},
        {" http://www.w3.org/2005/Atom ", Ns::atom},
        {"https://www.w3.org/2005/atom/", Ns::atom},
        {"http://purl.org/atom/ns#", Ns::atom},
        {"http://search.yahoo.com/mrss", Ns::media},
        {"http://www.itunes.com/DTDs/Podcast-1.0.dtd", Ns::itunes},
        {"http://purl.org/dc/elements/1.1/", Ns::dublin_core},
        {"", Ns::none},
        {"http://example.org/own", Ns::foreign},
    };
    for (const auto& [uri, ns] : cases)
        EXPECT_EQ(namespace_of_uri(uri), ns) << uri;
}

TEST(Namespaces, AnyPrefixMayMeanAnyNamespace) {
    const Item item = only_item(
        feed_of("<x:feed xmlns:x='http://www.w3.org/2005/Atom'><x:entry><x:title>t</x:title>"
                "<itunes:duration xmlns:itunes='http://purl.org/dc/elements/1.1/'>no"
                "</itunes:duration></x:entry></x:feed>"));
    EXPECT_EQ(item.title.value, "t");
    EXPECT_FALSE(item.itunes);
}

TEST(Namespaces, AWellKnownPrefixNeedsNoDeclaration) {
    const Item item = rss_item("<itunes:episode>3</itunes:episode><dc:creator>Ann</dc:creator>");
    ASSERT_TRUE(item.itunes);
    EXPECT_EQ(item.itunes->episode, 3);
    ASSERT_EQ(item.authors.size(), 1U);
}

TEST(Namespaces, SomeElementsNeedNoPrefix) {
    const Item item = rss_item(
        "<thumbnail url='https://e.org/t.png'/><duration>1:30</duration>"
        "<origLink>https://e.org/article</origLink>");
    EXPECT_EQ(item.image_url, "https://e.org/t.png");
    ASSERT_TRUE(item.itunes);
    EXPECT_EQ(item.itunes->duration_seconds, 90);
    EXPECT_EQ(item.original_url, "https://e.org/article");
}

TEST(Namespaces, AWellKnownPrefixOnAnUnknownUriIsAMisspelling) {
    const Item item = rss_item("<media:thumbnail url='https://e.org/t.png'/>",
                               "xmlns:media='http://search.yahoo.com/mrss-typo/'");
    EXPECT_EQ(item.image_url, "https://e.org/t.png");
}

TEST(Namespaces, AnElementOfAForeignNamespaceIsNotTheOneOfThatName) {
    const Item item = rss_item("<x:description>no</x:description><description>yes</description>",
                               "xmlns:x='http://example.org/own'");
    EXPECT_EQ(item.summary.value, "yes");
}

TEST(Namespaces, AWrongDefaultNamespaceOnTheRootMeansNothing) {
    const Document document = feed_of(
        "<rss version='2.0' xmlns='http://search.yahoo.com/mrss/'><channel><title>T</title>"
        "<item><title>a</title><description>d</description></item></channel></rss>");
    EXPECT_EQ(document.feed.title.value, "T");
    EXPECT_EQ(only_item(document).summary.kind, Text::Kind::html);
}

TEST(Namespaces, RssInTheAtomNamespaceIsStillRss) {
    const Document document = feed_of(
        "<rss version='2.0' xmlns='http://www.w3.org/2005/Atom'><channel><title>T</title>"
        "<link>https://e.org/</link><item><link>https://e.org/1</link>"
        "<description>&lt;b>d&lt;/b></description></item></channel></rss>");
    EXPECT_EQ(document.format, Format::rss20);
    EXPECT_EQ(document.feed.home_page_url, "https://e.org/");
    EXPECT_EQ(only_item(document).url, "https://e.org/1");
    EXPECT_EQ(only_item(document).summary.kind, Text::Kind::html);
}

TEST(Namespaces, DeclarationsEndWithTheirElement) {
    const Document document = feed_of(
        rss("<item xmlns:q='http://purl.org/dc/elements/1.1/'><q:creator>A</q:creator></item>"
            "<item><q:creator>B</q:creator></item>"));
    ASSERT_EQ(document.items.size(), 2U);
    EXPECT_EQ(document.items[0].authors.size(), 1U);
    EXPECT_TRUE(document.items[1].authors.empty());
}

TEST(Namespaces, ManyDeclarationsStayCheap) {
    std::string declarations;
    for (int i = 0; i < 20'000; ++i)
        declarations += " xmlns:a" + std::to_string(i) + "='http://www.w3.org/2005/Atom'";
    std::string items;
    for (int i = 0; i < 5'000; ++i)
        items += "<item><z:title>t</z:title></item>";
    EXPECT_EQ(feed_of(rss(items, declarations)).items.size(), 5'000U);
}

}  // namespace
}  // namespace feedd::test
