// Addresses and headers that cannot be polled with.
#include <string_view>

#include <gtest/gtest.h>

#include "config/refused.h"

namespace feedd::test {
namespace {

class BrokenFeed : public testing::TestWithParam<Refused> {};

TEST_P(BrokenFeed, IsRefusedWithPlaceAndHint) {
    EXPECT_EQ(errors_of(GetParam()), GetParam().errors);
}

constexpr Refused kAddresses[] = {
    {"scheme_missing",
     "feeds:\n"
     "  - www.a.org/f\n"
     "  - a.org\n"
     "  - a.org:8080/f\n"
     "  - hello\n",
     "feeds.yaml:2:5: 'www.a.org/f' is no URL that can be polled (did you mean "
     "'https://www.a.org/f'?)\n"
     "feeds.yaml:3:5: 'a.org' is no URL that can be polled (did you mean 'https://a.org'?)\n"
     "feeds.yaml:4:5: 'a.org:8080/f' is no URL that can be polled (did you mean "
     "'https://a.org:8080/f'?)\n"
     "feeds.yaml:5:5: 'hello' is no URL that can be polled (a feed is http://…, https://… or "
     "file:…)\n"},
    {"scheme_misspelt",
     "feeds:\n"
     "  - htps://a.org/\n"
     "  - https:/a.org/f\n"
     "  - http:///a.org\n",
     "feeds.yaml:2:5: 'htps://a.org/' is no URL that can be polled (did you mean "
     "'https://a.org/'?)\n"
     "feeds.yaml:3:5: 'https:/a.org/f' is no URL that can be polled (did you mean "
     "'https://a.org/f'?)\n"
     "feeds.yaml:4:5: 'http:///a.org' is no URL that can be polled (did you mean "
     "'http://a.org'?)\n"},
    {"feed_scheme",
     "feeds:\n"
     "  - feed://a.org/f\n"
     "  - feed:https://a.org/f\n",
     "feeds.yaml:2:5: 'feed://a.org/f' is no URL that can be polled (did you mean "
     "'https://a.org/f'?)\n"
     "feeds.yaml:3:5: 'feed:https://a.org/f' is no URL that can be polled (did you mean "
     "'https://a.org/f'?)\n"},
    {"bare_paths",
     "feeds:\n"
     "  - /etc/f.xml\n"
     "  - ./f.xml\n",
     "feeds.yaml:2:5: '/etc/f.xml' is no URL that can be polled (did you mean 'file:/etc/f.xml'?)\n"
     "feeds.yaml:3:5: './f.xml' is no URL that can be polled (did you mean 'file:./f.xml'?)\n"},
    {"other_schemes",
     "feeds:\n"
     "  - ftp://a.org/f\n"
     "  - mailto:x@y.org\n"
     "  - javascript:alert(1)\n",
     "feeds.yaml:2:5: 'ftp://a.org/f' is no URL that can be polled (a feed is http://…, https://… "
     "or file:…)\n"
     "feeds.yaml:3:5: 'y.org' is no URL that can be polled (did you mean 'https://y.org'?)\n"
     "feeds.yaml:4:5: 'javascript:alert(1)' is no URL that can be polled (a feed is http://…, "
     "https://… or file:…)\n"},
    {"unusable",
     "feeds:\n"
     "  - https://\n"
     "  - \"http://[::1\"\n"
     "  - https://a.org:99999/\n"
     "  - \"\"\n",
     "feeds.yaml:2:5: 'https://' is no URL that can be polled (a feed is http://…, https://… or "
     "file:…)\n"
     "feeds.yaml:3:5: 'http://[::1' is no usable URL (check host and port)\n"
     "feeds.yaml:4:5: 'https://a.org:99999/' is no usable URL (check host and port)\n"
     "feeds.yaml:5:5: the URL is empty\n"},
    {"files",
     "feeds:\n"
     "  - file:///\n"
     "  - file://host/x\n"
     "  - \"file:\"\n",
     "feeds.yaml:2:5: 'file:///' names no file\n"
     "feeds.yaml:3:5: 'file://host/x' names another host (a file on this one is "
     "file:///path/feed.xml)\n"
     "feeds.yaml:4:5: 'file:' names no file\n"},
    {"next_line_indented_too_far",
     "feeds:\n"
     "  - https://a.org/f\n"
     "    - https://b.org/f\n",
     "feeds.yaml:2:5: 'https://a.org/f - https://b.org/f' has white space in it (write %20 for a "
     "blank; is the next line indented too far?)\n"},
    {"password_is_not_shown",
     "feeds:\n"
     "  - \"https://bob:secret@a b/\"\n"
     "  - https://bob:secret@a.org:x/\n"
     "  - bob:secret@a.org\n",
     "feeds.yaml:2:5: 'https://a b/' has white space in it (write %20 for a blank; is the next "
     "line indented too far?)\n"
     "feeds.yaml:3:5: 'https://a.org:x/' is no usable URL (check host and port)\n"
     "feeds.yaml:4:5: 'a.org' is no URL that can be polled (did you mean 'https://a.org'?)\n"},
    {"password_with_delimiters_is_not_shown",
     "feeds:\n"
     "  - http://me:p4ss/w0rdX@host/x\n"
     "  - \"https://me:p4ss?w0rdX@host/x\"\n"
     "  - \"https://me:p4@ss/w0rdX@host/a b\"\n"
     "  - me:p4ss/w0rdX@host\n"
     "  - https://medium.com/@some body\n",
     "feeds.yaml:2:5: 'http://…@host/x' is no usable URL (in a user name or password write %2F for "
     "'/', %3F for '?', %23 for '#')\n"
     "feeds.yaml:3:5: 'https://…@host/x' is no usable URL (in a user name or password write %2F "
     "for "
     "'/', %3F for '?', %23 for '#')\n"
     "feeds.yaml:4:5: 'https://…@host/a b' has white space in it (write %20 for a blank; is the "
     "next line indented too far?)\n"
     "feeds.yaml:5:5: '…@host' is no URL that can be polled (a feed is http://…, https://… or "
     "file:…)\n"
     "feeds.yaml:6:5: 'https://medium.com/@some body' has white space in it (write %20 for a "
     "blank; is the next line indented too far?)\n"},
    {"same_url_twice",
     "feeds:\n"
     "  - https://a.org/\n"
     "  - {url: \"HTTPS://A.org:443#x\", name: n}\n",
     "feeds.yaml:3:11: this URL is on the list twice (first at feeds.yaml:2:5)\n"},
    {"same_name_twice",
     "feeds:\n"
     "  - {url: https://a.org/, name: n}\n"
     "  - {url: https://b.org/, name: n}\n",
     "feeds.yaml:3:33: two feeds are named 'n' (first at feeds.yaml:2:33)\n"},
};

INSTANTIATE_TEST_SUITE_P(Addresses, BrokenFeed, testing::ValuesIn(kAddresses), name_of);

constexpr Refused kSecrets[] = {
    {"unset",
     "feeds:\n"
     "  - {url: \"https://${NOPE}/\", headers: {A: \"${NOPE}\"}}\n",
     "feeds.yaml:2:11: the environment variable 'NOPE' is not set (set it, or write $$ for a "
     "dollar sign)\n"
     "feeds.yaml:2:44: the header 'A': the environment variable 'NOPE' is not set (set it, or "
     "write $$ for a dollar sign)\n"},
    {"no_name",
     "feeds:\n"
     "  - {url: \"https://a.org/\", headers: {B: \"${\", C: \"${a b}\", D: \"${}\"}}\n",
     "feeds.yaml:2:42: the header 'B': '${' without its '}' (write $$ for a dollar sign)\n"
     "feeds.yaml:2:51: the header 'C': 'a b' cannot be the name of an environment variable (write "
     "$$ for a dollar sign)\n"
     "feeds.yaml:2:64: the header 'D': '' cannot be the name of an environment variable (write $$ "
     "for a dollar sign)\n"},
    {"value_with_blank",
     "feeds:\n"
     "  - https://${BLANK}/\n",
     "feeds.yaml:2:5: 'https://${BLANK}/' has white space in it once its variables are filled "
     "in\n"},
    {"value_with_line_break",
     "feeds:\n"
     "  - {url: \"https://a.org/\", headers: {X: \"${LINES}\"}}\n",
     "feeds.yaml:2:42: the value of the header 'X' cannot be sent (one line, up to 8000 bytes)\n"},
    {"value_with_other_scheme",
     "feeds:\n"
     "  - ${SCHEME}://x/\n",
     "feeds.yaml:2:5: '${SCHEME}://x/' is no URL that can be polled (a feed is http://…, https://… "
     "or file:…)\n"},
    {"reserved_headers",
     "feeds:\n"
     "  - {url: \"https://a.org/\", headers: {Host: x, user-agent: x, If-None-Match: x}}\n",
     "feeds.yaml:2:39: the header 'Host' cannot be set (it follows from the URL)\n"
     "feeds.yaml:2:48: the header 'user-agent' cannot be set (use 'user_agent' for it)\n"
     "feeds.yaml:2:63: the header 'If-None-Match' cannot be set (feedd sets it from the last "
     "answer)\n"},
    {"header_names",
     "feeds:\n"
     "  - {url: \"https://a.org/\", headers: {\"a b\": c, \"\": d, [x]: e}}\n",
     "feeds.yaml:2:39: this is no name of a header\n"
     "feeds.yaml:2:49: this is no name of a header\n"
     "feeds.yaml:2:56: this is no name of a header\n"},
    {"header_values",
     "feeds:\n"
     "  - {url: \"https://a.org/\", headers: {N: , M: [x]}}\n"
     "  - {url: \"https://b.org/\", headers: [x]}\n",
     "feeds.yaml:2:39: the header 'N' is empty, not a single value\n"
     "feeds.yaml:2:47: the header 'M' is a list, not a single value\n"
     "feeds.yaml:3:38: headers is a list, not a map (write 'Name: value' lines)\n"},
    {"header_twice",
     "feeds:\n"
     "  - {url: \"https://a.org/\", headers: {a: 1, A: 2}}\n",
     "feeds.yaml:2:45: the header 'A' is there twice\n"},
    {"authorization_twice",
     "feeds:\n"
     "  - {url: \"https://u:p@c.org/\", headers: {authorization: x}}\n",
     "feeds.yaml:2:11: the URL has a user name, and the feed an Authorization of its own (remove "
     "one of them)\n"},
};

INSTANTIATE_TEST_SUITE_P(Secrets, BrokenFeed, testing::ValuesIn(kSecrets), name_of);

}  // namespace
}  // namespace feedd::test
