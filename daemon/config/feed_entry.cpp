#include "config/feed_entry.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "base/text.h"
#include "base/url.h"
#include "config/feed_url.h"
#include "config/names.h"
#include "config/scalar.h"

namespace feedd {

namespace {

constexpr Seconds kShortestInterval{1};
constexpr Seconds kLongestInterval{std::chrono::hours{24 * 366}};
constexpr Seconds kLongestTimeout{std::chrono::hours{1}};
constexpr std::uint64_t kSmallestBody = std::uint64_t{1} << 10U;
constexpr std::uint64_t kLargestBody = std::uint64_t{1} << 30U;
constexpr std::size_t kMaxUserAgent = 512;  // bytes; servers refuse long headers
constexpr std::size_t kMaxTags = 100;       // of a feed; an alias could repeat a long list
constexpr std::size_t kMaxTag = 100;        // bytes

constexpr std::array<std::string_view, 8> kDefaultsKeys{"interval", "min_interval", "max_interval",
                                                        "timeout",  "max_body",     "user_agent",
                                                        "proxy",    "ca_file"};
constexpr std::array<std::string_view, 15> kFeedKeys{
    "url",          "name",    "tags",     "interval",           "min_interval",
    "max_interval", "timeout", "max_body", "user_agent",         "headers",
    "auth",         "proxy",   "ca_file",  "client_certificate", "client_key"};

Result<Seconds> read_interval(std::string_view text) {
    auto interval = parse_duration(text);
    if (!interval) return interval;
    if (*interval < kShortestInterval || *interval > kLongestInterval) {
        return fail(ErrorKind::config, {}, fmt::format("{} is out of range", in_quotes(text)),
                    "from 1s to 366d");
    }
    return interval;
}

// What 'defaults' and a feed have in common.
void read_settings(const Section& section, FeedSpec& spec, Diagnostics& out) {
    if (const auto interval = section.read("interval", read_interval_or_auto)) {
        spec.interval = *interval;
    }
    const auto least = section.read("min_interval", read_interval);
    const auto most = section.read("max_interval", read_interval);
    if (least) spec.min_interval = *least;
    if (most) spec.max_interval = *most;
    if ((least || most) && spec.min_interval > spec.max_interval) {
        out.add(
            section.position(least ? "min_interval" : "max_interval"),
            fmt::format("min_interval ({}) is longer than max_interval ({})",
                        format_duration(spec.min_interval), format_duration(spec.max_interval)));
    }
    if (const auto timeout = section.read("timeout", read_timeout)) spec.timeout = *timeout;
    if (const auto size = section.read("max_body", read_max_body)) spec.max_body = *size;
    if (auto agent = section.read("user_agent", read_user_agent)) {
        spec.user_agent = std::move(*agent);
    }
}

void read_tags(const Section& section, FeedSpec& spec, Diagnostics& out) {
    for (const YamlNode node : section.texts("tags")) {
        const std::string_view tag = trim(node.text());
        const bool printable = std::none_of(tag.begin(), tag.end(), [](char c) {
            return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
        });
        if (tag.empty() || tag.size() > kMaxTag || !printable) {
            out.add(node.position(), fmt::format("{} is no tag", in_quotes(tag)));
        } else if (tag.find(',') != std::string_view::npos) {
            out.add(node.position(), fmt::format("the tag {} has a comma in it", in_quotes(tag)),
                    "write a list: [news, japan]");
        } else if (spec.tags.size() == kMaxTags) {
            out.add(node.position(), fmt::format("more than {} tags", kMaxTags));
            break;
        } else if (std::find(spec.tags.begin(), spec.tags.end(), tag) == spec.tags.end()) {
            spec.tags.emplace_back(tag);
        }
    }
}

// False: no URL that can be used, and that is reported.
bool read_address(YamlNode url, FeedSpec& spec, const AccessContext& context) {
    auto address = read_feed_url(url.text(), context.directory, context.environment);
    if (!address) {
        context.out.add(url.position(), address.error());
        return false;
    }
    spec.url = std::move(address->url);
    spec.secret_url = address->filled_in;
    if (!spec.access.client_certificate.empty() && scheme_of(spec.url) != "https") {
        context.out.add(url.position(), "a client certificate is shown over https only",
                        "write https:// in the URL, or remove client_certificate");
    }
    if (!address->authorization) return true;
    auto& headers = spec.access.headers;
    const bool twice = std::any_of(headers.begin(), headers.end(), [](const SecretHeader& header) {
        return iequals(header.name, "Authorization");
    });
    if (twice) {
        context.out.add(url.position(),
                        "the URL has a user name, and the feed an Authorization of its own",
                        "remove one of them");
    }
    headers.push_back({"Authorization", std::move(*address->authorization)});
    return true;
}

}  // namespace

Result<std::optional<Seconds>> read_interval_or_auto(std::string_view text) {
    if (iequals(text, "auto")) return std::optional<Seconds>{};
    if (!text.empty() && is_alpha(text.front())) {
        return fail(ErrorKind::config, {}, fmt::format("{} is no duration", in_quotes(text)),
                    "write auto, 30s, 10m, 2h or 1d");
    }
    auto interval = read_interval(text);
    if (!interval) return tl::unexpected<Error>(interval.error());
    return std::optional<Seconds>{*interval};
}

Result<Seconds> read_timeout(std::string_view text) {
    auto timeout = parse_duration(text);
    if (timeout && (*timeout < Seconds{1} || *timeout > kLongestTimeout)) {
        return fail(ErrorKind::config, {}, fmt::format("{} is out of range", in_quotes(text)),
                    "from 1s to 1h");
    }
    return timeout;
}

Result<std::uint64_t> read_max_body(std::string_view text) {
    auto size = parse_size(text);
    if (size && (*size < kSmallestBody || *size > kLargestBody)) {
        return fail(ErrorKind::config, {}, fmt::format("{} is out of range", in_quotes(text)),
                    "from 1KiB to 1GiB");
    }
    return size;
}

Result<std::string> read_user_agent(std::string_view text) {
    const std::string_view agent = trim(text);
    const bool printable =
        std::all_of(agent.begin(), agent.end(), [](char c) { return c >= 0x20 && c < 0x7F; });
    if (agent.empty() || agent.size() > kMaxUserAgent || !printable) {
        return fail(ErrorKind::config, {}, fmt::format("{} cannot be sent", in_quotes(agent)),
                    fmt::format("up to {} printable ASCII characters", kMaxUserAgent));
    }
    return std::string(agent);
}

void read_defaults(YamlNode node, FeedSpec& defaults, const AccessContext& context) {
    const Section section(node, "'defaults'", kDefaultsKeys, context.out);
    read_settings(section, defaults, context.out);
    read_route(section, defaults.access, context);
}

std::optional<FeedEntry> read_feed_entry(YamlNode node, const EntryContext& context) {
    FeedEntry entry{.spec = context.defaults, .url = node.position(), .name = node.position()};
    Diagnostics& out = context.access.out;
    entry.spec.place = fmt::format("{}:{}", out.file_name(out.current_file()), entry.url.line);
    if (node.kind() == YamlKind::scalar) {
        if (!read_address(node, entry.spec, context.access)) return std::nullopt;
        return entry;
    }
    if (node.is_null()) {
        // YAML's parser knows only where it ends.
        out.add(node.position(), "an empty entry ends here", "remove its '-', or write a URL");
        return std::nullopt;
    }
    if (node.kind() != YamlKind::map) {
        out.add(node.position(), fmt::format("a feed is {}", kind_name(node.kind())),
                "write a URL, or a map with 'url'");
        return std::nullopt;
    }
    const Section section(node, "a feed", kFeedKeys, out);
    read_settings(section, entry.spec, out);
    read_tags(section, entry.spec, out);
    read_route(section, entry.spec.access, context.access);
    read_identity(section, entry.spec.access, context.access);
    if (auto name = section.read("name", read_name)) {
        entry.spec.name = std::move(*name);
        entry.name = section.node("name")->position();
    }
    const std::optional<YamlNode> url = section.node("url");
    if (!url) {
        if (section.clean()) out.add(section.position("url"), "this feed has no url");
        return std::nullopt;
    }
    if (url->kind() != YamlKind::scalar) {
        out.add(url->position(),
                fmt::format("url is {}, not a single value", kind_name(url->kind())));
        return std::nullopt;
    }
    entry.url = url->position();
    if (!read_address(*url, entry.spec, context.access)) return std::nullopt;
    return entry;
}

}  // namespace feedd
