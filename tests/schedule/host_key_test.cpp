#include "schedule/host_key.h"

#include <gtest/gtest.h>

namespace feedd {
namespace {

struct Case {
    const char* name;
    const char* url;
    const char* key;
};

class HostKey : public testing::TestWithParam<Case> {};

TEST_P(HostKey, IsThePlatformOrTheHost) {
    EXPECT_EQ(host_key(GetParam().url), GetParam().key);
}

constexpr Case kCases[] = {
    {"plain", "https://example.org/feed", "example.org"},
    {"case_and_port", "http://EXAMPLE.org:8080/feed", "example.org"},
    {"www_is_another_host", "https://www.example.org/feed", "www.example.org"},
    {"idn", "https://müller.example/feed", "xn--mller-kva.example"},
    {"address", "http://127.0.0.1:8300/feed", "127.0.0.1"},
    {"address_6", "http://[::1]:8300/feed", "[::1]"},
    {"tumblr", "https://one.tumblr.com/rss", "tumblr.com"},
    {"platform_itself", "https://medium.com/feed/@a", "medium.com"},
    {"deep_below", "https://a.b.wordpress.com/feed/", "wordpress.com"},
    {"only_ends_like_one", "https://mytumblr.com/rss", "mytumblr.com"},
    {"one_inside", "https://tumblr.com.example/rss", "tumblr.com.example"},
    {"blogspot", "https://a.blogspot.com/feeds/posts/default", "blogspot"},
    {"blogspot_country", "https://a.blogspot.de/feeds/posts/default", "blogspot"},
    {"blogspot_second_level", "https://a.blogspot.co.uk/feeds/posts/default", "blogspot"},
    {"blogspot_com_br", "https://a.blogspot.com.br/feeds/posts/default", "blogspot"},
    {"blogspot_below_another", "https://blogspot.example.org/feed", "blogspot.example.org"},
    {"youtube", "https://www.youtube.com/feeds/videos.xml?channel_id=1", "youtube.com"},
    {"file", "file:///srv/feed.xml", ""},
    {"no_url", "nothing", ""},
};

INSTANTIATE_TEST_SUITE_P(Urls, HostKey, testing::ValuesIn(kCases),
                         [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace feedd
