// Feeds damaged at random, the same at every run: an item that the damage did not touch is found.
#include <algorithm>
#include <array>
#include <cstddef>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "base/text.h"
#include "parse/parse.h"

namespace feedd {
namespace {

constexpr int kFeeds = 2000;  // about a second in a debug build
constexpr int kItems = 6;

struct Shape {
    std::string_view name;
    std::string_view before;
    std::string_view item;  // # stands for the item's number
    std::string_view after;
};

constexpr auto kShapes = std::to_array<Shape>({
    {"RSS 2.0",
     "<?xml version=\"1.0\"?>\n<rss version=\"2.0\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">"
     "<channel>\n<title>T</title><link>https://e.org/</link><description>D</description>\n",
     "<item>\n <title>item # &amp; more</title>\n <link>https://e.org/#</link>\n"
     " <description><![CDATA[<p>a <b>b</b> &amp; c</p>]]></description>\n"
     " <dc:creator>Ann</dc:creator>\n <guid isPermaLink=\"false\">#</guid>\n</item>\n",
     "</channel>\n</rss>\n"},
    {"escaped", "<rss><channel><title>T</title>",
     "<item><title>item #</title><description>&lt;p&gt;a &amp;lt; b&lt;/p&gt;</description>"
     "<enclosure url=\"https://e.org/#.mp3\" type=\"audio/mpeg\" length=\"1\"/></item>",
     "</channel></rss>"},
    {"Atom", "<feed xmlns=\"http://www.w3.org/2005/Atom\">\n<title>T</title>\n",
     "<entry>\n<title type=\"html\">item #</title>\n<link href=\"https://e.org/#\"/>\n"
     "<id>urn:#</id>\n<author><name>Ann</name></author>\n<content type=\"xhtml\">"
     "<div xmlns=\"http://www.w3.org/1999/xhtml\"><p>a <b>b</b></p></div></content>\n</entry>\n",
     "</feed>\n"},
    {"RDF",
     "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" "
     "xmlns=\"http://purl.org/rss/1.0/\"><channel rdf:about=\"u\"><title>T</title></channel>",
     "<item rdf:about=\"https://e.org/#\"><title>item #</title><link>https://e.org/#</link></item>",
     "</rdf:RDF>"},
});

constexpr auto kInsertions = std::to_array<std::string_view>(
    {"&",        "<",    ">",   "\"",   "&nbsp;",     "&#0;",     "\x0B",           "\xFF",
     "]]>",      "<br>", "<b>", "</b>", "</p>",       "</title>", "</description>", "<foo:bar>",
     "<?php ?>", "\r\n", "/",   "=",    "<a href=x>", "</>",      "</body></html>"});

class Damage {
  public:
    explicit Damage(unsigned seed) : random_(seed) {}

    std::size_t below(std::size_t bound) { return random_() % bound; }

    // One blow to `item`. Not to the end of a CDATA section: without it the next item is
    // well-formed text of this one.
    void strike(std::string& item) {
        const std::string sound = item;
        do {
            item = sound;
            strike_anywhere(item);
        } while (sound.find("]]>") != sound.npos && item.find("]]></") == item.npos);
    }

  private:
    void strike_anywhere(std::string& item) {
        const std::size_t at = below(item.size());
        const std::size_t tag = std::min(item.find('<', at), item.size());
        const std::size_t length = item.find('>', tag) - tag + 1;
        switch (below(6)) {
            case 0:
                item.erase(at, 1);
                break;
            case 1:
                item.insert(at, kInsertions[below(kInsertions.size())]);
                break;
            case 2:
                item[at] = static_cast<char>(below(256));
                break;
            case 3:
                item.erase(tag, length);  // a tag
                break;
            case 4:
                item.insert(tag, item.substr(tag, length));
                break;
            default:
                item.replace(tag, tag < item.size() ? 1 : 0, "&lt;");
                break;
        }
    }

    std::mt19937 random_;
};

std::string item_of(const Shape& shape, int number) {
    std::string item;
    for (const char c : shape.item) {
        if (c == '#') {
            item += std::to_string(number);
        } else {
            item += c;
        }
    }
    return item;
}

bool has_item(const Document& document, int number) {
    const std::string title = "item " + std::to_string(number);
    return std::any_of(document.items.begin(), document.items.end(), [&](const Item& item) {
        return std::string_view(item.title.value).substr(0, title.size()) == title;
    });
}

TEST(Mutation, CostsAtMostTheItemThatItHits) {
    Damage damage(1);
    for (int i = 0; i < kFeeds; ++i) {
        const Shape& shape = kShapes[damage.below(kShapes.size())];
        const int hit = static_cast<int>(damage.below(kItems));
        std::string feed(shape.before);
        for (int number = 0; number < kItems; ++number) {
            std::string item = item_of(shape, number);
            if (number == hit) damage.strike(item);
            feed += item;
        }
        feed += shape.after;
        const auto document = parse(feed, {});
        ASSERT_TRUE(document) << shape.name << '\n' << feed;
        for (int number = 0; number < kItems; ++number) {
            if (number == hit) continue;
            EXPECT_TRUE(has_item(*document, number)) << shape.name << " item " << number << '\n'
                                                     << feed;
        }
    }
}

// Wherever a feed ends, what came before is there.
TEST(Mutation, ACutCostsWhatIsBehindIt) {
    for (const Shape& shape : kShapes) {
        std::string feed(shape.before);
        std::vector<std::size_t> ends;
        for (int number = 0; number < kItems; ++number) {
            feed += item_of(shape, number);
            ends.push_back(feed.size());
        }
        for (std::size_t cut = shape.before.size() + 20; cut < feed.size(); cut += 3) {
            const auto whole = std::upper_bound(ends.begin(), ends.end(), cut) - ends.begin();
            const auto document = parse(feed.substr(0, cut), {});
            ASSERT_TRUE(document) << shape.name << ' ' << cut;
            EXPECT_TRUE(document->cut_short) << shape.name << ' ' << cut;
            for (int number = 0; number < whole; ++number)
                EXPECT_TRUE(has_item(*document, number)) << shape.name << ' ' << cut;
        }
    }
}

}  // namespace
}  // namespace feedd
