// What servers, caches, proxies and browsers make of a feed: no item may be lost.
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "parse/parse.h"

namespace feedd {
namespace {

constexpr std::string_view kRss =
    "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>T</title>"
    "<item><title>a</title><guid>1</guid></item><item><title>b</title><guid>2</guid></item>"
    "</channel></rss>";
constexpr std::string_view kAtom =
    "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>T</title>"
    "<entry><title>a</title><id>1</id></entry><entry><title>b</title><id>2</id></entry></feed>";
constexpr std::string_view kJson =
    R"({"version":"https://jsonfeed.org/version/1","items":[{"id":"1","title":"a"},)"
    R"({"id":"2","title":"b"}]})";

struct Case {
    std::string_view name;
    std::string document;
    std::string_view titles = "a b ";
};

std::string titles_of(std::string_view bytes) {
    const auto document = parse(bytes, {});
    if (!document) return document.error().what;
    std::string titles;
    for (const Item& item : document->items)
        titles += item.title.value + " ";
    return titles;
}

void check(const std::vector<Case>& cases) {
    for (const Case& one : cases)
        EXPECT_EQ(titles_of(one.document), one.titles) << one.name;
}

std::string around(std::string_view before, std::string_view document, std::string_view after) {
    return std::string(before).append(document).append(after);
}

TEST(InTheWild, AFeedInAPageIsTheFeed) {
    check({
        {"saved by a browser",
         around("<html><head></head><body><pre style=\"word-wrap: break-word;\">", kRss,
                "</pre></body></html>")},
        {"saved by another",
         around("<html xmlns=\"http://www.w3.org/1999/xhtml\"><body><div id=\"viewer\">", kAtom,
                "</div></body></html>")},
        {"after a page's head", around("<!DOCTYPE html>\n<head><title>x</title></head>", kRss, "")},
        {"after a form", around("<form><input></form><iframe src='x'></iframe>", kRss, "")},
        {"after an error message", around("<error>x</error>\n", kAtom, "")},
        {"after HTTP headers", around("HTTP/1.1 200 OK\r\nServer: x\r\n\r\n", kRss, "")},
        {"addresses without quotation marks",
         "<html><body><rss version=2.0 xmlns:dc=http://purl.org/dc/elements/1.1/><channel>"
         "<item><title>a</title><guid>1</guid></item><item><title>b</title><guid>2</guid></item></"
         "channel></rss></body></"
         "html>"},
        {"its root lost",
         "<html><body><channel><title>T</title><item><title>a</title><guid>1</guid>"
         "</item><item><title>b</title><guid>2</guid></item></channel></body>"},
        {"its root and channel lost",
         "<html><body><title>T</title><item><title>a</title><guid>1</guid></item>"
         "<item><title>b</title><guid>2</guid></item></body></html>"},
        {"cut off, its items saying nearly nothing",
         "<html><body><rss version='2.0'><channel><item><title>a</title></item><item><title>b"},
        {"the page's end within it",
         "<html><body><rss "
         "version='2.0'><channel><item><title>a</title><guid>1</guid></item></body></html>"
         "<item><title>b</title><guid>2</guid></item></channel></rss>"},
        {"JSON in a page", around("<html><body><pre>", kJson, "</pre></body></html>")},
    });
}

TEST(InTheWild, ATagThatAtomHasNotHoldsNoEntries) {
    check({
        {"within a tag",
         "<feed xmlns='http://www.w3.org/2005/Atom'><category term='x'/<channel>><entry>"
         "<title>a</title></entry><entry><title>b</title></entry></feed>"},
        {"by itself",
         "<feed xmlns='http://www.w3.org/2005/Atom'><channel><entry><title>a</title></entry>"
         "<entry><title>b</title></entry></feed>"},
    });
}

TEST(InTheWild, JsonWithAFeedInItIsTheFeed) {
    check({
        {"JSONP", around("callback(", kJson, ");")},
        {"JSONP with a comment", around("/**/cb_1.x(", kJson, ")")},
        {"an assignment", around("var feed = ", kJson, ";")},
        {"a guard", around(")]}',\n", kJson, "")},
        {"XML in a member",
         R"({"status":{"code":200},"contents":"<rss version=\"2.0\"><channel><item>)"
         R"(<title>a<\/title><\/item><item><title>b<\/title><\/item><\/channel><\/rss>"})"},
        {"XML in a member, its lines ended by CR and LF",
         R"({"xml":"<rss version=\"2.0\">\r\n<channel>\r\n<item><title><![CDATA[a\r\nb]]></title>)"
         R"(</item></channel></rss>"})",
         "a\nb "},
        {"without the end of its first key",
         R"({"version:"https://jsonfeed.org/version/1","items":[{"id":"1","title":"a"},)"
         R"({"id":"2","title":"b"}]})"},
        {"XML behind a log line in JSON", around("{\"level\": \"warning\"}\n", kRss, "")},
    });
}

