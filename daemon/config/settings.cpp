#include "config/settings.h"

#include <array>
#include <chrono>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "base/text.h"
#include "config/feed_entry.h"
#include "config/scalar.h"
#include "config/section.h"

namespace feedd {

namespace {

constexpr std::size_t kMaxConcurrency = 4096;  // each takes a socket, of which there are few
constexpr std::size_t kMaxPerHost = 64;        // more is an attack
constexpr std::size_t kMaxRequestsPerHour = 100'000'000;
constexpr Seconds kShortestRetention{std::chrono::hours{24}};

constexpr std::chrono::milliseconds kLongestPause = std::chrono::hours{1};

constexpr std::array<std::string_view, 8> kFetchKeys{
    "user_agent",        "concurrency", "per_host", "host_pause",
    "requests_per_hour", "timeout",     "max_body", "allow_private_addresses"};
constexpr std::array<std::string_view, 1> kRetentionKeys{"articles"};
constexpr std::array<std::string_view, 2> kDedupKeys{"stories", "story_window"};
constexpr Seconds kShortestWindow{std::chrono::hours{1}};
constexpr Seconds kLongestWindow = std::chrono::days{60};  // all of it is kept in memory

PrivateAddresses read_private_addresses(const Section& section, Diagnostics& out) {
    static constexpr std::string_view kKey = "allow_private_addresses";
    PrivateAddresses allowed;
    const std::optional<YamlNode> node = section.node(kKey);
    if (node && node->kind() == YamlKind::scalar && !parse_network(node->text())) {
        allowed.all = section
                          .read(kKey,
                                [](std::string_view text) -> Result<bool> {
                                    if (auto flag = parse_flag(text)) return flag;
                                    return fail(ErrorKind::config, {},
                                                fmt::format("{} is no network", in_quotes(text)),
                                                "write true, false or [10.0.0.0/8, fd00::/8]");
                                })
                          .value_or(false);
        return allowed;
    }
    for (const YamlNode item : section.texts(kKey)) {
        if (const auto network = parse_network(item.text())) {
            allowed.networks.push_back(*network);
        } else {
            out.add(item.position(), fmt::format("{} is no network", in_quotes(item.text())),
                    "write 10.0.0.0/8 or fd00::/8, without host bits");
        }
    }
    return allowed;
}

Result<std::optional<Seconds>> read_retention_time(std::string_view text) {
    if (text == "forever") return std::optional<Seconds>{};
    const auto time = parse_duration(text);
    if (!time || *time < kShortestRetention) {
        return fail(ErrorKind::config, {},
                    fmt::format("{} is no time to keep articles for", in_quotes(text)),
                    "write forever, or at least 1d");
    }
    return std::optional<Seconds>{*time};
}

Result<Seconds> read_story_window(std::string_view text) {
    const auto time = parse_duration(text);
    if (!time || *time < kShortestWindow || *time > kLongestWindow) {
        return fail(ErrorKind::config, {},
                    fmt::format("{} is no window for stories", in_quotes(text)),
                    "write 1h to 60d, such as 7d; 'stories: false' turns them off");
    }
    return *time;
}

// Pauses are short: they may be given in milliseconds. 0 needs no unit.
Result<std::chrono::milliseconds> read_pause(std::string_view text) {
    using std::chrono::milliseconds;
    const auto refuse = [&](std::string_view why) {
        return fail(ErrorKind::config, {}, fmt::format("{} {}", in_quotes(text), why),
                    "write 0, 500ms, 2s or 1m");
    };
    if (text == "0") return milliseconds{0};
    milliseconds pause{0};
    if (text.ends_with("ms")) {
        const auto count = parse_count(text.substr(0, text.size() - 2), 0, kLongestPause.count());
        if (!count) return refuse("is no pause");
        pause = milliseconds{*count};
    } else if (const auto seconds = parse_duration(text)) {
        pause = *seconds;
    } else {
        return refuse("is no pause");
    }
    if (pause > kLongestPause) return refuse("is longer than 1h");
    return pause;
}

}  // namespace

void read_fetch(YamlNode node, FetchConfig& fetch, FeedSpec& defaults, Diagnostics& out) {
    const Section section(node, "'fetch'", kFetchKeys, out);
    if (auto agent = section.read("user_agent", read_user_agent)) {
        fetch.user_agent = std::move(*agent);
    }
    const auto count_from = [](std::size_t least, std::size_t most) {
        return [least, most](std::string_view text) { return parse_count(text, least, most); };
    };
    if (const auto count = section.read("concurrency", count_from(1, kMaxConcurrency))) {
        fetch.concurrency = *count;
    }
    if (const auto count = section.read("per_host", count_from(0, kMaxPerHost))) {
        fetch.per_host = *count;
    }
    if (const auto count = section.read("requests_per_hour", count_from(1, kMaxRequestsPerHour))) {
        fetch.requests_per_hour = *count;
    }
    if (const auto pause = section.read("host_pause", read_pause)) fetch.host_pause = *pause;
    if (const auto timeout = section.read("timeout", read_timeout)) defaults.timeout = *timeout;
    if (const auto size = section.read("max_body", read_max_body)) defaults.max_body = *size;
    fetch.private_addresses = read_private_addresses(section, out);
}

void read_retention(YamlNode node, Config& config, Diagnostics& out) {
    const Section section(node, "'retention'", kRetentionKeys, out);
    if (const auto time = section.read("articles", read_retention_time)) {
        config.keep_articles = *time;
    }
}

void read_dedup(YamlNode node, Config& config, Diagnostics& out) {
    const Section section(node, "'dedup'", kDedupKeys, out);
    if (const auto window = section.read("story_window", read_story_window)) {
        config.story_window = *window;
    }
    if (!section.read("stories", parse_flag).value_or(true)) config.story_window.reset();
}

}  // namespace feedd
