// Values that mean nothing, or nothing good.
#include <string_view>

#include <gtest/gtest.h>

#include "config/refused.h"

namespace feedd::test {
namespace {

class BrokenValue : public testing::TestWithParam<Refused> {};

TEST_P(BrokenValue, IsRefusedWithPlaceAndHint) {
    EXPECT_EQ(errors_of(GetParam()), GetParam().errors);
}

constexpr Refused kValues[] = {
    {"durations",
     "defaults: {interval: 5, min_interval: auto, max_interval: 1x}\n"
     "fetch: {timeout: soon}\n"
     "feeds: []\n",
     "feeds.yaml:1:22: interval: '5' is no duration: the unit is missing (write 30s, 10m, 2h, 1d "
     "or 1h30m)\n"
     "feeds.yaml:1:39: min_interval: 'auto' is no duration: a number is expected (write 30s, 10m, "
     "2h, 1d or 1h30m)\n"
     "feeds.yaml:1:59: max_interval: '1x' is no duration: the unit is s, m, h, d or w (write 30s, "
     "10m, 2h, 1d or 1h30m)\n"
     "feeds.yaml:2:18: timeout: 'soon' is no duration: a number is expected (write 30s, 10m, 2h, "
     "1d or 1h30m)\n"},
    {"interval_is_a_word",
     "defaults: {interval: daily}\n"
     "feeds: []\n",
     "feeds.yaml:1:22: interval: 'daily' is no duration (write auto, 30s, 10m, 2h or 1d)\n"},
    {"out_of_range",
     "defaults: {interval: 0s, max_interval: 2y, timeout: 2h, max_body: 5}\n"
     "fetch: {concurrency: 0, per_host: 65, timeout: 0s, max_body: 2GiB}\n"
     "feeds: []\n",
     "feeds.yaml:1:22: interval: '0s' is out of range (from 1s to 366d)\n"
     "feeds.yaml:1:40: max_interval: '2y' is no duration: the unit is s, m, h, d or w (write 30s, "
     "10m, 2h, 1d or 1h30m)\n"
     "feeds.yaml:1:53: timeout: '2h' is out of range (from 1s to 1h)\n"
     "feeds.yaml:1:67: max_body: '5' is out of range (from 1KiB to 1GiB)\n"
     "feeds.yaml:2:22: concurrency: '0' is out of range (from 1 to 4096)\n"
     "feeds.yaml:2:35: per_host: '65' is out of range (from 0 to 64)\n"
     "feeds.yaml:2:48: timeout: '0s' is out of range (from 1s to 1h)\n"
     "feeds.yaml:2:62: max_body: '2GiB' is out of range (from 1KiB to 1GiB)\n"},
    {"pauses",
     "fetch: {host_pause: 500}\n"
     "feeds: []\n",
     "feeds.yaml:1:21: host_pause: '500' is no pause (write 0, 500ms, 2s or 1m)\n"},
    {"pause_too_long",
     "fetch: {host_pause: 2h}\n"
     "feeds: []\n",
     "feeds.yaml:1:21: host_pause: '2h' is longer than 1h (write 0, 500ms, 2s or 1m)\n"},
    {"unlimited_hosts",
     "fetch: {unlimited_hosts: [ok.example, 'http://a.example', 10.0.0.1/8, 'a b']}\n"
     "feeds: []\n",
     "feeds.yaml:1:39: 'http://a.example' is no host (write a name without scheme and port, or a "
     "network such as 127.0.0.0/8)\n"
     "feeds.yaml:1:59: '10.0.0.1/8' is no host (write a name without scheme and port, or a network "
     "such as 127.0.0.0/8)\n"
     "feeds.yaml:1:71: 'a b' is no host (write a name without scheme and port, or a network such "
     "as 127.0.0.0/8)\n"},
    {"pause_of_part_of_a_millisecond",
     "fetch: {host_pause: 0.5ms}\n"
     "feeds: []\n",
     "feeds.yaml:1:21: host_pause: '0.5ms' is no pause (write 0, 500ms, 2s or 1m)\n"},
    {"min_above_max",
     "defaults:\n"
     "  min_interval: 2h\n"
     "  max_interval: 1h\n"
     "feeds: []\n",
     "feeds.yaml:2:3: min_interval (2h) is longer than max_interval (1h)\n"},
    {"min_above_max_of_defaults",
     "feeds:\n"
     "  - min_interval: 2d\n"
     "    url: https://q.org/\n",
     "feeds.yaml:2:5: min_interval (2d) is longer than max_interval (1d)\n"},
    {"sizes",
     "defaults: {max_body: 16XB}\n"
     "fetch: {max_body: 99999999999999999999}\n"
     "feeds: []\n",
     "feeds.yaml:1:22: max_body: '16XB' is no size: the unit is KiB, MiB, GiB, kB, MB or GB (write "
     "512KiB, 16MiB or 1GiB)\n"
     "feeds.yaml:2:19: max_body: '99999999999999999999' is no size: it is too large (write 512KiB, "
     "16MiB or 1GiB)\n"},
    {"counts",
     "fetch: {concurrency: -1, per_host: 1.5}\n"
     "feeds: []\n",
     "feeds.yaml:1:22: concurrency: '-1' is no whole number\n"
     "feeds.yaml:1:36: per_host: '1.5' is no whole number\n"},
    {"flags",
     "fetch: {allow_private_addresses: maybe}\n"
     "feeds: []\n",
     "feeds.yaml:1:34: allow_private_addresses: 'maybe' is no network (write true, false or "
     "[10.0.0.0/8, fd00::/8])\n"},
    {"networks",
     "fetch: {allow_private_addresses: [10.0.0.1/8, x, 10.0.0.0/33]}\n"
     "feeds: []\n",
     "feeds.yaml:1:35: '10.0.0.1/8' is no network (write 10.0.0.0/8 or fd00::/8, without host "
     "bits)\n"
     "feeds.yaml:1:47: 'x' is no network (write 10.0.0.0/8 or fd00::/8, without host bits)\n"
     "feeds.yaml:1:50: '10.0.0.0/33' is no network (write 10.0.0.0/8 or fd00::/8, without host "
     "bits)\n"},
    {"user_agent",
     "fetch: {user_agent: \"a\\nb\"}\n"
     "feeds: [{url: \"https://a.org/\", user_agent: \"\"}]\n",
     "feeds.yaml:1:21: user_agent: 'a\\x0ab' cannot be sent (up to 512 printable ASCII "
     "characters)\n"
     "feeds.yaml:2:45: user_agent: '' cannot be sent (up to 512 printable ASCII characters)\n"},
    {"story_window",
     "dedup: {story_window: 90d}\n"
     "feeds: []\n",
     "feeds.yaml:1:23: story_window: '90d' is no window for stories (write 1h to 60d, such as "
     "7d)\n"},
    {"retention",
     "retention: {articles: 5m}\n"
     "feeds: []\n",
     "feeds.yaml:1:23: articles: '5m' is no time to keep articles for (write forever, or at least "
     "1d)\n"},
    {"retention_of_a_feed",
     "defaults: {retention: never}\n"
     "feeds: [{url: \"https://a.org/\", retention: {per_feed: 0, keep_tags: [a]}}]\n",
     "feeds.yaml:1:23: 'retention' is a single value, not a map (its keys: articles, per_feed)\n"
     "feeds.yaml:2:55: per_feed: '0' is no number of articles to keep (write all, or a number from "
     "1)\n"
     "feeds.yaml:2:58: unknown key 'keep_tags' in 'retention' (known: articles, per_feed)\n"},
    {"archive",
     "archive: {max_age: 1h, max_size: 12, size: 2GiB}\n"
     "feeds: [{url: \"https://a.org/\", archive: perhaps}]\n",
     "feeds.yaml:1:20: max_age: '1h' is no time to keep documents for (write forever, or at least "
     "1d)\n"
     "feeds.yaml:1:34: max_size: '12' is too little (write unlimited, or at least 1MiB)\n"
     "feeds.yaml:1:38: unknown key 'size' in 'archive' (known: max_age, max_size)\n"
     "feeds.yaml:2:42: archive: 'perhaps' is neither true nor false\n"},
    {"archive_no_flag",
     "archive: 90d\n"
     "feeds: []\n",
     "feeds.yaml:1:10: archive: '90d' is neither true nor false (or write its bounds: {max_age: "
     "90d, "
     "max_size: 2GiB})\n"},
    {"store_in_home",
     "store: ~/x.db\n"
     "feeds: []\n",
     "feeds.yaml:1:8: store: '~' is known to shells only (write the whole path)\n"},
    {"store_is_a_directory",
     "store: db/\n"
     "feeds: []\n",
     "feeds.yaml:1:8: store: this is a directory\n"},
    {"tags",
     "feeds:\n"
     "  - {url: \"https://x.org/\", tags: \"a, b\"}\n"
     "  - {url: \"https://y.org/\", tags: {a: b}}\n"
     "  - {url: \"https://z.org/\", tags: [[a], \"\"]}\n",
     "feeds.yaml:2:35: the tag 'a, b' has a comma in it (write a list: [news, japan])\n"
     "feeds.yaml:3:35: tags is a map, not a list\n"
     "feeds.yaml:4:36: an entry of tags is a list, not a single value\n"
     "feeds.yaml:4:41: '' is no tag\n"},
    {"names",
     "feeds:\n"
     "  - {url: \"https://x.org/\", name: -x}\n"
     "  - {url: \"https://y.org/\", name: \"\"}\n"
     "  - {url: \"https://z.org/\", name: \"a\\tb\"}\n",
     "feeds.yaml:2:35: name: '-x' is no name: the command line would take it for an option\n"
     "feeds.yaml:3:35: name: '' is no name: it is empty\n"
     "feeds.yaml:4:35: name: 'a\\x09b' is no name: it has a control character in it\n"},
};

INSTANTIATE_TEST_SUITE_P(Values, BrokenValue, testing::ValuesIn(kValues), name_of);

}  // namespace
}  // namespace feedd::test
