#include "parse/discover.h"

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/text.h"
#include "parse/feed_link.h"
#include "parse/parse.h"

namespace feedd {
namespace {

using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

constexpr std::string_view kUrl = "https://example.org/blog/index.html";
using Urls = std::vector<std::string>;

Urls urls_in(std::string_view html, std::string_view url = kUrl) {
    Urls urls;
    for (const FoundFeed& feed : feeds_in_page(html, url))
        urls.push_back(feed.url);
    return urls;
}

std::string repeated(std::string_view piece, std::size_t times) {
    std::string out;
    out.reserve(piece.size() * times);
    for (std::size_t i = 0; i < times; ++i)
        out += piece;
    return out;
}

struct Page {
    std::string_view name;
    std::string_view html;
    Urls feeds;
};

TEST(FeedsInPage, AreThoseThatLinksOfThePageName) {
    const std::vector<Page> rows = {
        {"RSS",
         R"(<head><link rel="alternate" type="application/rss+xml" title="RSS" href="/rss"></head>)",
         {"https://example.org/rss"}},
        {"each type",
         R"(<link rel=alternate type=application/rss+xml href=a>
            <link rel=alternate type=application/atom+xml href=b>
            <link rel=alternate type=application/feed+json href=c>
            <link rel=alternate type=application/rdf+xml href=d>
            <link rel=alternate type=text/xml href=e>
            <link rel=alternate type="Application/RSS+XML; charset=utf-8" href=f>)",
         {"https://example.org/blog/a", "https://example.org/blog/b", "https://example.org/blog/c",
          "https://example.org/blog/d", "https://example.org/blog/e",
          "https://example.org/blog/f"}},
        {"any order and case, single quotes, XHTML",
         R"(<LINK HREF='x.atom' Title='T' TYPE=' application/atom+xml ' REL='Alternate'/>)",
         {"https://example.org/blog/x.atom"}},
        {"rel is a set of words",
         "<link rel='home\n ALTERNATE' type=application/rss+xml href=/1>"
         "<link rel=feed href=/2><link rel='alternates' type=application/rss+xml href=/3>",
         {"https://example.org/1", "https://example.org/2"}},
        {"in the body, with the page unclosed",
         "<html><body><div><p><link rel=alternate type=application/rss+xml href=/1>",
         {"https://example.org/1"}},
        {"references in the address",
         R"(<link rel=alternate type=application/rss+xml href="/f?a=1&amp;b=2&#38;c=3&copy=4">)",
         {"https://example.org/f?a=1&b=2&c=3&copy=4"}},
        {"base, even behind the link and relative, the first of two",
         "<link rel=alternate type=application/rss+xml href=f.xml>"
         "<base target=_top><base href='/en/'><base href='/de/'>",
         {"https://example.org/en/f.xml"}},
        {"base of another host",
         "<base href=https://cdn.example.net/a/><link rel=alternate type=text/xml href=f>",
         {"https://cdn.example.net/a/f"}},
        {"a base that is none",
         "<base href=javascript:x><link rel=alternate type=text/xml href=f>",
         {"https://example.org/blog/f"}},
        {"each once, without its fragment",
         "<link rel=alternate type=application/rss+xml href=/f>"
         "<link rel=alternate type=application/atom+xml href=//example.org/f>"
         "<link rel=alternate type=application/rss+xml href=https://example.org/f#top>",
         {"https://example.org/f"}},
        {"never the page itself",
         "<link rel=alternate type=application/rss+xml href=''>"
         "<link rel=alternate type=application/rss+xml href='#'>"
         "<link rel=alternate type=application/rss+xml href=index.html>",
         {}},
        {"feeds of comments come last",
         R"(<link rel="alternate" type="application/rss+xml" title="B &raquo; Comments Feed" href="/c">
            <link rel="alternate" type="application/rss+xml" title="B" href="/comments/feed/">
            <link rel="alternate" type="application/rss+xml" title="B &raquo; KOMMENTAR-Feed" href="/k">
            <link rel="alternate" type="application/rss+xml" href="/?feed=comments-rss2">
            <link rel="alternate" type="application/rss+xml" title="Commentary" href="/f">)",
         {"https://example.org/f", "https://example.org/c", "https://example.org/comments/feed/",
          "https://example.org/k", "https://example.org/?feed=comments-rss2"}},
        {"the scheme feed",
         "<link rel=alternate type=application/rss+xml href=feed://example.net/a>"
         "<link rel=alternate type=application/rss+xml href=feed:http://example.net/b>",
         {"https://example.net/a", "http://example.net/b"}},
        {"JSON and unnamed types, if they look like feeds",
         "<link rel=alternate type=application/json href=/feed.json>"
         "<link rel=alternate type=application/json title='JSON Feed' href=/j>"
         "<link rel=alternate type=application/json title=JSON href=/wp-json/wp/v2/pages/2>"
         "<link rel=alternate href=/feed/>"
         "<link rel=alternate hreflang=de href=/de/feed/>",
         {"https://example.org/feed.json", "https://example.org/j", "https://example.org/feed/"}},
        {"no password leaks",
         "<link rel=alternate type=text/xml href=https://ann:secret@h.org/f>",
         {"https://h.org/f"}},
    };
    for (const Page& row : rows)
        EXPECT_EQ(urls_in(row.html), row.feeds) << row.name;
}

