// Well-formed documents: the tree must be the one that pugixml would have read by itself.
#include "parse/strict_tree.h"

#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "parse/wellformed.h"

namespace feedd {
namespace {

constexpr int kDepth = 16;

// White space and text as separate nodes, in brackets, which printed markup does not show.
void describe(pugi::xml_node node, std::string& out) {
    for (const pugi::xml_node inner : node.children()) {
        if (inner.type() == pugi::node_element) {
            out.append("<").append(inner.name());
            for (const pugi::xml_attribute at : inner.attributes())
                out.append(" ").append(at.name()).append("=[").append(at.value()).append("]");
            out += ">";
            describe(inner, out);
            out += "</>";
        } else {
            out.append(inner.type() == pugi::node_cdata ? "C[" : "[");
            out.append(inner.value()).append("]");
        }
    }
}

std::string described(const pugi::xml_document& document) {
    std::string out;
    describe(document, out);
    return out;
}

std::string by_pugixml(std::string_view text, StrictTree::Spaces spaces) {
    unsigned options = pugi::parse_cdata | pugi::parse_escapes | pugi::parse_wconv_attribute;
    if (spaces == StrictTree::Spaces::kept) options |= pugi::parse_ws_pcdata;
    pugi::xml_document document;
    EXPECT_TRUE(document.load_buffer(text.data(), text.size(), options, pugi::encoding_utf8))
        << text;
    return described(document);
}

constexpr std::string_view kDocuments[] = {
    "<a/>",
    "<?xml version='1.0'?>\n<!-- c -->\n<a b='1' c=\"2\" />\n<?p i?><!-- -->",
    "<!DOCTYPE a PUBLIC \"p\" \"s\" [<!ELEMENT a ANY>]><a></a>",
    "<a> x <![CDATA[<b>&amp;]]>&lt;<i>z</i> <b/></a>",
    "<a>\n <b> </b>\n <c> d </c>\n</a>",
    "<a><![CDATA[]]><![CDATA[]]]]><![CDATA[>]]></a>",
    "<a>x<!-- c -->y<?p i?> <!-- d -->z </a>",
    "<a>]] > ]]&gt; ] &amp;]</a>",
    "<a>&amp;&lt;&gt;&quot;&apos;&#65;&#x41;&#x20AC;&#128512;&#x000a;&#13;&#9;</a>",
    "<a>&#32;</a>",
    "<a>&amp;lt; &amp;#65; &amp;amp;amp;</a>",
    "<a b='&#10;&lt;&#9;' c=' \t\n x ' d=\"'&quot;]]>\" e=''/>",
    "<a >text in a long line, more than one register of it &amp; more &lt;p&gt; and more</a >",
    "<a xmlns='u' xmlns:p='v'><p:b p:c='1' xml:lang='de'>\xC3\xA9\xE2\x80\x93</p:b></a>",
    "<элемент атрибут='значение'>текст</элемент>",
    "<r><i><t><b>a</b> <i>b</i></t><t>a<b> <i>b</i></b>\n</t></i></r>",
};

TEST(StrictTree, IsWhatPugixmlReads) {
    for (const std::string_view text : kDocuments) {
        for (const auto spaces : {StrictTree::Spaces::dropped, StrictTree::Spaces::kept}) {
            pugi::xml_document document;
            StrictTree tree(document, spaces);
            const Scan scan = scan_xml(text, kDepth, tree);
            if (scan.spaced) continue;  // the tree is of no use
            ASSERT_TRUE(scan.well_formed) << text;
            EXPECT_TRUE(scan.plain) << text;
            EXPECT_EQ(described(document), by_pugixml(text, spaces)) << text;
        }
    }
}

// Every length of text before and behind what is special, across the bounds of registers.
TEST(StrictTree, ResolvesReferencesWhereverTheyStand) {
    for (std::size_t before = 0; before < 40; ++before) {
        for (std::size_t behind = 0; behind < 40; ++behind) {
            const std::string text = "<a b='" + std::string(before, 'x') + "&lt;\n" +
                                     std::string(behind, 'y') + "'>" + std::string(before, 'x') +
                                     "&amp;&#8364;" + std::string(behind, 'y') + "]&gt;</a>";
            pugi::xml_document document;
            StrictTree tree(document, StrictTree::Spaces::dropped);
            ASSERT_TRUE(scan_xml(text, kDepth, tree).well_formed);
            ASSERT_EQ(described(document), by_pugixml(text, StrictTree::Spaces::dropped)) << text;
        }
    }
}

// Takes all items but those that are told to stay.
class Taker final : public ItemTaker {
  public:
    bool take(pugi::xml_node item, double read) override {
        EXPECT_GT(read, 0);
        EXPECT_LE(read, 1);
        if (item.attribute("stays")) return false;
        pugi::xml_document copy;
        copy.append_copy(item);
        taken += described(copy);
        return true;
    }
    void forget() override { taken.clear(); }

    std::string taken;
};

TEST(StrictTree, WritesAnItemOverOneThatWasTaken) {
    constexpr std::string_view kItems[] = {
        "<item><title>a</title><link>l</link><guid isPermaLink='true'>g</guid></item>",
        "<item><title>longer than the one before</title><link>l</link><guid x='1'>g</guid></item>",
        "<item><title/><link>l</link><guid>g</guid></item>",
        "<item x='1' y='2'><title>a<![CDATA[b]]>c</title><b><c/></b></item>",
        "<item y='2'><title><![CDATA[b]]></title></item>",
        "<item/>",
        "<item>x<title>a</title><title>b</title></item>",
        "<entry><title>a</title><title>b</title></entry>",
    };
    std::string text = "<rss><channel><title>T</title>";
    std::string items;
    for (const std::string_view before : kItems) {
        for (const std::string_view item : kItems) {
            text.append(before).append(item);
            items += by_pugixml(before, StrictTree::Spaces::dropped);
            items += by_pugixml(item, StrictTree::Spaces::dropped);
        }
    }
    text += "<item stays='1'><a/></item><link>l</link></channel><x/></rss>";
    pugi::xml_document document;
    StrictTree tree(document, StrictTree::Spaces::dropped);
    Taker taker;
    const Scan scan = scan_xml(text, kDepth, tree, &taker);
    EXPECT_TRUE(scan.well_formed && scan.plain);
    EXPECT_EQ(taker.taken, items);
    EXPECT_EQ(described(document),
              "<rss><channel><title>[T]</><item stays=[1]><a></></><link>[l]</></><x></></>");
}

TEST(StrictTree, IsNoDeeperThanItMayBe) {
    std::string deep;
    for (int i = 0; i < 1000; ++i)
        deep += "<a>";
    for (int i = 0; i < 1000; ++i)
        deep += "</a>";
    pugi::xml_document document;
    StrictTree tree(document, StrictTree::Spaces::dropped);
    const Scan scan = scan_xml(deep, kDepth, tree);
    EXPECT_TRUE(scan.well_formed);
    EXPECT_FALSE(scan.plain);
    int depth = 0;
    for (pugi::xml_node node = document.first_child(); node; node = node.first_child())
        ++depth;
    EXPECT_LE(depth, kDepth + 1);
}

}  // namespace
}  // namespace feedd
