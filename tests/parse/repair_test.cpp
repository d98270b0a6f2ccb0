#include "parse/repair.h"

#include <chrono>
#include <sstream>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "parse/xml.h"

namespace feedd {
namespace {

struct Case {
    std::string_view name;
    std::string_view broken;
    std::string_view tree;
};

std::string mended(std::string_view broken) {
    const auto tree = load_xml(broken, {});
    if (!tree) return message(tree.error());
    EXPECT_TRUE(tree->recovered) << broken;
    std::ostringstream out;
    tree->document.print(out, "", pugi::format_raw);
    return out.str();
}

// The document around them is the same everywhere.
std::string mended_item(std::string_view markup) {
    const std::string out = mended("<rss><channel><item>" + std::string(markup) +
                                   "</item><item>next</item></channel></rss>");
    constexpr std::string_view kBefore = "<rss><channel><item>";
    constexpr std::string_view kAfter = "</item><item>next</item></channel></rss>";
    EXPECT_TRUE(out.starts_with(kBefore) && out.ends_with(kAfter)) << out;
    return out.substr(kBefore.size(), out.size() - kBefore.size() - kAfter.size());
}

void check_items(std::initializer_list<Case> rows) {
    for (const Case& row : rows)
        EXPECT_EQ(mended_item(row.broken), row.tree) << row.name;
}

void check(std::initializer_list<Case> rows) {
    for (const Case& row : rows)
        EXPECT_EQ(mended(row.broken), row.tree) << row.name;
}

TEST(Repair, RawCharactersAndReferencesCostNothingElse) {
    check_items({
        {"ampersand", "<t>AT&T & co</t>", "<t>AT&amp;T &amp; co</t>"},
        {"ampersand at the end", "<t>Q&</t>", "<t>Q&amp;</t>"},
        {"query", "<t>/?a=1&b=2&copy=3</t>", "<t>/?a=1&amp;b=2&amp;copy=3</t>"},
        {"less than", "<t>1 < 2, a<b</t>", "<t>1 &lt; 2, a&lt;b</t>"},
        {"arrows", "<t><- <3 <></t>", "<t>&lt;- &lt;3 &lt;&gt;</t>"},
        {"address", "<t>A <a@b.org>, <http://b.org></t>",
         "<t>A &lt;a@b.org&gt;, &lt;http://b.org&gt;</t>"},
        {"HTML's names", "<t>&eacute;&hellip;&NotEqualTilde;</t>", "<t>é…≂̸</t>"},
        {"unknown name", "<t>&foo; &;</t>", "<t>&amp;foo; &amp;;</t>"},
        {"impossible numbers", "<t>a&#0;b&#x1F;c&#99999999999;d&#xDFFF;e</t>",
         "<t>a\xEF\xBF\xBD"
         "bc\xEF\xBF\xBD"
         "d\xEF\xBF\xBD"
         "e</t>"},
        {"end of CDATA", "<t>a]]>b</t>", "<t>a]]&gt;b</t>"},
    });
}

TEST(Repair, EndTagsThatAreWrongCostAtMostTheirItem) {
    check_items({
        {"missing", "<title>a<link>b</link><guid>c</guid>",
         "<title>a</title><link>b</link><guid>c</guid>"},
        {"missing, of the last", "<link>b</link><title>a", "<link>b</link><title>a</title>"},
        {"misspelt", "<title>a</titel><link>b</link>", "<title>a</title><link>b</link>"},
        {"in another case", "<pubDate>a</pubdate><link>b</LINK>",
         "<pubDate>a</pubDate><link>b</link>"},
        {"with another prefix", "<x:encoded>a</y:encoded>z", "<x:encoded>a</x:encoded>z"},
        {"surplus", "<title>a</title></title></p></b><link>b</link>",
         "<title>a</title><link>b</link>"},
        {"crossed", "<t><b>1<i>2</b>3</i></t>", "<t><b>1<i>2</i></b>3</t>"},
        {"without a name", "<t>a</><link>b</link>", "<t>a</t><link>b</link>"},
        {"without its bracket", "<title>a</title<link>b</link>", "<title>a</title><link>b</link>"},
        {"without a name, in a text", "<t>a</>b</t>", "<t>a&lt;/&gt;b</t>"},
        {"with a space", "<t>a< /t><link>b</link>", "<t>a</t><link>b</link>"},
        {"the frame's, in a text", "<title>a</channel>b</rss></title><link>c</link>",
         "<title>ab</title><link>c</link>"},
        {"of a prefixed field", "<atom:updated>a<atom:id>b</atom:id>",
         "<atom:updated>a</atom:updated><atom:id>b</atom:id>"},
    });
    check({
        {"an item's", "<rss><channel><item><t>1</t><item><t>2</t></item></channel></rss>",
         "<rss><channel><item><t>1</t></item><item><t>2</t></item></channel></rss>"},
        {"an item's, misspelt", "<rss><item><t>1</t></itme><item>2</item></rss>",
         "<rss><item><t>1</t></item><item>2</item></rss>"},
        {"all", "<rss><channel><item><title>1<item><title>2",
         "<rss><channel><item><title>1</title></item><item><title>2</title></item></channel></"
         "rss>"},
        {"the channel's, too early", "<rss><channel><t/></channel><item>1</item></channel></rss>",
         "<rss><channel><t/><item>1</item></channel></rss>"},
        {"the root's, too early",
         "<rss><channel><item>1</item></channel></rss><item>2</item></rss>",
         "<rss><channel><item>1</item><item>2</item></channel></rss>"},
        {"an entry's", "<feed><entry><title>1</title><entry><title>2</title></entry></feed>",
         "<feed><entry><title>1</title></entry><entry><title>2</title></entry></feed>"},
    });
}

TEST(Repair, KeepsUnescapedHtmlAsMarkup) {
    check_items({
        {"void elements", "<description><p>foo<br>bar<img src=x.png></description>",
         "<description><p>foo<br/>bar<img src=\"x.png\"/></p></description>"},
        {"paragraphs", "<description><p>a<p>b<ul><li>c<li>d</ul></description>",
         "<description><p>a</p><p>b<ul><li>c</li><li>d</li></ul></p></description>"},
        {"unclosed, and a field next", "<description><b>a<i>b<pubDate>c</pubDate>",
         "<description><b>a<i>b</i></b></description><pubDate>c</pubDate>"},
        {"script", "<description>a<script>if (a<b && c) '</p>'</script>z</description>",
         "<description>a<script><![CDATA[if (a<b && c) '</p>']]></script>z</description>"},
    });
}

TEST(Repair, WhatOpensInFrontOfAFieldDoesNotHideIt) {
    check_items({
        {"a misspelt name", "<ilnk>a</link><title>b</title><guid>c</guid>",
         "<ilnk>a</ilnk><title>b</title><guid>c</guid>"},
        {"a misspelt name and a paragraph", "<ilnk>a</link><p><title>b</title>",
         "<ilnk>a<p/></ilnk><title>b</title>"},
        {"a paragraph", "<p><title>a</title><p><guid>b</guid>",
         "<p/><title>a</title><p/><guid>b</guid>"},
        {"text of the item itself", "é<title>a</title>b</title><link>c</link>",
         "é<title>a</title>b<link>c</link>"},
        {"a start tag without its bracket", "<guid<description>a</description>",
         "<guid/><description>a</description>"},
        {"a bad byte in a name", "<guid\xEF\xBF\xBD>a</guid><link\xC3\xA9>b</link>",
         "<guid \xEF\xBF\xBD=\"\">a</guid><link \xC3\xA9=\"\">b</link>"},
    });
    check_items({
        {"but an image has its own", "<image><url>a</url><title>b</title></image>&",
         "<image><url>a</url><title>b</title></image>&amp;"},
        {"and a page in a text too",
         "<title>a</title><description><html><title>b</title>c</html></description>&",
         "<title>a</title><description><html><title>b</title>c</html></description>&amp;"},
        {"a character behind a name", "<guid\">a</guid><title=\"html\">b</title><link&>c</link>",
         "<guid>a</guid><title html=\"\">b</title><link>c</link>"},
        {"but not in prose", "<title>a<link&b, c<guid[0]</title>",
         "<title>a&lt;link&amp;b, c&lt;guid[0]</title>"},
    });
    check({
        {"a character behind an item's name",
         "<rss><item& a='1'><t/></item><item\"><t/></item><item='x'><t/></item>"
         "<item/ a='1'><t/></item></rss>",
         "<rss><item a=\"1\"><t/></item><item><t/></item><item x=\"\"><t/></item>"
         "<item a=\"1\"><t/></item></rss>"},
        {"the channel", "<rss><math><channel><item>1</item></channel></rss>",
         "<rss><math/><channel><item>1</item></channel></rss>"},
        {"the channel, in a title", "<rss><title><channel><item>1</item></channel></rss>",
         "<rss><title/><channel><item>1</item></channel></rss>"},
        {"an item's bracket", "<rss><item<title>1</title></item></rss>",
         "<rss><item><title>1</title></item></rss>"},
    });
}

TEST(Repair, ReadsLooseAttributes) {
    check_items({
        {"bare", "<a b=c d=/e/ f=g/>", R"(<a b="c" d="/e/" f="g"/>)"},
        {"no value", "<a b c='1'/>", R"(<a b="" c="1"/>)"},
        {"twice", "<a b='1' b='2'/>", R"(<a b="1"/>)"},
        {"no space", "<a b='1'c='2'/>", R"(<a b="1" c="2"/>)"},
        {"brackets within", "<a b='<i>&x</i>'/>", R"(<a b="&lt;i>&amp;x&lt;/i>"/>)"},
        {"quote missing at the end", "<a b='1>x</a><a b='2'>y</a>",
         R"(<a b="1">x</a><a b="2">y</a>)"},
        {"quote missing between", "<a b='1 c='2'/>", R"(<a b="1" c="2"/>)"},
        {"stray quotes", "<a b='1'' \" c='2'/>", R"(<a b="1" c="2"/>)"},
        {"bracket missing", "<a b='1' <c/>", R"(<a b="1"><c/></a>)"},
    });
}

TEST(Repair, CommentsAndSectionsThatDoNotEndHideNothing) {
    check_items({
        {"dashes in a comment", "a<!-- -- b -- -->c", "ac"},
        {"endless comment", "<t>a</t><!-- b <link>c</link>", "<t>a</t><link>c</link>"},
        {"endless section", "<t><![CDATA[a</t><link><![CDATA[b]]></link>",
         "<t><![CDATA[a]]></t><link><![CDATA[b]]></link>"},
        {"endless section, the last", "<t><![CDATA[a</t>", "<t><![CDATA[a]]></t>"},
        {"a section's start as people write it",
         "<t><! [CDATA[a<]]></t><t><![ cdata [b<]]></t><t><![CDATA<p>]]></t>",
         "<t><![CDATA[a<]]></t><t><![CDATA[b<]]></t><t><![CDATA[<p>]]></t>"},
        {"declaration in the middle", "a<?xml version='1.0'>b<!x>c", "abc"},
        {"forgotten question mark", "a<?php b ?>c<?d>e", "ace"},
    });
}

TEST(Repair, WhatSurroundsTheDocumentCostsNoItem) {
    constexpr std::string_view kTree = "<rss><item>1</item></rss>";
    check({
        {"blank lines", "\n\n<?xml version=\"1.0\"?><rss><item>1</item></rss>", kTree},
        {"a warning",
         "<br />\n<b>Warning</b>: x & y in <b>/a.php</b><br>\n<rss><item>1</item></rss>", kTree},
        {"text", "Notice: 1 < 2\n<rss><item>1</item></rss>", kTree},
        {"a comment with an ampersand", "<!-- & --> &<rss><item>1</item></rss>", kTree},
        {"a broken doctype", "<!DOCTYPE rss PUBLIC \"x><rss><item>1</item></rss>", kTree},
        {"a script", "<rss><item>1</item></rss><script>x</script>", kTree},
        {"text after", "<rss><item>1</item></rss> & more", kTree},
        {"a second document", "<rss><item>1</item></rss><?xml?><rss><item>2</item></rss>",
         "<rss><item>1</item></rss><rss><item>2</item></rss>"},
        {"a second document after a cut",
         "<rss version='2.0'><item>1<rss version='2.0'><item>2</item></rss>",
         "<rss version=\"2.0\"><item>1</item></rss><rss version=\"2.0\"><item>2</item></rss>"},
        {"the root twice", "<rss><rss><item>1</item></rss>", kTree},
        {"the root in a text", "<rss><item>1<rss></item></rss>", kTree},
        {"a page's elements", "<title>Site</title><x-y>z</x-y><rss><item>1</item></rss>",
         "<title>Site</title><x-y>z</x-y><rss><item>1</item></rss>"},
        {"a declaration without its end", "<?xml version='1.0'\n<rss><item>1</item></rss>", kTree},
        {"a doctype without its end", "<!DOCTYPE rss\n<rss><item>1</item></rss>", kTree},
        {"a doctype's list without its end", "<!DOCTYPE rss [\n<rss><item>1</item></rss>", kTree},
        {"HTML stays HTML", "<html><body><feed>&</feed></body></html>",
         "<html><body><feed>&amp;</feed></body></html>"},
    });
}

TEST(Repair, TruncationKeepsWhatCanBeRead) {
    constexpr std::string_view kWhole =
        "<rss><channel><item><title>one</title></item><item><title a='b'>two &amp; "
        "three</title><d><![CDATA[x]]></d></item></channel></rss>";
    for (std::size_t length = 1; length < kWhole.size(); ++length) {
        const auto tree = load_xml(kWhole.substr(0, length), {});
        if (!tree) continue;
        EXPECT_TRUE(tree->recovered);
        EXPECT_EQ(tree->cut_short, length + 1 < kWhole.size()) << kWhole.substr(0, length);
        const pugi::xml_node item = tree->document.child("rss").child("channel").child("item");
        if (length >= kWhole.find("</title>")) {
            EXPECT_STREQ(item.child_value("title"), "one");
        }
        if (length >= kWhole.find("three")) {
            const std::string_view two = item.next_sibling("item").child_value("title");
            EXPECT_TRUE(two.starts_with("two & ")) << two;
        }
    }
}

TEST(Repair, WhatReachesItsEndIsNotCutShort) {
    for (const char* whole :
         {"<rss><channel><item>a & b</item></channel></rss>", "<rss/>\0x",
          "<rss><item>1</item></RSS> trailing & junk", "<rss><item><b>x</item></rss>"}) {
        EXPECT_FALSE(load_xml(whole, {})->cut_short) << whole;
    }
}

std::string repeated(std::string_view text, int times) {
    std::string out;
    for (int i = 0; i < times; ++i)
        out += text;
    return out;
}

TEST(Repair, IsLinearInWhateverIsRepeated) {
    constexpr auto kEnough = std::chrono::seconds{20};  // a quadratic run takes minutes
    std::string attributes = "<rss ";
    for (int i = 0; i < 60'000; ++i)
        attributes += "a" + std::to_string(i) + "=x ";
    const std::string rows[] = {
        attributes + ">",
        "<rss>" + repeated("<a/>", 50'000),
        "<rss>" + repeated("<a>", 100'000),
        "<rss><title><item>" + repeated("<a>", 200) + repeated("</title>", 30'000),
        "<rss>" + repeated("<abcd>", 200) + repeated("</acbd>", 30'000),
        "<rss>" + repeated("<item>", 100'000),
        "<rss>" + repeated("word", 1'000'000),
    };
    const auto start = std::chrono::steady_clock::now();
    for (const std::string& row : rows)
        EXPECT_TRUE(load_xml(row, {}));
    for (const std::string_view piece :
         {"<!--", "<![CDATA[", "<![CDATA[</a><a>", "<![cdata[</a><a>", "<![cdata[<item>",
          "<!DOCTYPE[<!--", "<?a ", "<a b=\"", "<a b='x\" ", "<a b=\"<", "<", "</", "&", "&a",
          "<script>", "<a ", "\"", "<!"}) {
        EXPECT_TRUE(load_xml("<rss><a>" + repeated(piece, 20'000), {})) << piece;
        EXPECT_TRUE(load_xml("<rss><a " + repeated(piece, 20'000) + "><a>", {}) || true);
        EXPECT_TRUE(load_xml("<!DOCTYPE a [" + repeated(piece, 20'000) + "><a>", {}) || true);
    }
    EXPECT_LT(std::chrono::steady_clock::now() - start, kEnough);
}

}  // namespace
}  // namespace feedd
