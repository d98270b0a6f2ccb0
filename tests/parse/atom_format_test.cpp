#include <gtest/gtest.h>

#include "parse/feed_of.h"

namespace feedd::test {
namespace {

constexpr std::string_view kFull = R"(<?xml version="1.0"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:thr="http://purl.org/syndication/thread/1.0"
      xml:base="https://example.org/" xml:lang="en">
  <id>urn:feed</id>
  <title type="html">News &amp;amp; &lt;i&gt;views&lt;/i&gt;</title>
  <subtitle>About it</subtitle>
  <updated>2024-01-02T00:00:00Z</updated>
  <link href="/"/><link rel="self" href="feed.atom"/><link rel="hub" href="https://hub.example/"/>
  <author><name>Ann</name><email>ann@example.org</email><uri>/ann</uri></author>
  <category term="t" scheme="urn:s" label="L"/>
  <generator uri="/gen" version="2">Gen</generator>
  <icon>i.ico</icon><logo>l.png</logo>
  <rights>R</rights>
  <entry xml:base="posts/">
    <id>urn:1</id>
    <title>1 &lt; 2</title>
    <link rel="alternate" type="text/html" href="1"/>
    <link rel="enclosure" type="audio/mpeg" length="7" href="/a.mp3" title="Audio"/>
    <link rel="replies" type="application/atom+xml" href="1/replies" thr:count="3"/>
    <published>2024-01-01T00:00:00Z</published><updated>2024-01-01T01:00:00Z</updated>
    <contributor><name>Con</name></contributor>
    <summary>Short</summary>
    <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>A <a href="x">b</a></p></div>
    </content>
    <thr:in-reply-to ref="urn:0" href="0" type="text/html" source="/feed0"/>
    <source><id>urn:s</id><title>Src</title><link rel="self" href="/src"/></source>
  </entry>
</feed>)";

TEST(AtomFormat, ReadsEveryElementOfAFeed) {
    const Document document = feed_of(kFull);
    EXPECT_EQ(document.format, Format::atom10);
    const FeedMeta& feed = document.feed;
    EXPECT_EQ(feed.id, "urn:feed");
    EXPECT_EQ(feed.title.value, "News &amp; <i>views</i>");
    EXPECT_EQ(feed.title.kind, Text::Kind::html);
    EXPECT_EQ(feed.description.value, "About it");
    EXPECT_EQ(feed.home_page_url, "https://example.org/");
    EXPECT_EQ(feed.feed_url, "https://example.org/feed.atom");
    EXPECT_EQ(feed.hub_urls, std::vector<std::string>{"https://hub.example/"});
    EXPECT_EQ(feed.language, "en");
    EXPECT_EQ(feed.authors,
              (std::vector<Person>{{"Ann", "ann@example.org", "https://example.org/ann"}}));
    EXPECT_EQ(feed.categories, (std::vector<Category>{{"t", "urn:s", "L"}}));
    ASSERT_TRUE(feed.generator);
    EXPECT_EQ(feed.generator->url, "https://example.org/gen");
    EXPECT_EQ(feed.generator->version, "2");
    EXPECT_EQ(feed.icon_url, "https://example.org/i.ico");
    EXPECT_EQ(feed.image_url, "https://example.org/l.png");
    EXPECT_EQ(feed.rights.value, "R");
}

TEST(AtomFormat, ReadsEveryElementOfAnEntry) {
    const Item item = only_item(feed_of(kFull));
    EXPECT_EQ(item.id, "urn:1");
    EXPECT_FALSE(item.id_is_permalink);
    EXPECT_EQ(item.title.value, "1 < 2");
    EXPECT_EQ(item.title.kind, Text::Kind::plain);
    EXPECT_EQ(item.url, "https://example.org/posts/1");
    EXPECT_EQ(utc(item.published), "2024-01-01T00:00:00Z");
    EXPECT_EQ(utc(item.updated), "2024-01-01T01:00:00Z");
    EXPECT_EQ(item.contributors, (std::vector<Person>{{"Con", "", ""}}));
    EXPECT_EQ(item.summary.value, "Short");
    EXPECT_EQ(item.content.value, "<p>A <a href=\"x\">b</a></p>");
    EXPECT_EQ(item.content.base, "https://example.org/posts/");
    EXPECT_EQ(item.language, "en");
    ASSERT_EQ(item.enclosures.size(), 1U);
    EXPECT_EQ(item.enclosures[0].title, "Audio");
    EXPECT_EQ(item.enclosures[0].length, 7U);
    EXPECT_EQ(item.links.size(), 2U);
    EXPECT_EQ(item.comments_feed_url, "https://example.org/posts/1/replies");
    EXPECT_EQ(item.comment_count, 3);
    ASSERT_TRUE(item.in_reply_to);
    EXPECT_EQ(item.in_reply_to->id, "urn:0");
    EXPECT_EQ(item.in_reply_to->url, "https://example.org/posts/0");
    EXPECT_EQ(item.in_reply_to->feed_url, "https://example.org/feed0");
    ASSERT_EQ(item.source.size(), 1U);
    EXPECT_EQ(item.source[0].id, "urn:s");
    EXPECT_EQ(item.source[0].feed_url, "https://example.org/src");
}

TEST(AtomFormat, TellsTheVersions) {
    EXPECT_EQ(feed_of("<feed version='0.3' xmlns='http://purl.org/atom/ns#'/>").format,
              Format::atom03);
    EXPECT_EQ(feed_of("<feed xmlns='http://purl.org/atom/ns#'/>").format, Format::atom03);
    EXPECT_EQ(feed_of("<feed/>").format, Format::atom10);
    EXPECT_EQ(feed_of("<x:feed xmlns:x='http://www.w3.org/2005/Atom'/>").format, Format::atom10);
}

TEST(AtomFormat, ReadsTextsByTheirType) {
    struct Case {
        std::string_view name;
        std::string_view content;  // the whole element
        Text::Kind kind;
        std::string_view value;
    };
    const Case cases[] = {
        {"no type is text", "<content>a &lt;b> c</content>", Text::Kind::plain, "a <b> c"},
        {"text", "<content type='text'>&lt;b>x&lt;/b></content>", Text::Kind::plain, "<b>x</b>"},
        {"html", "<content type='html'>&lt;b>x&lt;/b></content>", Text::Kind::html, "<b>x</b>"},
        {"media type of html", "<content type='text/html; charset=utf-8'>&lt;b>x&lt;/b></content>",
         Text::Kind::html, "<b>x</b>"},
        {"xhtml keeps &lt; as text",
         "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>1 &lt; 2</div></content>",
         Text::Kind::html, "1 &lt; 2"},
        {"prefixed xhtml",
         "<content type='xhtml' xmlns:h='http://www.w3.org/1999/xhtml'><h:div><h:b>x</h:b><h:br/>"
         "</h:div></content>",
         Text::Kind::html, "<b>x</b><br>"},
        {"html that was not escaped", "<content type='html'><b>x</b></content>", Text::Kind::html,
         "<b>x</b>"},
        {"base64", "<content type='text/html' mode='base64'>PGI+eDwvYj4=</content>",
         Text::Kind::html, "<b>x</b>"},
        {"escaped mode without type", "<content mode='escaped'>&lt;b>x&lt;/b></content>",
         Text::Kind::html, "<b>x</b>"},
        {"markup from end to end without type", "<content>&lt;p>x&lt;/p></content>",
         Text::Kind::html, "<p>x</p>"},
        {"an image is no text", "<content type='image/png'>aaaa</content>", Text::Kind::plain, ""},
        {"broken base64 is no text", "<content mode='base64'>!!</content>", Text::Kind::plain, ""},
    };
    for (const Case& c : cases) {
        const Text text = atom_entry(c.content).content;
        EXPECT_EQ(text.value, c.value) << c.name;
        EXPECT_EQ(text.kind, c.kind) << c.name;
    }
}

TEST(AtomFormat, ContentElsewhereIsAnEnclosure) {
    const Item item = atom_entry("<content type='video/mp4' src='https://e.org/v.mp4'/>");
    ASSERT_EQ(item.enclosures.size(), 1U);
    EXPECT_EQ(item.enclosures[0].type, "video/mp4");
    EXPECT_TRUE(item.content.empty());
}

TEST(AtomFormat, AlternateOfHtmlWinsOverOtherAlternates) {
    EXPECT_EQ(atom_entry("<link type='application/json' href='https://e.org/json'/>"
                         "<link rel='alternate' type='text/html' href='https://e.org/html'/>")
                  .url,
              "https://e.org/html");
    EXPECT_EQ(atom_entry("<link rel='self' href='https://e.org/self'/>").url, "");
    EXPECT_EQ(atom_entry("<link rel='http://www.iana.org/assignments/relation/alternate'"
                         " href='https://e.org/1'/>")
                  .url,
              "https://e.org/1");
}

TEST(AtomFormat, AnIdThatIsAnAddressIsTheLastResort) {
    EXPECT_EQ(atom_entry("<id>https://e.org/1</id>").url, "https://e.org/1");
    EXPECT_EQ(atom_entry("<id>urn:x</id>").url, "");
    EXPECT_EQ(atom_entry("<id>https://e.org/1</id><link href='https://e.org/2'/>").url,
              "https://e.org/2");
}

TEST(AtomFormat, ALinkMayHaveItsAddressAsText) {
    EXPECT_EQ(atom_entry("<link rel='alternate'>https://e.org/1</link>").url, "https://e.org/1");
}

TEST(AtomFormat, AuthorsAreTheEntrysElseTheSourcesElseTheFeeds) {
    const std::string feed_author = "<author><name>F</name></author>";
    const std::string source = "<source><author><name>S</name></author></source>";
    const auto authors = [&](const std::string& entry) {
        return only_item(feed_of(atom(feed_author + "<entry>" + entry + "</entry>"))).authors;
    };
    EXPECT_EQ(authors("<author><name>E</name></author>" + source)[0].name, "E");
    EXPECT_EQ(authors(source)[0].name, "S");
    EXPECT_EQ(authors("<title>t</title>")[0].name, "F");
    EXPECT_EQ(authors("<author><name/></author>")[0].name, "F");
}

TEST(AtomFormat, SeveralAuthorsAreKept) {
    const Item item = atom_entry(
        "<author><name>A</name></author><author><name>B</name></author>"
        "<author><name>a</name><email>a@e.org</email></author>");
    EXPECT_EQ(item.authors, (std::vector<Person>{{"A", "a@e.org", ""}, {"B", "", ""}}));
}

TEST(AtomFormat, AnItemsBaseEndsWithTheItem) {
    const Document document =
        feed_of(atom("<entry xml:base='https://a.example/x/'><link href='1'/></entry>"
                     "<entry><link href='2'/></entry>"),
                "https://b.example/feed");
    EXPECT_EQ(document.items[0].url, "https://a.example/x/1");
    EXPECT_EQ(document.items[1].url, "https://b.example/2");
}

TEST(AtomFormat, ABaseThatIsNoAddressIsIgnored) {
    const Document document =
        feed_of(atom("<entry xml:base='javascript:alert(1)'><link href='1'/></entry>"),
                "https://b.example/");
    EXPECT_EQ(only_item(document).url, "https://b.example/1");
}

TEST(AtomFormat, ABaseInsideXhtmlHoldsForItsPart) {
    const Text content =
        atom_entry(
            "<content type='xhtml' xml:base='https://e.org/'><div>"
            "<p xml:base='in/'><a href='x'>a</a></p><a href='y'>b</a></div></content>")
            .content;
    EXPECT_EQ(content.base, "https://e.org/");
    EXPECT_EQ(content.value, "<p><a href=\"https://e.org/in/x\">a</a></p><a href=\"y\">b</a>");
}

TEST(AtomFormat, LanguageIsThatOfTheContentElseOfTheTitle) {
    const std::string_view feed = "xml:lang='en'";
    EXPECT_EQ(atom_entry("<title xml:lang='fr'>t</title><content xml:lang='de'>c</content>", feed)
                  .language,
              "de");
    EXPECT_EQ(atom_entry("<title xml:lang='pt_BR'>t</title>", feed).language, "pt-BR");
    EXPECT_EQ(atom_entry("<title>t</title>", feed).language, "en");
    EXPECT_EQ(atom_entry("<title>t</title><content xml:lang=''>c</content>", feed).language, "");
}

TEST(AtomFormat, TheHeadersLanguageIsTheLastResort) {
    ParseHints hints;
    hints.content_language = "nl, en";
    EXPECT_EQ(read_feed(atom("<entry/>"), hints)->items[0].language, "nl");
    EXPECT_EQ(read_feed(atom("<entry/>", "xml:lang='fr'"), hints)->items[0].language, "fr");
}

TEST(AtomFormat, AnEmptySelfLinkIsTheBase) {
    EXPECT_EQ(feed_of(atom("<link rel='self' href=''/>"), "https://e.org/f").feed.feed_url,
              "https://e.org/f");
    EXPECT_TRUE(feed_of(atom("<link href=''/>"), "https://e.org/f").feed.links.empty());
}

TEST(AtomFormat, RemembersThatATextWasSaidToBePlain) {
    EXPECT_TRUE(atom_entry("<title type='text'>&amp;amp;</title>").title.said_plain);
    EXPECT_FALSE(atom_entry("<title>&amp;amp;</title>").title.said_plain);
    EXPECT_FALSE(atom_entry("<title type='html'>&amp;amp;</title>").title.said_plain);
}

}  // namespace
}  // namespace feedd::test
