#include "parse/xml.h"

#include <sstream>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "parse/repair.h"

namespace feedd {
namespace {

std::string printed(const pugi::xml_document& document) {
    std::ostringstream out;
    document.print(out, "", pugi::format_raw);
    return out.str();
}

bool recovered(std::string_view text) {
    const auto tree = load_xml(text, {});
    EXPECT_TRUE(tree) << text;
    return tree && tree->recovered;
}

constexpr std::string_view kWellFormed[] = {
    "<a/>",
    "<?xml version=\"1.0\"?><a></a>",
    "<?xml version='1.0' encoding='utf-8' standalone='yes'?>\n<!-- c --><a b='1' c=\"2\"/>\n<!-- "
    "-->",
    "<?xml version = '1.0' standalone='no' ?><a/>",
    "<a>&amp;&lt;&gt;&quot;&apos;&#65;&#x41;</a>",
    "<a b='&#10;&lt;'>x<![CDATA[<&]]>y<?p i?></a >",
    "<!DOCTYPE a><a/>",
    "<!DOCTYPE a PUBLIC \"p\" \"s\"><a/>",
    "<!DOCTYPE a [<!ENTITY x 'y'><!ELEMENT a ANY><!-- > --><!ATTLIST a b CDATA 'c>'>]><a>&x;</a>",
    "<!DOCTYPE a [<!ENTITY % p SYSTEM 'x'> %p; ]><a>&eacute;</a>",
    "<!DOCTYPE a SYSTEM 'x.dtd'><a>&eacute;</a>",
    "<p:a xmlns:p='u'><p:b p:c='1' xml:lang='de'/></p:a>",
    "<a><p:b xmlns:p='u'/><b xmlns=''/></a>",
    "<элемент атрибут='1'/>",
    "<a>]] ></a>",
    "<a>&#146;</a>",
};

constexpr std::string_view kMalformed[] = {
    " <?xml version='1.0'?><a/>",
    "<?xml version=1.0?><a/>",
    "<?xml encoding='utf-8'?><a/>",
    "<?xml encoding='utf-8' version='1.0'?><a/>",
    "<?xml version='1.0' encoding=utf-8?><a/>",
    "<?xml version='1.0'encoding='utf-8'?><a/>",
    "<?xml version='1.0' encoding=''?><a/>",
    "<?xml version='1.0' foo?><a/>",
    "<a>",
    "<a></b>",
    "<a><b></a></b>",
    "<a/><b/>",
    "<a/>x",
    "x<a/>",
    "<a>&</a>",
    "<a>& b</a>",
    "<a>&nbsp;</a>",
    "<a>&#0;</a>",
    "<a>&#xD800;</a>",
    "<a>&#x110000;</a>",
    "<a>&#;</a>",
    "<a>&amp</a>",
    "<a b='&x'/>",
    "<a b='<'/>",
    "<a b=1/>",
    "<a b/>",
    "<a b='1' b='2'/>",
    "<a b='1'c='2'/>",
    "<a b='1/>",
    "<a>]]></a>",
    "<a><!-- -- --></a>",
    "<a><!-- </a>",
    "<a><![CDATA[ </a>",
    "<a><?xml version='1.0'?></a>",
    "<p:a/>",
    "<a p:b='1'/>",
    "<a><b xmlns:p='u'/><p:c/></a>",
    "<p:a xmlns:p=''/>",
    "<a:b:c xmlns:a='u'/>",
    "<!doctype a><a/>",
    "<!DOCTYPE a><!DOCTYPE a><a/>",
    "<!DOCTYPE a [<!ENTITY x 'y'><a>&x;</a>",
    "<a>1 < 2</a>",
    "<1/>",
};

TEST(Xml, KnowsWhatIsWellFormed) {
    for (const std::string_view text : kWellFormed)
        EXPECT_FALSE(recovered(text)) << text;
}

TEST(Xml, KnowsWhatIsNot) {
    for (const std::string_view text : kMalformed) {
        const auto tree = load_xml(text, {});
        EXPECT_TRUE(!tree || tree->recovered) << text;
    }
}

TEST(Xml, BothPathsGiveOneTreeForWellFormedText) {
    for (const std::string_view text : kWellFormed) {
        pugi::xml_document repaired;
        EXPECT_TRUE(repair_xml(text, true, 256, repaired));
        EXPECT_EQ(printed(load_xml(text, {})->document), printed(repaired)) << text;
    }
}

TEST(Xml, KeepsTextAndCdataInOrder) {
    const auto tree = load_xml("<a> x <![CDATA[<b>&amp;]]>&lt;<i>z</i> <b/></a>", {});
    ASSERT_TRUE(tree);
    EXPECT_EQ(printed(tree->document), "<a> x <![CDATA[<b>&amp;]]>&lt;<i>z</i> <b/></a>");
}

TEST(Xml, KeepsWhiteSpaceWhereItSeparatesWords) {
    const auto tree_of = [](std::string_view text) {
        const auto tree = load_xml(text, {});
        return tree ? printed(tree->document) : "none";
    };
    // Between elements that hold no text, and around a text, it is only layout.
    EXPECT_EQ(tree_of("<rss>\n <channel>\n  <item>\n   <title> a </title>\n  <t>\n <![CDATA[b]]>\n"
                      "</t></item>\n <image>\n <url>u</url>\n</image>\n</channel>\n</rss>"),
              "<rss><channel><item><title> a </title><t><![CDATA[b]]></t></item>"
              "<image><url>u</url></image></channel></rss>");
    for (const std::string_view text :
         {"<rss><channel><item><t><b>a</b> <i>b</i></t></item></channel></rss>",
          "<rss><channel><item><t>a<b> <i>b</i></b></t></item></channel></rss>",
          "<rss><channel><item><t><b><i>a</i> </b>b</t></item></channel></rss>",
          "<rss><channel><item><t><![CDATA[a]]> <![CDATA[b]]></t></item></channel></rss>",
          "<feed><entry><content><div>a<b>b</b>\n<b>c</b></div></content></entry></feed>"}) {
        EXPECT_EQ(tree_of(text), text);
    }
}

TEST(Xml, ResolvesReferencesOnce) {
    const auto text_of = [](std::string_view markup) {
        const auto tree = load_xml(
            "<!DOCTYPE a [<!ENTITY id 'tag:x,'><!ENTITY two '&id;&id;'>"
            "<!ENTITY amp2 '&#38;amp;'><!ENTITY me '&me;'>"
            "<!ENTITY file SYSTEM '/etc/passwd'><!ENTITY b '<b>'>]>"
            "<t>" +
                std::string(markup) + "</t>",
            {});
        return tree ? std::string(tree->document.child("t").text().get()) : "none";
    };
    EXPECT_EQ(text_of("&amp;lt;"), "&lt;");
    EXPECT_EQ(text_of("&id;1"), "tag:x,1");
    EXPECT_EQ(text_of("&two;"), "tag:x,tag:x,");
    EXPECT_EQ(text_of("&amp2;"), "&");
    EXPECT_EQ(text_of("&me;"), "&me;");
    EXPECT_EQ(text_of("[&file;]"), "[]");
    EXPECT_EQ(text_of("&b;"), "<b>");
    EXPECT_EQ(text_of("&#146;&nbsp;&hellip;"), "’\xC2\xA0…");
    EXPECT_EQ(text_of("&nosuch; &amp &a=1&copy=2"), "&nosuch; & &a=1&copy=2");
    EXPECT_EQ(text_of("&#55357;&#56832;"), "😀");
}

TEST(Xml, EntityBombsStaySmall) {
    std::string bomb = "<!DOCTYPE a [<!ENTITY a0 'lol'>";
    for (int i = 1; i < 10; ++i) {
        bomb += "<!ENTITY a" + std::to_string(i) + " '";
        for (int n = 0; n < 10; ++n)
            bomb += "&a" + std::to_string(i - 1) + ";";
        bomb += "'>";
    }
    bomb += "]><a>";
    for (int i = 0; i < 1000; ++i)
        bomb += "&a9;&a3;";
    const auto tree = load_xml(bomb + "</a>", {});
    ASSERT_TRUE(tree);
    EXPECT_LT(printed(tree->document).size(), 100'000U);
}

TEST(Xml, IsNeverDeeperThanTheLimit) {
    std::string deep = "<rss><channel>";
    for (int i = 0; i < 100'000; ++i)
        deep += "<a>";
    deep += "text";
    const std::string open = deep;
    for (int i = 0; i < 100'000; ++i)
        deep += "</a>";
    deep += "<item/></channel></rss>";
    const auto tree = load_xml(deep, {});
    ASSERT_TRUE(tree);
    EXPECT_FALSE(tree->recovered);
    EXPECT_TRUE(tree->document.child("rss").child("channel").child("item"));
    const auto cut = load_xml(open + "</channel><channel><item/>", {});
    ASSERT_TRUE(cut);
    EXPECT_TRUE(cut->recovered);
    EXPECT_NE(printed(cut->document).find("<item/>"), std::string::npos);
}

TEST(Xml, UnnestsItems) {
    const auto tree = load_xml("<rss><channel><item>1<item>2</item></item></channel></rss>", {});
    ASSERT_TRUE(tree);
    EXPECT_FALSE(tree->recovered);
    EXPECT_EQ(printed(tree->document),
              "<rss><channel><item>1</item><item>2</item></channel></rss>");
}

TEST(Xml, RefusesWhatHasNoElementOrIsTooLarge) {
    for (const std::string_view text :
         {"", " ", "text", "<!-- -->", "<?xml version='1.0'?>", "<"}) {
        const auto tree = load_xml(text, {});
        ASSERT_FALSE(tree) << text;
        EXPECT_EQ(tree.error().kind, ErrorKind::not_feed);
    }
    const auto tree = load_xml("<a>1234567890</a>", {.max_bytes = 10});
    ASSERT_FALSE(tree);
    EXPECT_EQ(tree.error().kind, ErrorKind::refused);
}

}  // namespace
}  // namespace feedd