TEST(FeedsInPage, AreNotWhatOnlySeemsToNameOne) {
    const std::vector<Page> rows = {
        {"nothing", "", {}},
        {"text", "rel=alternate type=application/rss+xml href=/f", {}},
        {"other relations",
         "<link rel=stylesheet type=application/rss+xml href=/f>"
         "<link type=application/rss+xml href=/f>",
         {}},
        {"other types",
         "<link rel=alternate type=text/html href=/feed>"
         "<link rel=alternate type=application/json+oembed href=/feed>"
         "<link rel=alternate type=application/activity+json href=/feed>",
         {}},
        {"in a comment, a script, a title, a text area",
         "<!-- <link rel=alternate type=application/rss+xml href=/1> -->"
         "<script>'<link rel=alternate type=application/rss+xml href=/2>'</script>"
         "<title><link rel=alternate type=application/rss+xml href=/3></title>"
         "<textarea><link rel=alternate type=application/rss+xml href=/4></textarea>",
         {}},
        {"no address",
         "<link rel=alternate type=application/rss+xml>"
         "<link rel=alternate type=application/rss+xml href>"
         "<link rel=alternate type=application/rss+xml href='  '>",
         {}},
        {"addresses that nothing can be fetched from",
         "<link rel=alternate type=application/rss+xml href=javascript:feed()>"
         "<link rel=alternate type=application/rss+xml href=data:text/xml,rss>"
         "<link rel=alternate type=application/rss+xml href=file:///etc/passwd>"
         "<link rel=alternate type=application/rss+xml href=mailto:feed@example.org>"
         "<link rel=alternate type=application/rss+xml href=https://>"
         "<link rel=alternate type=application/rss+xml href='http://[::1/rss'>",
         {}},
        {"cut in the middle", "<link rel=alternate type=application/rss+xml href='/f", {}},
    };
    for (const Page& row : rows)
        EXPECT_EQ(urls_in(row.html), row.feeds) << row.name;
}

TEST(FeedsInPage, AreThoseThatAnchorsLeadToIfNoLinkNamesOne) {
    constexpr std::string_view kAnchors =
        "<a href=/about>About</a><a href='/comments/feed/'>RSS</a><a href='rss.xml'>RSS</a>"
        "<a href=https://feeds.feedburner.com/name>x</a><a type=application/atom+xml href=/a>x</a>"
        "<a type=text/html href=/feed/>x</a><a href=/feedback>x</a><a href=rss.xml>again</a>";
    EXPECT_THAT(urls_in(kAnchors),
                ElementsAre("https://example.org/blog/rss.xml", "https://feeds.feedburner.com/name",
                            "https://example.org/a", "https://example.org/comments/feed/"));
    const std::string links = "<link rel=alternate type=application/rss+xml href=/f>";
    EXPECT_THAT(urls_in(std::string(kAnchors) + links), ElementsAre("https://example.org/f"));
    const std::string comments = "<link rel=alternate type=text/xml href=/comments>";
    EXPECT_THAT(urls_in(comments + "<a href=/feed>RSS</a>"),
                ElementsAre("https://example.org/feed", "https://example.org/comments"));
}

TEST(FeedsInPage, HaveTheTitleAndTypeOfTheirLink) {
    const auto feeds = feeds_in_page(
        "<link rel=alternate type='application/rss+xml' title=' A &amp;\n B ' href=/f>", kUrl);
    ASSERT_THAT(feeds, SizeIs(1));
    EXPECT_EQ(feeds[0].title, "A & B");
    EXPECT_EQ(feeds[0].type, "application/rss+xml");
}

TEST(FeedsInPage, OfAnUnknownUrlStayRelative) {
    EXPECT_THAT(urls_in("<link rel=alternate type=text/xml href=f.xml>", ""), ElementsAre("f.xml"));
    EXPECT_THAT(urls_in("<link rel=alternate type=text/xml href=f.xml>", "file:///srv/page.html"),
                ElementsAre("file:///srv/f.xml"));
}