TEST(InTheWild, DocumentsOneAfterAnotherAllCount) {
    check({
        {"twice", around(kRss, kRss, ""), "a b a b "},
        {"another format", around(kRss, "\n", kAtom), "a b a b "},
        {"after one that was cut", around(kRss.substr(0, 110), kRss, ""), "a a b "},
        {"in a page", "<html><body>" + around(kRss, kAtom, "") + "</body></html>", "a b a b "},
        {"items beside a feed", around("<item><title>x</title><guid>0</guid></item>", kRss, ""),
         "x a b "},
    });
}

TEST(InTheWild, WithoutItsBeginningAFeedStillHasItsItems) {
    const auto rest_of = [](std::string_view document, std::string_view from) {
        return std::string(document.substr(document.find(from)));
    };
    check({
        {"RSS from an item on", rest_of(kRss, "<item>")},
        {"RSS from the middle of a tag on", rest_of(kRss, "hannel>")},
        {"Atom from an entry on", rest_of(kAtom, "<entry>")},
        {"RSS, its channel misspelt",
         "<rss version='2.0'><chanel><item><title>a</title></item><item><title>b</title></item>"
         "</chanel></rss>"},
        {"items in a list of their own",
         "<rss version='2.0'><channel><list><item><title>a</title></item>"
         "<item><title>b</title></item></list></channel></rss>"},
        {"a root of another name",
         "<xml><entry><title>a</title><id>1</id></entry><entry><title>b</title><id>2</id></entry>"
         "</xml>"},
        {"entries alone that say nearly nothing",
         "<entry><title>a</title></entry><entry><title>b</title></entry>"},
        {"a prefix that is bound to nothing",
         "<a:feed xmlns:a=''><a:entry><a:title>a</a:title></a:entry><a:entry><a:title>b</a:title>"
         "</a:entry></a:feed>"},
        {"a prefix in another case",
         "<a:feed xmlns:a='http://www.w3.org/2005/Atom'><A:entry><A:title>a</A:title></A:entry>"
         "<a:entry><a:title>b</a:title></a:entry></a:feed>"},
        {"a misspelt root, and items that say nearly nothing",
         "<fed xmlns='http://www.w3.org/2005/Atom'><entry><title>a</title></entry>"
         "<entry><title>b</title></entry></feed>"},
        {"no root, and items that say nearly nothing",
         "<item><title>a</title></item><item><title>b</title></item></channel></rss>"},
        {"a root that ends before its items",
         "<id>x<feed xmlns='http://www.w3.org/2005/Atom'>y</id><entry><title>a</title><id>1</id>"
         "</entry><entry><title>b</title><id>2</id></entry></feed>"},
    });
}

TEST(InTheWild, WhatOnlyShowsTheMarkupOfFeedsIsNone) {
    for (const std::string_view page :
         {"<html><body><p>A feed begins with <rss version='2.0'>.</p></body></html>",
          "<html><body><feed xmlns='http://www.w3.org/2005/Atom'>x</feed></body></html>",
          "<html><body><item><title>a</title><link>b</link></item></body></html>",
          "<opml><body><item><title>a</title><link>b</link></item></body></opml>",
          "<shop><item><name>a</name><price>1</price></item></shop>",
          "<shop><item><title>a</title></item></shoq>",
          "<service xmlns:a='http://www.w3.org/2005/Atom'><workspace><a:entry><a:title>t</a:title>"
          "<a:id>i</a:id></a:entry></workspace></service>",
          R"({"items": [{"title": "a", "link": "b"}]})", R"({"text": "write <rss> first"})"}) {
        EXPECT_FALSE(parse(page, {})) << page;
    }
}

}  // namespace
}  // namespace feedd
