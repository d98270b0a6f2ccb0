#include "parse/parse.h"

#include <array>
#include <chrono>
#include <random>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "base/text.h"
#include "parse/formats.h"
#include "parse/xml.h"

namespace feedd {
namespace {

using namespace std::string_literals;

constexpr std::string_view kRss =
    "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
    "<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"><channel>"
    "<title>News</title><link>https://example.org/</link>"
    "<item><title>Łódź &amp; co</title><link>https://example.org/1?a=1&amp;b=2</link>"
    "<guid isPermaLink=\"false\">1</guid><pubDate>Tue, 08 Apr 2025 01:02:03 GMT</pubDate>"
    "<description>&lt;p&gt;Hello&lt;/p&gt;</description></item>"
    "<item><title><![CDATA[Two <b>bold</b>]]></title><content:encoded><![CDATA[<p>x</p>]]>"
    "</content:encoded><enclosure url=\"https://example.org/a.mp3\" length=\"5\"/></item>"
    "</channel></rss>";
constexpr std::string_view kAtom =
    "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title type=\"html\">A &amp;amp; B</title>"
    "<id>urn:x</id><updated>2025-04-08T01:02:03Z</updated><entry><id>urn:1</id><title>One</title>"
    "<link href=\"https://example.org/1\"/><content type=\"xhtml\"><div "
    "xmlns=\"http://www.w3.org/1999/xhtml\"><p>a <i>b</i></p></div></content></entry></feed>";
constexpr std::string_view kJson =
    R"({"version":"https://jsonfeed.org/version/1.1","title":"J","items":[{"id":"1",)"
    R"("content_html":"<p>\u00e9</p>"},{"id":"2","content_text":"two"}]})";

TEST(Parse, TellsTheFormatFromTheContent) {
    const auto rss = parse(kRss, {.content_type = "text/plain"});
    ASSERT_TRUE(rss);
    EXPECT_EQ(rss->format, Format::rss20);
    EXPECT_EQ(rss->encoding, "utf-8");
    EXPECT_FALSE(rss->recovered);
    EXPECT_EQ(rss->items.size(), 2U);
    const auto atom = parse(kAtom, {});
    ASSERT_TRUE(atom);
    EXPECT_EQ(atom->format, Format::atom10);
    const auto json = parse(" \n" + std::string(kJson), {});
    ASSERT_TRUE(json);
    EXPECT_EQ(json->format, Format::jsonfeed11);
    EXPECT_EQ(json->encoding, "utf-8");
}

TEST(Parse, SaysThatADocumentWasMended) {
    const auto cut = parse(kRss.substr(0, kRss.size() - 20), {});
    ASSERT_TRUE(cut);
    EXPECT_TRUE(cut->recovered);
    EXPECT_EQ(cut->items.size(), 2U);
    const auto control =
        parse("<rss version='2.0'><channel><title>a\x01</title></channel></rss>", {});
    ASSERT_TRUE(control);
    EXPECT_TRUE(control->recovered);
}

TEST(Parse, SaysWhatADocumentIsThatIsNoFeed) {
    struct Case {
        std::string bytes;
        std::string_view what;
    };
    const Case rows[] = {
        {"", "an empty document"},
        {" \n", "an empty document"},
        {"Not Found\n", "plain text"},
        {"<!DOCTYPE html><html><head><title>Just a\n moment...</title></head><p>&nbsp;<br></html>",
         "an HTML page ('Just a moment...')"},
        {"<html><body>x</body></html>", "an HTML page"},
        {"<p>Sorry</p>", "an HTML page"},
        {"<opml version='2.0'><body><outline xmlUrl='x'/></body></opml>", "an OPML list of feeds"},
        {"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'/>", "a sitemap"},
        {"<app:service xmlns:app='http://www.w3.org/2007/app' "
         "xmlns:a='http://www.w3.org/2005/Atom'><a:title>x</a:title></app:service>",
         "an Atom service document"},
        {"<OpenSearchDescription/>", "an OpenSearch description"},
        {"<kml/>", "a KML file"},
        {"<foo/>", "an XML document <foo>"},
        {"%PDF-1.4", "a PDF file"},
        {"\x1F\x8B\x08\x00"s, "gzip data"},
        {"\x89PNG\r\n", "a PNG image"},
    };
    for (const Case& row : rows) {
        const auto document = parse(row.bytes, {.base = "https://example.org/"});
        ASSERT_FALSE(document) << row.bytes;
        EXPECT_EQ(document.error().kind, ErrorKind::not_feed) << row.bytes;
        EXPECT_NE(document.error().what.find(row.what), std::string::npos)
            << document.error().what << " for " << row.bytes;
        EXPECT_EQ(document.error().where, "https://example.org/");
    }
    const auto json = parse(R"({"error": "not found", "items": []})", {});
    ASSERT_FALSE(json);
    EXPECT_EQ(json.error().kind, ErrorKind::not_feed);
}

TEST(Parse, RefusesWhatIsOverTheBudget) {
    const auto document = parse(kRss, {}, {.max_bytes = 100});
    ASSERT_FALSE(document);
    EXPECT_EQ(document.error().kind, ErrorKind::refused);
}

// One to four random cuts, swaps, insertions and overwritten bytes.
std::string damaged(std::string text, std::mt19937& random) {
    constexpr std::array<std::string_view, 32> kPieces = {"<",         ">",
                                                          "&",         "\"",
                                                          "]]>",       "<![CDATA[",
                                                          "<!--",      "-->",
                                                          "</",        "/>",
                                                          "<item>",    "</item>",
                                                          "\xFF",      "\xE9",
                                                          "&#xD800;",  "<!DOCTYPE a [",
                                                          "</>",       "< /title>",
                                                          "<channel>", "</channel>",
                                                          "<rss>",     "</feed>",
                                                          "<p>",       "<title>",
                                                          "<a b='",    "<! [CDATA[",
                                                          "<?xml ",    "{",
                                                          "\",",       "<html><body>",
                                                          "<script>",  "<link>"};
    const auto below = [&random](std::size_t limit) {
        return std::uniform_int_distribution<std::size_t>(0, limit - 1)(random);
    };
    for (std::size_t n = 1 + below(4); n > 0 && !text.empty(); --n) {
        const std::size_t at = below(text.size());
        const std::size_t length = 1 + below(std::min<std::size_t>(40, text.size() - at));
        switch (below(8)) {
            case 0:
                text.resize(at);
                break;
            case 1:
                text.erase(at, length);
                break;
            case 2:
                text[at] = static_cast<char>(below(256));
                break;
            case 3:
                text.insert(at, kPieces.at(below(kPieces.size())));
                break;
            case 4:
                text.insert(below(text.size()), text.substr(at, length));
                break;
            case 5:
                text += text.substr(at);  // another document, or the end of one
                break;
            case 6:
                text.erase(0, at / 4);
                break;
            default:
                std::swap(text[at], text[below(text.size())]);
                break;
        }
    }
    return text;
}

TEST(Parse, SurvivesWhateverDamage) {
    constexpr int kRounds = 3000;
    std::mt19937 random(20250408);  // the same damage at every run
    const auto start = std::chrono::steady_clock::now();
    for (int round = 0; round < kRounds; ++round) {
        for (const std::string_view sample : {kRss, kAtom, kJson}) {
            const std::string bytes = damaged(std::string(sample), random);
            const auto document = parse(bytes, {.base = "https://example.org/"});
            if (!document) continue;
            ASSERT_TRUE(is_utf8(document->feed.title.value)) << bytes;
            for (const Item& item : document->items) {
                ASSERT_TRUE(is_utf8(item.title.value) && is_utf8(item.content.value) &&
                            is_utf8(item.summary.value) && is_utf8(item.id) && is_utf8(item.url))
                    << bytes;
            }
        }
    }
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds{60});
}

TEST(Parse, DamageToOneItemLeavesTheOthers) {
    std::mt19937 random(8);
    std::string before = "<rss version='2.0'><channel><title>t</title>";
    std::string after;
    for (int i = 0; i < 5; ++i)
        before += "<item><guid>b" + std::to_string(i) + "</guid></item>";
    for (int i = 0; i < 5; ++i)
        after += "<item><guid>a" + std::to_string(i) + "</guid></item>";
    after += "</channel></rss>";
    constexpr std::string_view kItem =
        "<item><title>x</title><guid>d</guid><description>a &amp; b<br/></description></item>";
    for (std::size_t cut = 0; cut < kItem.size(); ++cut) {
        for (std::size_t length = 1; length <= 3; ++length) {
            std::string item(kItem);
            item.erase(cut, length);
            const auto document = parse(before + item + after, {});
            ASSERT_TRUE(document) << item;
            std::string ids;
            for (const Item& found : document->items)
                ids += found.id + " ";
            for (const std::string_view id : {"b0", "b4", "a0", "a1", "a2", "a3", "a4"})
                EXPECT_NE(ids.find(id), std::string::npos) << id << " of " << ids << " in " << item;
        }
    }
}

// The items of a document that is in order are read before it has ended: that must make no
// difference to what is read from its whole tree.
TEST(Parse, ItemsReadAsTheyEndAreThoseOfTheWholeTree) {
    const std::string_view rows[] = {
        "<rss version='2.0'><item><guid>0</guid></item><channel xml:base='https://e.org/'"
        " xml:lang='de'><item><title>a</title><link>1</link></item><title>T</title>"
        "<item xml:base='/x/'><link>2</link></item><item><link>3</link></item></channel>"
        "<item><guid>4</guid></item></rss>",
        "<rss><channel><item><guid>1</guid></item></channel><channel><title>T</title>"
        "<item><guid>2</guid></item></channel></rss>",
        "<rss><channel><list><item><guid>0</guid></item></list><item><guid>1</guid></item>"
        "<x:item xmlns:x='https://e.org/own'><guid>2</guid></x:item><item><guid>3</guid></item>"
        "</channel></rss>",
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'"
        " xmlns='http://purl.org/rss/1.0/'><item "
        "rdf:about='https://e.org/1'><title>a</title></item>"
        "<channel rdf:about='c'><title>T</title></channel><item rdf:about='https://e.org/2'/>"
        "</rdf:RDF>",
        "<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='fr'><entry xmlns:d="
        "'http://purl.org/dc/elements/1.1/'><id>1</id><d:creator>Ann</d:creator></entry>"
        "<author><name>Bea</name></author><entry><id>2</id></entry><entry><id>3</id><content "
        "type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><b>x</b> <i>y</i></div></content>"
        "</entry></feed>",
        "<channel><item href='https://e.org/1'><title>a</title></item></channel>",
        "<envelope><rss><channel><item><guid>1</guid></item></channel></rss></envelope>",
    };
    const auto told = [](const Document& document) {
        std::string out = document.feed.title.value + document.feed.id;
        for (const Item& item : document.items) {
            out.append("|").append(item.id).append(item.url).append(item.title.value);
            out.append(item.language).append(item.content.value);
            for (const Person& author : item.authors)
                out += author.name;
        }
        return out;
    };
    for (const std::string_view text : rows) {
        const auto tree = load_xml(text, {});
        ASSERT_TRUE(tree) << text;
        const auto whole = parse_xml_feed(tree->document, {}, {});
        const auto streamed = parse(text, {});
        ASSERT_TRUE(whole && streamed) << text;
        EXPECT_EQ(told(*streamed), told(*whole)) << text;
        EXPECT_EQ(streamed->format, whole->format) << text;
    }
}

// What stands before the first item, an end tag of the frame, the declaration: whatever is lost or
// inserted there, the items are found.
TEST(Parse, DamageToTheFrameCostsNoItem) {
    const std::string frames[] = {
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<!DOCTYPE rss>\n<rss version=\"2.0\" "
        "xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n<channel>\n<title>T</title>\n"
        "<link>https://example.org/</link>\n<description>D</description>\n",
        "<?xml version=\"1.0\"?><feed xmlns=\"http://www.w3.org/2005/Atom\"><title "
        "type=\"text\">T</title><id>urn:x</id><updated>2025-04-08T01:02:03Z</updated>",
    };
    const std::string items[] = {
        "<item><title>a</title><link>https://example.org/1</link><guid>1</guid></item>\n"
        "<item><title>b</title><link>https://example.org/2</link><guid>2</guid></item>\n"
        "</channel></rss>",
        "<entry><title>a</title><id>1</id><updated>2025-04-08T01:02:03Z</updated></entry>"
        "<entry><title>b</title><id>2</id><updated>2025-04-08T01:02:03Z</updated></entry></feed>",
    };
    const auto ids_of = [](const std::string& text) {
        std::string ids;
        const auto document = parse(text, {});
        if (!document) return document.error().what;
        for (const Item& item : document->items)
            ids += item.id;
        return ids;
    };
    for (std::size_t i = 0; i < std::size(frames); ++i) {
        for (std::size_t at = 0; at < frames[i].size(); ++at) {
            for (const std::size_t length : {1U, 2U, 5U, 20U, 60U}) {
                std::string frame = frames[i];
                frame.erase(at, length);
                EXPECT_EQ(ids_of(frame + items[i]), "12") << frame;
            }
            for (const std::string_view piece :
                 {"<",      ">",       "&",      "\"",  "'",   "]]>",     "<!--",
                  "-->",    "</",      "/>",     "</>", "<p>", "<title>", "</channel>",
                  "</rss>", "</feed>", "<x y='", "<?",  "?>",  "\xE9",    "{"}) {
                std::string frame = frames[i];
                frame.insert(at, piece);
                EXPECT_EQ(ids_of(frame + items[i]), "12") << frame;
            }
        }
    }
}

}  // namespace
}  // namespace feedd