TEST(FeedsInPage, AreBounded) {
    std::string many;
    for (int i = 0; i < 400; ++i)
        many += "<link rel=alternate type=text/xml href=/" + std::to_string(i) + ">";
    EXPECT_THAT(urls_in(many), SizeIs(50));
    constexpr std::string_view kLink = "<link rel=alternate type=text/xml href=/f>";
    EXPECT_THAT(urls_in(std::string(std::size_t{1} << 20U, ' ') + std::string(kLink)), IsEmpty());
    const std::string long_url = "/" + std::string(3000, 'a');
    EXPECT_THAT(urls_in("<link rel=alternate type=text/xml href=" + long_url + ">"), IsEmpty());
    EXPECT_THAT(urls_in("<base href=" + long_url + ">" + std::string(kLink)),
                ElementsAre("https://example.org/f"));
}

TEST(FeedsInPage, OfAHostilePageAreFoundInTimeByItsSize) {
    constexpr std::size_t kSize = std::size_t{2} << 20U;
    const std::string long_base = "<base href=https://e.org/" + std::string(2000, 'b') + "/>";
    for (const std::string_view piece :
         {"<a", "<a href=http://[/rss>", "<a href=rss/>", "<link rel='",
          "<link rel=alternate href=\"", "<title>", "<script><p>", "<![CDATA[",
          "<style><p><script><p>", "<title><textarea>", "&amp;&#38;",
          "<link rel=alternate type=text/xml href=comment>", "<a b c d e f g h='"}) {
        const std::string page = long_base + repeated(piece, kSize / piece.size());
        const auto start = std::chrono::steady_clock::now();
        EXPECT_LE(feeds_in_page(page, kUrl).size(), 50U);
        EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5)) << piece;
    }
}

TEST(LooksLikeFeed, TellsTheAddressesOfFeeds) {
    for (const std::string_view url : {"/feed",
                                       "/feed/",
                                       "feed",
                                       "/blog/rss",
                                       "/rss2",
                                       "/RSS.XML",
                                       "/a/b.atom",
                                       "/b.rss",
                                       ".rss",
                                       "/index.xml",
                                       "/index.rdf",
                                       "/atom10.xml",
                                       "/feeds/posts/default",
                                       "/rss/news.xml",
                                       "/feed.json",
                                       "/rss.php?id=2",
                                       "/newsfeed.xml",
                                       "/news-feed.xml",
                                       "?feed=rss2",
                                       "/?rss",
                                       "/blog?format=rss",
                                       "/videos.xml?feed=1",
                                       "/feeds/videos.xml?channel_id=UC1",
                                       "https://feeds.feedburner.com/name",
                                       "https://feeds.example.org/public/shows/1"}) {
        EXPECT_TRUE(looks_like_feed(url)) << url;
    }
    for (const std::string_view url :
         {"",
          "/",
          "/about",
          "/feedback",
          "/feedback.xml",
          "/across.xml",
          "/anatomy.xml",
          "/sitemap.xml",
          "/feed/sitemap.xml",
          "/feeds.opml",
          "/rss.png",
          "/how-to-read-a-feed",
          "/rss.html",
          "/search?q=rss",
          "https://rss.com/",
          "https://rss.com/blog",
          "https://feeds.example.org/",
          "https://feeds.example.org/help.html",
          "https://reader.example/add/rss?url=https://example.org/rss",
          "https://reader.example/i/subscription/feed/https://example.org/rss",
          "https://reader.example/feed?u=https%3A%2F%2Fexample.org%2Frss"}) {
        EXPECT_FALSE(looks_like_feed(url)) << url;
    }
}

TEST(WellKnownFeeds, AreAtTheRootOfTheSite) {
    const auto feeds = well_known_feeds("https://ann:secret@example.org:8443/blog/post?x=1");
    ASSERT_THAT(feeds, Not(IsEmpty()));
    EXPECT_EQ(feeds.front(), "https://example.org:8443/feed");
    EXPECT_THAT(feeds, testing::Contains("https://example.org:8443/index.xml"));
    EXPECT_THAT(well_known_feeds("file:///srv/a.xml"), IsEmpty());
    EXPECT_THAT(well_known_feeds(""), IsEmpty());
}

Error refusal_of(std::string_view html, std::string_view content_type = "text/html") {
    const auto document =
        parse(html, {.base = std::string(kUrl), .content_type = std::string(content_type)});
    return document ? Error{} : document.error();
}

struct Words {
    std::string_view name;
    std::string_view html;
    std::string_view what;
    std::string_view hint;
};

