#include "base/url.h"

#include <clocale>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace feedd {
namespace {

struct Reference {
    std::string_view reference;
    std::string_view resolved;
};

// RFC 3986 §5.4.1 and §5.4.2.
TEST(ResolveUrl, PassesTheExamplesOfTheRfc) {
    constexpr std::string_view kBase = "http://a/b/c/d;p?q";
    constexpr Reference kExamples[] = {
        {"g:h", "g:h"},
        {"g", "http://a/b/c/g"},
        {"./g", "http://a/b/c/g"},
        {"g/", "http://a/b/c/g/"},
        {"/g", "http://a/g"},
        {"//g", "http://g"},
        {"?y", "http://a/b/c/d;p?y"},
        {"g?y", "http://a/b/c/g?y"},
        {"#s", "http://a/b/c/d;p?q#s"},
        {"g#s", "http://a/b/c/g#s"},
        {"g?y#s", "http://a/b/c/g?y#s"},
        {";x", "http://a/b/c/;x"},
        {"g;x", "http://a/b/c/g;x"},
        {"g;x?y#s", "http://a/b/c/g;x?y#s"},
        {"", "http://a/b/c/d;p?q"},
        {".", "http://a/b/c/"},
        {"./", "http://a/b/c/"},
        {"..", "http://a/b/"},
        {"../", "http://a/b/"},
        {"../g", "http://a/b/g"},
        {"../..", "http://a/"},
        {"../../", "http://a/"},
        {"../../g", "http://a/g"},
        {"../../../g", "http://a/g"},
        {"../../../../g", "http://a/g"},
        {"/./g", "http://a/g"},
        {"/../g", "http://a/g"},
        {"g.", "http://a/b/c/g."},
        {".g", "http://a/b/c/.g"},
        {"g..", "http://a/b/c/g.."},
        {"..g", "http://a/b/c/..g"},
        {"./../g", "http://a/b/g"},
        {"./g/.", "http://a/b/c/g/"},
        {"g/./h", "http://a/b/c/g/h"},
        {"g/../h", "http://a/b/c/h"},
        {"g;x=1/./y", "http://a/b/c/g;x=1/y"},
        {"g;x=1/../y", "http://a/b/c/y"},
        {"g?y/./x", "http://a/b/c/g?y/./x"},
        {"g?y/../x", "http://a/b/c/g?y/../x"},
        {"g#s/./x", "http://a/b/c/g#s/./x"},
        {"g#s/../x", "http://a/b/c/g#s/../x"},
        {"http:g", "http:g"},
    };
    for (const Reference& row : kExamples)
        EXPECT_EQ(resolve_url(kBase, row.reference), row.resolved) << row.reference;
}

TEST(ResolveUrl, ReadsReferencesAsTheyAreWritten) {
    constexpr Reference kCases[] = {
        {"  /a \n", "https://example.org/a"},
        {"a b", "https://example.org/x/a%20b"},
        {"a\n\tb", "https://example.org/x/ab"},
        {"a\x01"
         "b",
         "https://example.org/x/a%01b"},
        {"//cdn.example/a", "https://cdn.example/a"},
        {"HTTP://Example.ORG/A", "http://Example.ORG/A"},
        {"mailto:ann@example.org", "mailto:ann@example.org"},
        {"urn:uuid:1", "urn:uuid:1"},
        {"a:b", "a:b"},
        {"./a:b", "https://example.org/x/a:b"},
        {"?", "https://example.org/x/y?"},
        {"#", "https://example.org/x/y?z#"},
        {"a//b/../c", "https://example.org/x/a//c"},
        {"/..//a", "https://example.org//a"},
        {"caf\xC3\xA9", "https://example.org/x/caf\xC3\xA9"},
    };
    for (const Reference& row : kCases)
        EXPECT_EQ(resolve_url("https://example.org/x/y?z", row.reference), row.resolved)
            << row.reference;
}

TEST(ResolveUrl, CopesWithPoorBases) {
    EXPECT_EQ(resolve_url("", "a/b"), "a/b");
    EXPECT_EQ(resolve_url("", "../a"), "../a");
    EXPECT_EQ(resolve_url("/x/y", "a"), "a");
    EXPECT_EQ(resolve_url("", "http://example.org/a/../b"), "http://example.org/b");
    EXPECT_EQ(resolve_url("https://example.org", "a"), "https://example.org/a");
    EXPECT_EQ(resolve_url("https://example.org?q", "a"), "https://example.org/a");
    EXPECT_EQ(resolve_url("https://example.org", ""), "https://example.org");
    EXPECT_EQ(resolve_url("https://example.org/a#b", "c"), "https://example.org/c");
    EXPECT_EQ(resolve_url("https://example.org/a#b", ""), "https://example.org/a");
    EXPECT_EQ(resolve_url("HTTPS://example.org/a", "b"), "https://example.org/b");
    EXPECT_EQ(resolve_url("file:///a/b", "c"), "file:///a/c");
    EXPECT_EQ(resolve_url("urn:a:b", "c"), "urn:c");
}

TEST(ResolveUrl, IsLinearInTheNumberOfSegments) {
    std::string deep = "https://example.org/";
    for (int i = 0; i < 200'000; ++i)
        deep += "a/../";
    EXPECT_EQ(resolve_url("", deep), "https://example.org/");
}

TEST(SplitUrl, TellsAbsentFromEmpty) {
    const UrlParts parts = split_url("http://example.org?#");
    EXPECT_EQ(parts.scheme, "http");
    EXPECT_EQ(parts.authority, "example.org");
    EXPECT_EQ(parts.path, "");
    EXPECT_EQ(parts.query, "");
    EXPECT_EQ(parts.fragment, "");
    const UrlParts relative = split_url("a/b");
    EXPECT_EQ(relative.scheme, std::nullopt);
    EXPECT_EQ(relative.authority, std::nullopt);
    EXPECT_EQ(relative.path, "a/b");
    EXPECT_EQ(relative.query, std::nullopt);
    EXPECT_EQ(relative.fragment, std::nullopt);
}

TEST(SplitUrl, FindsSchemesWhereTheyAre) {
    EXPECT_EQ(split_url("a+b-c.1:x").scheme, "a+b-c.1");
    EXPECT_EQ(split_url("1a:x").scheme, std::nullopt);
    EXPECT_EQ(split_url(":x").scheme, std::nullopt);
    EXPECT_EQ(split_url("a/b:c").scheme, std::nullopt);
    EXPECT_EQ(split_url("?a:b").scheme, std::nullopt);
    EXPECT_EQ(split_url("http://a:1/b?c?d#e#f").fragment, "e#f");
    EXPECT_EQ(split_url("http://a:1/b?c?d#e#f").query, "c?d");
}

TEST(WebUrl, HasHttpAndAHost) {
    for (const std::string_view url :
         {"http://example.org", "https://example.org/a?b", "HTTP://EXAMPLE.ORG/",
          "http://127.0.0.1:8080/", "http://[::1]/", "http://user:pass@example.org/",
          "https://b\xC3\xBC"
          "cher.example/"}) {
        EXPECT_TRUE(is_web_url(url)) << url;
    }
    for (const std::string_view url :
         {"", "http://", "http:", "https:///a", "http:example.org", "example.org", "//example.org/",
          "ftp://example.org/", "file:///a", "mailto:a@b.c", "http://exa mple.org/", "http://[::1/",
          "http://a:99999/", "javascript:alert(1)", " http://example.org/"}) {
        EXPECT_FALSE(is_web_url(url)) << url;
    }
}

TEST(HostOf, IsInLowerCaseAndPunycode) {
    EXPECT_EQ(host_of("https://Example.ORG:8080/a"), "example.org");
    EXPECT_EQ(host_of("https://user@example.org/"), "example.org");
    EXPECT_EQ(host_of("http://[2001:DB8::1]/"), "[2001:db8::1]");
    EXPECT_EQ(host_of("https://e\x7Fz.org/"), "");
    EXPECT_EQ(host_of("https://e\uFF09xample.org/"), "") << "a full-width parenthesis";
    EXPECT_EQ(host_of("not a url"), "");
}

// libcurl would read it in the locale's character set, and a daemon has none.
TEST(HostOf, DoesNotDependOnTheLocale) {
    ASSERT_STREQ(std::setlocale(LC_ALL, nullptr), "C");
    EXPECT_EQ(host_of("https://B\xC3\x9C"
                      "CHER.example/"),
              "xn--bcher-kva.example");
    EXPECT_EQ(host_of("https://\xE4\xBE\x8B\xE3\x81\x88.jp/"), "xn--r8jz45g.jp");
    EXPECT_EQ(host_of("https://stra\xC3\x9F"
                      "e.example/"),
              "xn--strae-oqa.example");
}

// UTS 46 turns them into ASCII delimiters: "good.example@evil.example" would be another host.
TEST(HostOf, RefusesDelimitersInDisguise) {
    for (const std::string_view host : {"\xEF\xBC\xA0"
                                        "a.example" /* U+FF20 '@' */,
                                        "a\xEF\xBC\x8F"
                                        "b.example" /* U+FF0F '/' */,
                                        "a\xEF\xBC\x9A"
                                        "80.example" /* U+FF1A ':' */,
                                        "a\xEF\xBC\x85"
                                        "2f.example" /* U+FF05 '%' */,
                                        "a\xC2\xA8"
                                        "b.example" /* U+00A8, a space and more */}) {
        EXPECT_EQ(host_of("https://" + std::string(host) + "/"), "") << host;
    }
}

TEST(OriginOf, WritesThePortOut) {
    EXPECT_EQ(origin_of("https://Example.org/a"), "https://example.org:443");
    EXPECT_EQ(origin_of("http://example.org/a"), "http://example.org:80");
    EXPECT_EQ(origin_of("http://user:pass@example.org:8080"), "http://example.org:8080");
    EXPECT_EQ(origin_of("ftp://example.org/"), "");
}

// Plain URLs are read without libcurl; a scheme in capitals is not plain.
TEST(OriginOf, IsThatOfLibcurlForPlainUrls) {
    for (const std::string_view rest : {"example.org",
                                        "example.org/",
                                        "example.org?q",
                                        "example.org#f",
                                        "a.b.example/x?y#z",
                                        "a-b.example",
                                        "-a.example",
                                        "a-.example",
                                        "a..b",
                                        ".a",
                                        "a.",
                                        "a_b.example",
                                        "localhost",
                                        "1.2.3.4",
                                        "01.2.3.4",
                                        "1.2.3",
                                        "1.2.3.256",
                                        "127.1",
                                        "0x7f.1",
                                        "0x7f",
                                        "1",
                                        "1.2.3.4.5",
                                        "1.2.3.a",
                                        "a.1",
                                        "a.0x1",
                                        "xn--bcher-kva.example",
                                        "xn--a.example",
                                        "a:80",
                                        "a:0",
                                        "a:080",
                                        "a:65535",
                                        "a:65536",
                                        "a:",
                                        "a:8x",
                                        "a:1:2",
                                        "1.2.3.4:8080/x",
                                        "a/b:c",
                                        "a/@b",
                                        "a@b",
                                        "a\\b",
                                        "a/b\\c",
                                        "a%2fb",
                                        "a/%zz",
                                        "a/ b",
                                        "",
                                        "/",
                                        ":80",
                                        "[::1]:80",
                                        "a/<>\"{}|^`",
                                        "EXAMPLE.org",
                                        "a/B",
                                        "a,b",
                                        "a;b",
                                        "a!b",
                                        "a/\x7F",
                                        "a*b"}) {
        const std::string plain = std::string("http://").append(rest);
        const std::string other = std::string("HTTP://").append(rest);
        EXPECT_EQ(origin_of(plain), origin_of(other)) << plain;
        EXPECT_EQ(host_of(plain), host_of(other)) << plain;
    }
}

TEST(WithoutCredentials, LeavesTheRest) {
    EXPECT_EQ(without_credentials("https://user:pass@example.org/a@b"), "https://example.org/a@b");
    EXPECT_EQ(without_credentials("https://a@b@example.org/"), "https://example.org/");
    EXPECT_EQ(without_credentials("https://example.org/a"), "https://example.org/a");
    EXPECT_EQ(without_credentials("mailto:ann@example.org"), "mailto:ann@example.org");
    EXPECT_EQ(without_credentials("//user@example.org/"), "//example.org/");
    EXPECT_EQ(without_credentials(""), "");
}

TEST(PercentEncode, LeavesOnlyUnreservedCharacters) {
    EXPECT_EQ(percent_encode("aZ0-._~"), "aZ0-._~");
    EXPECT_EQ(percent_encode("a b/c?\xC3\xA9%"), "a%20b%2Fc%3F%C3%A9%25");
}

TEST(SchemeOf, IsInLowerCase) {
    EXPECT_EQ(scheme_of(" HTTPS://example.org"), "https");
    EXPECT_EQ(scheme_of("/a"), "");
}

}  // namespace
}  // namespace feedd
