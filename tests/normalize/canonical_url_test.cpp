#include "normalize/canonical_url.h"

#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace feedd {
namespace {

struct Case {
    std::string_view name;
    std::string_view url;
    std::string_view canonical;
};

constexpr Case kCases[] = {
    {"stays", "https://example.org/a/b?c=d", "https://example.org/a/b?c=d"},
    {"scheme and host in lower case", "HTTPS://Example.ORG/Path", "https://example.org/Path"},
    {"the scheme stays", "http://example.org/a", "http://example.org/a"},
    {"www stays", "http://www.example.org/a", "http://www.example.org/a"},
    {"white space around", "  https://example.org/a\n", "https://example.org/a"},
    {"space inside", "https://example.org/a b", "https://example.org/a%20b"},
    {"line break inside", "https://example.org/a\n  b", "https://example.org/a%20%20b"},
    {"no path", "https://example.org", "https://example.org/"},
    {"no path but a query", "https://example.org?a=1", "https://example.org/?a=1"},
    {"default port", "http://example.org:80/a", "http://example.org/a"},
    {"default port of https", "https://example.org:443/a", "https://example.org/a"},
    {"port of the other scheme", "http://example.org:443/a", "http://example.org:443/a"},
    {"other port", "http://example.org:8080/a", "http://example.org:8080/a"},
    {"empty port", "http://example.org:/a", "http://example.org/a"},
    {"IPv6", "http://[2001:DB8::1]:8080/a", "http://[2001:db8::1]:8080/a"},
    {"credentials", "https://user:secret@example.org/a", "https://example.org/a"},
    {"international host", "https://BÜCHER.example/a", "https://xn--bcher-kva.example/a"},
    {"dot of the root zone", "https://example.org./a", "https://example.org/a"},
    {"dot segments", "https://example.org/a/../b/./c", "https://example.org/b/c"},
    {"escaped dot segments", "https://example.org/a/%2E%2e/b/%2e/c", "https://example.org/b/c"},
    {"slash at the end stays", "https://example.org/a/", "https://example.org/a/"},
    {"index page stays", "https://example.org/a/index.html", "https://example.org/a/index.html"},
    {"escapes that need not be", "https://example.org/%7Eann/%61", "https://example.org/~ann/a"},
    {"escapes in lower case", "https://example.org/%c3%a9", "https://example.org/%C3%A9"},
    {"escapes that must be", "https://example.org/é?q=ü", "https://example.org/%C3%A9?q=%C3%BC"},
    {"reserved characters stay", "https://example.org/a%2Fb/(c)", "https://example.org/a%2Fb/(c)"},
    {"a percent sign alone", "https://example.org/100%/a%4%31",
     "https://example.org/100%25/a%2541"},
    {"fragment", "https://example.org/a#section", "https://example.org/a"},
    {"route of old applications", "https://example.org/#!/a", "https://example.org/#!/a"},
    {"route of applications", "https://example.org/app#/a", "https://example.org/app#/a"},
    {"fragment of one slash", "https://example.org/app#/", "https://example.org/app"},
    {"Google Analytics", "https://example.org/a?utm_source=rss&utm_medium=x&id=1&utm_campaign=c",
     "https://example.org/a?id=1"},
    {"only tracking", "https://example.org/a?UTM_Source=rss#x", "https://example.org/a"},
    {"click identifiers", "https://example.org/?fbclid=1&gclid=2&msclkid=3",
     "https://example.org/"},
    {"newsletters", "https://example.org/a?mc_cid=1&mc_eid=2&p=3", "https://example.org/a?p=3"},
    {"parameters keep their order", "https://example.org/?b=1&a=2", "https://example.org/?b=1&a=2"},
    {"empty parameters", "https://example.org/a?&b=1&&c&", "https://example.org/a?b=1&c"},
    {"empty query", "https://example.org/a?", "https://example.org/a"},
    {"the feed's name for itself", "https://example.org/a?source=rss&ref=rss-feed&from=feed",
     "https://example.org/a"},
    {"Medium", "https://medium.com/a/b-0123?source=rss----abc---4", "https://medium.com/a/b-0123"},
    {"a source that may matter", "https://example.org/?source=archive&ref=main",
     "https://example.org/?source=archive&ref=main"},
    {"identities", "https://example.org/?id=1&p=2&article=3&sid=4&cid=5&page=6&v=7&mod=8&cmp=9",
     "https://example.org/?id=1&p=2&article=3&sid=4&cid=5&page=6&v=7&mod=8&cmp=9"},
    {"name with a tracking prefix", "https://example.org/?utmost=1&fbclidx=2",
     "https://example.org/?utmost=1&fbclidx=2"},
    {"one site's own", "https://www.youtube.com/watch?v=1&feature=youtu.be&si=2",
     "https://www.youtube.com/watch?v=1"},
    {"the same name elsewhere", "https://example.org/watch?feature=x&si=2",
     "https://example.org/watch?feature=x&si=2"},
    {"a site that only ends like it", "https://notyoutube.com/?si=2",
     "https://notyoutube.com/?si=2"},
    {"session in the query", "https://example.org/a?PHPSESSID=0123&b=1",
     "https://example.org/a?b=1"},
    {"session of 32 digits", "https://example.org/a?t=5&sid=0123456789abcdef0123456789ABCDEF",
     "https://example.org/a?t=5"},
    {"no such session", "https://example.org/a?sid=0123456789abcdef0123456789abcdeg&s=words",
     "https://example.org/a?sid=0123456789abcdef0123456789abcdeg&s=words"},
    {"session in the path", "https://example.org/a;jsessionid=0123.n1?b=1",
     "https://example.org/a?b=1"},
    {"another path parameter", "https://example.org/a;v=1", "https://example.org/a;v=1"},
    {"AMP parameter", "https://example.org/a?amp=1&b=2", "https://example.org/a?b=2"},
    {"AMP flag", "https://example.org/a?amp", "https://example.org/a"},
    {"amp as a value", "https://example.org/a?amp=12", "https://example.org/a?amp=12"},
    {"AMP suffix", "https://example.org/2020/some-words/amp/",
     "https://example.org/2020/some-words/"},
    {"AMP suffix without slash", "https://example.org/12345.html/amp",
     "https://example.org/12345.html"},
    {"a page about amps", "https://example.org/guitars/amp", "https://example.org/guitars/amp"},
    {"the page amp", "https://example.org/amp", "https://example.org/amp"},
    {"AMP host stays", "https://amp.example.org/a", "https://amp.example.org/a"},
    {"mobile host stays", "https://m.example.org/a", "https://m.example.org/a"},
    {"Google's AMP cache", "https://www.google.com/amp/s/www.example.org/some-words/amp/",
     "https://www.example.org/some-words/"},
    {"the AMP project's cache", "https://www-example-org.cdn.ampproject.org/c/s/www.example.org/a",
     "https://www.example.org/a"},
    {"Google Alerts",
     "https://www.google.com/url?rct=j&sa=t&url=https://example.org/"
     "a%3Fid%3D1%26utm_source%3Dx&ct=ga",
     "https://example.org/a?id=1"},
    {"a wrapper around no URL", "https://www.google.com/url?q=feed",
     "https://www.google.com/url?q=feed"},
    {"a wrapper in a wrapper",
     "https://www.google.com/"
     "url?url=https%3A%2F%2Fl.facebook.com%2Fl.php%3Fu%3Dhttps%253A%252F%252Fexample.org%252F",
     "https://example.org/"},
    {"a cache with an escaped dot", "https://cdn.ampproject.org/c/s/example%2Eorg/a",
     "https://example.org/a"},
    {"a cache behind dot segments", "https://cdn.ampproject.org/b/../c/s/example.org/a",
     "https://example.org/a"},
    {"a wrapper with a session", "https://www.google.com/url;jsessionid=1?%75rl=http://example.org",
     "http://example.org/"},
};

// Each leads on to the one within.
std::string wrapped(int times) {
    std::string url = "https://";
    for (int i = 0; i < times; ++i)
        url += "cdn.ampproject.org/c/s/";
    return url + "example.org/a";
}

constexpr std::string_view kRefused[] = {
    "",
    " ",
    "/a/b",
    "example.org/a",
    "mailto:ann@example.org",
    "urn:uuid:1",
    "tag:example.org,2020:1",
    "ftp://example.org/a",
    "http://example.org../a",
    "http://./a",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "data:text/html,x",
    "http://",
    "https:///a",
    "http:a",
    "http://exa mple.org/",
    "http://[::1/",
    "http://example.org:99999/",
};

TEST(CanonicalUrl, IsTheOneForm) {
    for (const Case& row : kCases)
        EXPECT_EQ(canonical_url(row.url), row.canonical) << row.name;
}

TEST(CanonicalUrl, IsItsOwnCanonicalForm) {
    for (const Case& row : kCases) {
        const std::string once = canonical_url(row.url);
        EXPECT_EQ(canonical_url(once), once) << row.name;
    }
}

TEST(CanonicalUrl, IsThatWithinAnyWrappers) {
    EXPECT_EQ(canonical_url(wrapped(5)), "https://example.org/a");
    EXPECT_EQ(canonical_url(wrapped(100)), "");
}

TEST(CanonicalUrl, IsEmptyForWhatCannotBeOpened) {
    for (const std::string_view url : kRefused)
        EXPECT_EQ(canonical_url(url), "") << url;
    EXPECT_EQ(canonical_url("https://example.org/" + std::string(100'000, 'a')), "");
    EXPECT_EQ(canonical_url("https://example.org/" + std::string(10'000, '<')), "");
}

struct Pair {
    std::string_view name;
    std::string_view one;
    std::string_view other;
};

std::string key_of(std::string_view url) {
    return document_url_key(canonical_url(url));
}

TEST(DocumentUrlKey, IsEqualForTheSpellingsOfOneAddress) {
    constexpr Pair kEqual[] = {
        {"scheme", "http://example.org/a", "https://example.org/a"},
        {"www", "https://www.example.org/a", "https://example.org/a"},
        {"mobile host", "https://m.example.org/a", "https://www.example.org/a"},
        {"mobile host in the middle", "https://en.m.wikipedia.org/wiki/A",
         "https://en.wikipedia.org/wiki/A"},
        {"AMP host", "https://amp.example.org/a", "https://www.example.org/a"},
        {"AMP segment", "https://example.org/news/amp/uk-1", "https://example.org/news/uk-1"},
        {"AMP extension", "https://example.org/a.amp.html", "https://example.org/a.html"},
        {"AMP extension alone", "https://example.org/a.amp", "https://example.org/a"},
        {"slash at the end", "https://example.org/a/", "https://example.org/a"},
        {"slashes inside", "https://example.org//a//b", "https://example.org/a/b"},
        {"index page", "https://example.org/a/index.html", "https://example.org/a"},
        {"home page", "https://example.org", "http://www.example.org/index.php"},
        {"order of parameters", "https://example.org/?b=1&a=2", "https://example.org/?a=2&b=1"},
        {"parameters twice", "https://example.org/?a=1&a=1", "https://example.org/?a=1"},
        {"tracking", "https://example.org/a?utm_source=x", "https://example.org/a"},
    };
    for (const Pair& row : kEqual)
        EXPECT_EQ(key_of(row.one), key_of(row.other)) << row.name;
}

TEST(DocumentUrlKey, DiffersForDifferentDocuments) {
    constexpr Pair kDifferent[] = {
        {"path", "https://example.org/a", "https://example.org/b"},
        {"case of the path", "https://example.org/a", "https://example.org/A"},
        {"host", "https://a.example.org/", "https://b.example.org/"},
        {"port", "https://example.org:8443/", "https://example.org/"},
        {"query", "https://example.org/?p=1", "https://example.org/?p=2"},
        {"route", "https://example.org/#!/a", "https://example.org/#!/b"},
        {"parameter or path", "https://example.org/a", "https://example.org/?a"},
        {"encoded slash", "https://example.org/a%2Fb", "https://example.org/a/b"},
        {"a domain of one letter", "https://m.example/a", "https://example/a"},
    };
    for (const Pair& row : kDifferent)
        EXPECT_NE(key_of(row.one), key_of(row.other)) << row.name;
}

TEST(DocumentUrlKey, IsEmptyWithoutAUrl) {
    EXPECT_EQ(document_url_key(""), "");
    EXPECT_EQ(document_url_key("urn:uuid:1"), "");
}

}  // namespace
}  // namespace feedd
