#include "fetch/target.h"

#include <curl/curl.h>
#include <gtest/gtest.h>

#include "base/handle.h"
#include "base/url.h"

namespace feedd::test {

namespace {

// Taken apart and put together again, whatever it is.
std::string by_libcurl(const std::string& url) {
    const Handle<CURLU, curl_url_cleanup> parsed(curl_url());
    char* raw = nullptr;
    if (curl_url_set(parsed.get(), CURLUPART_URL, url.c_str(), CURLU_URLENCODE) != CURLUE_OK)
        return {};
    for (const CURLUPart dropped : {CURLUPART_USER, CURLUPART_PASSWORD, CURLUPART_FRAGMENT})
        curl_url_set(parsed.get(), dropped, nullptr, 0);
    if (curl_url_get(parsed.get(), CURLUPART_URL, &raw, 0) != CURLUE_OK) return {};
    const Handle<char, curl_free> text(raw);
    return text.get();
}

TEST(Target, IsTheUrlAsItIsSent) {
    const std::tuple<const char*, const char*, const char*> table[] = {
        {"plain", "http://example.org/feed?a=1", "http://example.org/feed?a=1"},
        {"without a path", "https://example.org", "https://example.org/"},
        {"fragment", "http://example.org/f#part", "http://example.org/f"},
        {"space around and in it", "  http://example.org/a b\n", "http://example.org/a%20b"},
        {"UTF-8 in the path", "http://example.org/\xC3\xBC", "http://example.org/%c3%bc"},
        {"escapes stay as they are", "http://example.org/%2F%c3?%20+",
         "http://example.org/%2F%c3?%20+"},
        {"a name beyond ASCII",
         "http://B\xC3\xBC"
         "cher.example/",
         "http://xn--bcher-kva.example/"},
        {"capitals", "HTTP://Example.ORG/A", "http://example.org/A"},
        {"user name", "http://me:secret@example.org/", "http://example.org/"},
        {"port", "http://example.org:8080/", "http://example.org:8080/"},
        {"IPv6", "http://[2001:db8::1]:81/", "http://[2001:db8::1]:81/"},
        {"an address in odd clothes", "http://0x7f.1/", "http://127.0.0.1/"},
    };
    for (const auto& [name, url, sent] : table) {
        const auto target = target_of(url);
        ASSERT_TRUE(target) << name << ": " << target.error().text;
        EXPECT_EQ(target->url, sent) << name;
    }
}

TEST(Target, IsAsLibcurlWouldWriteIt) {
    const char* const authorities[] = {
        "example.org",     "example.org:8080", "example.org:80",   "example.org:443",
        "127.0.0.1",       "127.0.0.1:81",     "me@example.org",   "me:pw@example.org:81",
        "example.org.",    "[2001:db8::1]",    "[2001:db8::1]:81", "[2001:0db8::0:1]",
        "example.org:080", "x_y.example"};
    const char* const paths[] = {"",
                                 "/",
                                 "?a=1",
                                 "/feed",
                                 "/feed?a=b&c=/d",
                                 "/a/./b",
                                 "/a/../b",
                                 "/a/..",
                                 "/.hidden",
                                 "/a.b/..c",
                                 "/a//b",
                                 "/f#part",
                                 "/f?q#part",
                                 "/%41%2f",
                                 "/a@b",
                                 "/a:b;c=d,e",
                                 "/a\\b",
                                 "/a|b^c`d{e}",
                                 "/?u=http://other.example/",
                                 "/a'b\"c<d>",
                                 "/~me/+x!$*()"};
    for (const std::string scheme : {"http://", "https://"}) {
        for (const char* authority : authorities) {
            for (const char* path : paths) {
                const std::string url = scheme + authority + path;
                const auto target = target_of(url);
                ASSERT_TRUE(target) << url;
                EXPECT_EQ(target->url, by_libcurl(url));
                EXPECT_EQ(target->origin, origin_of(url)) << url;
                EXPECT_EQ(target->host, host_of(url)) << url;
            }
        }
    }
}

TEST(Target, TakesTheUserNameApart) {
    const auto target = target_of("http://me%40home:p%3Aw@example.org/");
    ASSERT_TRUE(target);
    EXPECT_EQ(target->user, "me@home");
    EXPECT_EQ(target->password, "p:w");
    EXPECT_EQ(target->origin, "http://example.org:80");
}

TEST(Target, IsRefusedWithoutShowingAPassword) {
    for (const char* url : {"ftp://me:secret@example.org/", "http://me:secret@exa mple.org/",
                            "http://me:secret@example.org:99999/", "me:secret@example.org"}) {
        const auto target = target_of(url);
        ASSERT_FALSE(target) << url;
        EXPECT_EQ(target.error().error, PollError::refused) << url;
        EXPECT_EQ(target.error().text.find("secret"), std::string::npos) << target.error().text;
    }
}

}  // namespace

}  // namespace feedd::test
