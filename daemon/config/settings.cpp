#include "config/settings.h"

#include <array>
#include <chrono>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "base/text.h"
#include "base/url.h"
#include "config/feed_entry.h"
#include "config/scalar.h"
#include "config/section.h"

namespace feedd {

namespace {

constexpr std::size_t kMaxConcurrency = 4096;  // each takes a socket, of which there are few
constexpr std::size_t kMaxPerHost = 64;        // more is an attack
constexpr std::size_t kMaxRequestsPerHour = 100'000'000;

constexpr std::chrono::milliseconds kLongestPause = std::chrono::hours{1};

constexpr std::array<std::string_view, 9> kFetchKeys{
    "user_agent", "concurrency",     "per_host",
    "host_pause", "unlimited_hosts", "requests_per_hour",
    "timeout",    "max_body",        "allow_private_addresses"};
constexpr std::array<std::string_view, 3> kRetentionKeys{"articles", "per_feed", "keep_tags"};
constexpr std::array<std::string_view, 2> kArchiveKeys{"max_age", "max_size"};
constexpr std::array<std::string_view, 2> kDedupKeys{"stories", "story_window"};

constexpr Seconds kShortestArchive{std::chrono::hours{24}};
constexpr std::uint64_t kSmallestArchive = std::uint64_t{1} << 20U;

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

HostSet read_hosts(const Section& section, std::string_view key, Diagnostics& out) {
    HostSet hosts;
    for (const YamlNode item : section.texts(key)) {
        const std::string text(item.text());
        if (const auto network = parse_network(text)) {
            hosts.networks.push_back(*network);
            continue;
        }
        const bool bare = text.find_first_of("/:@?#") == std::string::npos;
        if (std::string host = bare ? host_of("http://" + text + "/") : std::string{};
            !host.empty()) {
            hosts.names.push_back(std::move(host));
        } else {
            out.add(item.position(), fmt::format("{} is no host", in_quotes(text)),
                    "write a name without scheme and port, or a network such as 127.0.0.0/8");
        }
    }
    return hosts;
}

Result<std::optional<Seconds>> read_archive_age(std::string_view text) {
    if (text == "forever") return std::optional<Seconds>{};
    const auto age = parse_duration(text);
    if (!age || *age < kShortestArchive) {
        return fail(ErrorKind::config, {},
                    fmt::format("{} is no time to keep documents for", in_quotes(text)),
                    "write forever, or at least 1d");
    }
    return std::optional<Seconds>{*age};
}

Result<std::optional<std::uint64_t>> read_archive_size(std::string_view text) {
    if (text == "unlimited") return std::optional<std::uint64_t>{};
    const auto size = parse_size(text);
    if (!size) return tl::unexpected(size.error());
    if (*size < kSmallestArchive) {
        return fail(ErrorKind::config, {}, fmt::format("{} is too little", in_quotes(text)),
                    "write unlimited, or at least 1MiB");
    }
    return std::optional<std::uint64_t>{*size};
}

Result<Seconds> read_story_window(std::string_view text) {
    const auto time = parse_duration(text);
    if (!time || *time < kShortestWindow || *time > kLongestWindow) {
        return fail(ErrorKind::config, {},
                    fmt::format("{} is no window for stories", in_quotes(text)),
                    "write 1h to 60d, such as 7d");
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
    fetch.unlimited_hosts = read_hosts(section, "unlimited_hosts", out);
    if (const auto timeout = section.read("timeout", read_timeout)) defaults.timeout = *timeout;
    if (const auto size = section.read("max_body", read_max_body)) defaults.max_body = *size;
    fetch.private_addresses = read_private_addresses(section, out);
}

void read_retention(YamlNode node, Config& config, FeedSpec& defaults, Diagnostics& out) {
    const Section section(node, "'retention'", kRetentionKeys, out);
    read_retention_rule(section, config.retention);
    defaults.retention = config.retention;
    for (const YamlNode tag : section.texts("keep_tags"))
        config.keep_tags.emplace_back(trim(tag.text()));
}

void read_archive(YamlNode node, Config& config, FeedSpec& defaults, Diagnostics& out) {
    if (node.kind() == YamlKind::scalar) {
        const auto flag = parse_flag(node.text());
        if (!flag) {
            out.add(node.position(), "archive: " + flag.error().what,
                    "or write its bounds: {max_age: 90d, max_size: 2GiB}");
            return;
        }
        defaults.archive = *flag;
        return;
    }
    const Section section(node, "'archive'", kArchiveKeys, out);
    if (const auto age = section.read("max_age", read_archive_age)) config.archive.max_age = *age;
    if (const auto size = section.read("max_size", read_archive_size)) {
        config.archive.max_size = *size;
    }
    defaults.archive = true;
}

void read_dedup(YamlNode node, Config& config, Diagnostics& out) {
    const Section section(node, "'dedup'", kDedupKeys, out);
    if (const auto window = section.read("story_window", read_story_window)) {
        config.story_window = *window;
    }
    if (!section.read("stories", parse_flag).value_or(true)) config.story_window.reset();
}

}  // namespace feedd