TEST(ParseOfAPage, SaysWhichFeedsItLinksTo) {
    const std::vector<Words> rows = {
        {"one", "<html><title>Blog</title><link rel=alternate type=text/xml href=/f>",
         "not a feed: this is an HTML page ('Blog')", "it links to the feed https://example.org/f"},
        {"two",
         "<!DOCTYPE html><link rel=alternate type=text/xml href=/f>"
         "<link rel=alternate type=text/xml href=/g>",
         "not a feed: this is an HTML page",
         "it links to the feeds https://example.org/f and https://example.org/g"},
        {"four",
         "<p><link rel=alternate type=text/xml href=/f><link rel=alternate type=text/xml href=/g>"
         "<link rel=alternate type=text/xml href=/h><link rel=alternate type=text/xml href=/i>",
         "not a feed: this is an HTML page",
         "it links to the feeds https://example.org/f and https://example.org/g and 2 more"},
        {"none", "<html><title>Blog</title>", "not a feed: this is an HTML page ('Blog')",
         "it links to no feed"},
        {"XHTML",
         "<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><head><title>B</title>"
         "<link rel='alternate' type='application/rss+xml' href='/f'/></head><body/></html>",
         "not a feed: this is an HTML page ('B')", "it links to the feed https://example.org/f"},
        {"references in the title", "<html><title>Tom &amp; Ann&rsquo;s</title>",
         "not a feed: this is an HTML page ('Tom & Ann’s')", "it links to no feed"},
    };
    for (const Words& row : rows) {
        const Error error = refusal_of(row.html);
        EXPECT_EQ(error.kind, ErrorKind::not_feed) << row.name;
        EXPECT_EQ(error.what, row.what) << row.name;
        EXPECT_EQ(error.hint, row.hint) << row.name;
    }
}

TEST(ParseOfAPage, KnowsWallsAndLogins) {
    const std::vector<Words> rows = {
        {"Cloudflare", "<html><title>Just a moment...</title>",
         "('Just a moment...'), a bot wall of Cloudflare", "let feed readers through"},
        {"Cloudflare's block", "<html><title>Attention Required! | Cloudflare</title>",
         "a bot wall of Cloudflare", "let feed readers through"},
        {"Anubis", "<html><title>Making sure you&#39;re not a bot!</title>", "a bot wall of Anubis",
         "let feed readers through"},
        {"access denied", "<HTML><TITLE>Access Denied</TITLE>", "a refusal",
         "let feed readers through"},
        {"login", "<html><title>Sign in</title><form><INPUT Name=p Type=PASSWORD></form>",
         "('Sign in'), a login page", "an account"},
    };
    for (const Words& row : rows) {
        const Error error = refusal_of(row.html);
        EXPECT_THAT(error.what, HasSubstr(row.what)) << row.name;
        EXPECT_THAT(error.hint, HasSubstr(row.hint)) << row.name;
    }
    const Error forum = refusal_of(
        "<html><title>Forum</title><input type=password>"
        "<link rel=alternate type=application/rss+xml href=/rss>");
    EXPECT_THAT(forum.what, EndsWith("('Forum')")) << "a login in the head of an ordinary page";
    EXPECT_THAT(forum.hint, HasSubstr("https://example.org/rss"));
    EXPECT_THAT(refusal_of("<html><title>Why access is denied</title>").what,
                Not(HasSubstr("refusal")));
}

TEST(ParseOfAPage, ReadsTheCharacterSetFirst) {
    EXPECT_THAT(refusal_of("<html><title>Caf\xE9</title>", "text/html; charset=latin1").what,
                HasSubstr("'Café'"));
}

TEST(ParseOfAPage, EndsInOneShortLineWhateverThePageSays) {
    const std::string long_title = repeated("é\x7F\u2028\u202E\x1B[31m&#27;\r\n", 1000);
    const std::string url = "/" + std::string(150, 'a');
    const std::string page = "<html><title>" + long_title + "</title>" +
                             "<link rel=alternate type=text/xml href=" + url + ">" +
                             "<link rel=alternate type=text/xml href=" + url + "&#27;b>" +
                             "<link rel=alternate type=text/xml href=" + url + "&#x202E;c>";
    const Error error = refusal_of(page);
    const std::string line = error.what + " (" + error.hint + ")";
    EXPECT_LE(line.size(), 400U);
    EXPECT_TRUE(is_utf8(line));
    for (const std::string_view bad : {"\n", "\r", "\x1B", "\x7F", "\u2028", "\u202E"})
        EXPECT_THAT(line, Not(HasSubstr(bad)));
    EXPECT_THAT(error.hint, EndsWith(" and 2 more"));
    const std::string longer = "<html><link rel=alternate type=text/xml href=/";
    EXPECT_EQ(refusal_of(longer + std::string(500, 'a') + ">").hint, "it links to 1 feed");
}

}  // namespace
}  // namespace feedd
