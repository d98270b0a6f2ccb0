// Lists whose form is wrong: YAML, keys, types.
#include <string_view>

#include <gtest/gtest.h>

#include "config/refused.h"

namespace feedd::test {
namespace {

class BrokenForm : public testing::TestWithParam<Refused> {};

TEST_P(BrokenForm, IsRefusedWithPlaceAndHint) {
    EXPECT_EQ(errors_of(GetParam()), GetParam().errors);
}

constexpr Refused kSyntax[] = {
    {"empty_file", "", "feeds.yaml: the file is empty (write 'feeds: []' if it shall be)\n"},
    {"only_comments", "# c\n",
     "feeds.yaml: the file is empty (write 'feeds: []' if it shall be)\n"},
    {"single_word", "a\n",
     "feeds.yaml:1:1: the file is a single value, not a map (its keys: store, defaults, fetch, "
     "retention, archive, dedup, search, metrics, feeds, include)\n"},
    {"bare_list", "- https://a.org/f\n",
     "feeds.yaml:1:1: the file is a list, not a map (write 'feeds:' above it)\n"},
    {"tab_before_key",
     "feeds:\n"
     "  - url: https://a.org/x\n"
     "\011name: y\n",
     "feeds.yaml:3:1: a tab in the indentation (indent with spaces)\n"},
    {"tab_before_dash",
     "feeds:\n"
     "\011- https://a.org/\n",
     "feeds.yaml:2:2: a tab in the indentation (indent with spaces)\n"},
    {"bracket_never_closed",
     "feeds:\n"
     "  - url: [unclosed\n"
     "\011- tab\n",
     "feeds.yaml:2:10: a bracket opened here is never closed (close it with ']' or '}')\n"},
    {"brace_never_closed",
     "feeds:\n"
     "  - {url: https://a.org/\n",
     "feeds.yaml:2:5: a bracket opened here is never closed (close it with ']' or '}')\n"},
    {"quote_never_closed",
     "feeds:\n"
     "  - url: \"https://a.org\n"
     "  - url: https://b.org/\n",
     "feeds.yaml:2:10: a quote opened here is never closed\n"},
    {"apostrophe_never_closed",
     "feeds:\n"
     "  - url: 'it''s\n",
     "feeds.yaml:2:10: a quote opened here is never closed\n"},
    {"quote_after_anchor_never_closed",
     "feeds:\n"
     "  - &x \"https://a.org\n",
     "feeds.yaml:2:5: a quote opened here is never closed\n"},
    {"colon_inside_value",
     "store: b: c\n"
     "feeds: []\n",
     "feeds.yaml:1:9: a ':' where none can stand (quote a value that has ': ' in it; check the "
     "indentation)\n"},
    {"unknown_anchor", "feeds: *x\n",
     "feeds.yaml:1:8: this alias names no anchor above it (quote a value that begins with '*')\n"},
    {"star_alone", "feeds: *\n", "feeds.yaml:1:9: no valid YAML: alias not found after *\n"},
    {"other_yaml_version",
     "%YAML 3\n"
     "---\n"
     "feeds: []\n",
     "feeds.yaml:1:1: no valid YAML: bad YAML version: 3\n"},
    {"second_document",
     "feeds: []\n"
     "---\n"
     "feeds: []\n",
     "feeds.yaml:2:1: a second YAML document begins here (a file holds one list: remove the "
     "'---')\n"},
    {"comma_behind_all", "{\"feeds\": []},\n",
     "feeds.yaml:1:14: a ',' where none can stand (remove it)\n"},
    {"own_tag", "feeds: !foo []\n",
     "feeds.yaml:1:8: the YAML tag '!foo' means nothing here (quote a text that begins with "
     "'!')\n"},
    {"end_of_transmission_character",
     "feeds: []\n"
     "\004\n"
     "feed: 1\n",
     "feeds.yaml:2:1: a control character, U+0004\n"},
    {"nul", std::string_view("feeds: [] # \000\n", 14),
     "feeds.yaml:1:13: a control character, U+0000\n"},
    {"no_utf8",
     "feeds: []\n"
     "# \377\n",
     "feeds.yaml:2:1: this line is no UTF-8 (save the file as UTF-8)\n"},
    {"utf16", std::string_view("\377\376f\000e\000", 6),
     "feeds.yaml:1:1: this line is no UTF-8 (save the file as UTF-8)\n"},
    {"misindented_key",
     "feeds:\n"
     "  - url: https://a.org/f\n"
     "   name: x\n",
     "feeds.yaml:3:4: this line does not fit the lines above it (check the indentation)\n"},
    {"merge_key",
     "feeds:\n"
     "  - url: https://a.org/\n"
     "    <<: {a: b}\n",
     "feeds.yaml:3:5: YAML's merge key '<<' is not supported (common settings belong under "
     "'defaults')\n"},
    {"anchor_inside_itself",
     "feeds: &a\n"
     "  - https://x.org/\n"
     "  - *a\n",
     "feeds.yaml:1:8: a feed is a list (write a URL, or a map with 'url')\n"},
};

INSTANTIATE_TEST_SUITE_P(Syntax, BrokenForm, testing::ValuesIn(kSyntax), name_of);

constexpr Refused kKeys[] = {
    {"unknown_at_top",
     "feed:\n"
     "  - https://a.org/\n"
     "defauts: {}\n",
     "feeds.yaml:1:1: unknown key 'feed' in the file (did you mean 'feeds'?)\n"
     "feeds.yaml:3:1: unknown key 'defauts' in the file (did you mean 'defaults'?)\n"},
    {"neither_feeds_nor_include", "store: x.db\n",
     "feeds.yaml:1:1: the file has neither 'feeds' nor 'include' (write 'feeds: []' if it shall be "
     "empty)\n"},
    {"unknown_in_feed",
     "feeds:\n"
     "  - url: https://a.org/\n"
     "    intervall: 5m\n"
     "    Name: x\n"
     "    zzzzzz: 1\n"
     "    ? [a]\n"
     "    : 1\n",
     "feeds.yaml:3:5: unknown key 'intervall' in a feed (did you mean 'interval'?)\n"
     "feeds.yaml:4:5: unknown key 'Name' in a feed (did you mean 'name'?)\n"
     "feeds.yaml:5:5: unknown key 'zzzzzz' in a feed (known: url, name, tags, interval, "
     "min_interval, max_interval, timeout, max_body, user_agent, headers, auth, proxy, ca_file, "
     "archive, retention, "
     "client_certificate, client_key)\n"
     "feeds.yaml:6:7: a key of a feed is a list, not a word\n"},
    {"url_misspelt",
     "feeds:\n"
     "  - uri: https://a.org/\n",
     "feeds.yaml:2:5: unknown key 'uri' in a feed (did you mean 'url'?)\n"},
    {"there_twice",
     "feeds:\n"
     "  - url: https://a.org/\n"
     "    url: https://b.org/\n",
     "feeds.yaml:3:5: 'url' is there twice in a feed (first in line 2)\n"},
    {"section_there_twice",
     "feeds: []\n"
     "feeds: []\n",
     "feeds.yaml:2:1: 'feeds' is there twice in the file (first in line 1)\n"},
    {"feeds_is_a_word", "feeds: x\n",
     "feeds.yaml:1:8: feeds is a single value, not a list (begin each feed with '- ')\n"},
    {"feeds_is_a_map", "feeds: {a: b}\n",
     "feeds.yaml:1:8: feeds is a map, not a list (begin each feed with '- ')\n"},
    {"sections_of_wrong_type",
     "store: [a]\n"
     "feeds: []\n"
     "fetch: 5\n"
     "retention: forever\n"
     "defaults: [a]\n",
     "feeds.yaml:1:8: store is a list, not a single value\n"
     "feeds.yaml:3:8: 'fetch' is a single value, not a map (its keys: user_agent, concurrency, "
     "per_host, host_pause, unlimited_hosts, requests_per_hour, timeout, max_body, "
     "allow_private_addresses)\n"
     "feeds.yaml:4:12: 'retention' is a single value, not a map (its keys: articles, "
     "per_feed, keep_tags)\n"
     "feeds.yaml:5:11: 'defaults' is a list, not a map (its keys: interval, min_interval, "
     "max_interval, timeout, max_body, user_agent, proxy, ca_file, archive, retention)\n"},
    {"no_value",
     "feeds: []\n"
     "retention:\n"
     "  articles:\n",
     "feeds.yaml:3:3: articles has no value\n"},
    {"feed_without_url",
     "feeds:\n"
     "  - name: x\n"
     "  - url:\n"
     "  - url: [a]\n",
     "feeds.yaml:2:5: this feed has no url\n"
     "feeds.yaml:3:5: this feed has no url\n"
     "feeds.yaml:4:10: url is a list, not a single value\n"},
    {"entries_that_are_no_feed",
     "feeds:\n"
     "  -\n"
     "  - [a]\n"
     "  - https://a.org/\n",
     "feeds.yaml:3:3: an empty entry ends here (remove its '-', or write a URL)\n"
     "feeds.yaml:3:5: a feed is a list (write a URL, or a map with 'url')\n"},
};

INSTANTIATE_TEST_SUITE_P(Keys, BrokenForm, testing::ValuesIn(kKeys), name_of);

}  // namespace
}  // namespace feedd::test
