#include "config/proxy.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "base/text.h"
#include "base/url.h"
#include "config/diagnostic.h"
#include "config/secret_url.h"

namespace feedd {

namespace {

constexpr std::array<std::string_view, 4> kSchemes{"http", "https", "socks5", "socks5h"};
constexpr std::string_view kHint =
    "write none, or http://, https://, socks5:// or socks5h:// with host and port";

bool has_port(std::string_view authority) {
    const auto colon = authority.rfind(':');
    return colon != std::string_view::npos && colon + 1 < authority.size() &&
           authority.find(']', colon) == std::string_view::npos;  // not within an IPv6 address
}

// RFC 1929 §2 and RFC 7617 §2.
bool can_be_sent(const SecretUrl& url, bool socks) {
    constexpr std::size_t kMaxSocks = 255;  // bytes
    const auto printable = [](const std::string& text) {
        return std::none_of(text.begin(), text.end(), [](char c) {
            return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
        });
    };
    const std::string& user = url.user.reveal();
    const std::string& password = url.password.reveal();
    if (socks && (user.size() > kMaxSocks || password.size() > kMaxSocks)) return false;
    if (!socks && user.find(':') != std::string::npos) return false;
    return printable(user) && printable(password);
}

}  // namespace

Result<std::optional<Proxy>> read_proxy(std::string_view written, const Environment& environment) {
    if (iequals(trim(written), "none")) return std::optional<Proxy>{};
    auto url = read_secret_url(written, environment);
    if (!url) return tl::unexpected<Error>(url.error());
    const std::string shown = in_quotes(without_secrets(trim(written)));
    const auto refuse = [&](std::string_view why, std::string_view hint) {
        return fail(ErrorKind::config, {}, fmt::format("{} {}", shown, why), std::string(hint));
    };
    const std::string scheme = scheme_of(url->url);
    if (std::find(kSchemes.begin(), kSchemes.end(), scheme) == kSchemes.end())
        return refuse("is no proxy that can be used", kHint);
    const UrlParts parts = split_url(url->url);
    // Host and port are written as in any URL, whatever the scheme.
    const std::string authority(parts.authority.value_or(""));
    const std::string origin = authority.empty() ? "" : origin_of("http://" + authority);
    if (origin.empty()) {
        return refuse("has no usable host and port",
                      may_have_cut_password(url->url)
                          ? "in a user name or password write %2F for '/', %3F for '?', %23 for '#'"
                          : kHint);
    }
    if (!has_port(authority))
        return refuse("has no port", "add it: 3128 or 8080 for most proxies, 1080 for SOCKS");
    if (!(parts.path.empty() || parts.path == "/") || parts.query || parts.fragment)
        return refuse("has something behind host and port", "remove it");
    const bool socks = scheme.starts_with("socks");
    if (!can_be_sent(*url, socks)) {
        return refuse("has a user name or password that cannot be sent",
                      socks ? "one line of up to 255 bytes each"
                            : "one line each, and no ':' in the user name");
    }
    // Looked up by the proxy, as RFC 1928 has it: libcurl tells nobody what it found for a
    // "socks5", and the guard could not look at it.
    const std::string spoken = socks ? "socks5h" : scheme;
    return std::optional<Proxy>{Proxy{.url = spoken + origin.substr(origin.find("://")),
                                      .user = std::move(url->user),
                                      .password = std::move(url->password)}};
}

}  // namespace feedd
