#include "config/feed_url.h"

#include <filesystem>

#include <fmt/format.h>

#include "base/text.h"
#include "base/url.h"
#include "config/diagnostic.h"

namespace feedd {

namespace {

constexpr std::size_t kMaxUrl = 8000;  // bytes; RFC 9110 §4.1 asks for at least 8000

// RFC 4648 §4.
std::string base64(std::string_view bytes) {
    static constexpr std::string_view kDigits =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const auto byte = [&](std::size_t at) {
            return at < bytes.size() ? static_cast<unsigned char>(bytes[at]) : 0U;
        };
        const unsigned group = byte(i) << 16U | byte(i + 1) << 8U | byte(i + 2);
        out += kDigits[group >> 18U & 63U];
        out += kDigits[group >> 12U & 63U];
        out += i + 1 < bytes.size() ? kDigits[group >> 6U & 63U] : '=';
        out += i + 2 < bytes.size() ? kDigits[group & 63U] : '=';
    }
    return out;
}

std::string_view userinfo_of(std::string_view url) {
    const UrlParts parts = split_url(url);
    if (!parts.authority) return {};
    const auto at = parts.authority->rfind('@');
    return at == std::string_view::npos ? std::string_view{} : parts.authority->substr(0, at + 1);
}

// Values of variables are percent-encoded where they stand for a user name or a password, which
// may hold any character; elsewhere they may be whole pieces of a URL.
Result<std::string> filled(std::string_view written, const Environment& environment) {
    if (written.find('$') == std::string_view::npos) return std::string(written);
    const std::string_view userinfo = userinfo_of(written);
    if (userinfo.empty()) return fill_in(written, environment);
    const auto start = static_cast<std::size_t>(userinfo.data() - written.data());
    auto head = fill_in(written.substr(0, start), environment);
    if (!head) return head;
    auto user = fill_in(userinfo, environment, percent_encode);
    if (!user) return user;
    auto tail = fill_in(written.substr(start + userinfo.size()), environment);
    if (!tail) return tail;
    return *head + *user + *tail;
}

bool has_space_or_control(std::string_view text) {
    for (const char c : text) {
        if (static_cast<unsigned char>(c) <= 0x20 || c == 0x7F) return true;
    }
    return false;
}

// Somebody's password may have a '/', '?' or '#' that ends the authority before its '@', as in
// "http://me:pa/ss@host/", or stand in a URL without scheme: "me:pa/ss@host".
bool may_have_cut_password(std::string_view written) {
    const UrlParts parts = split_url(written);
    const std::string_view head = parts.authority.value_or(written.substr(0, written.find('/')));
    if (head.find_first_of(":@") == std::string_view::npos) return false;
    const std::string_view tail =
        written.substr(static_cast<std::size_t>(head.data() - written.data()) + head.size());
    return tail.find('@') != std::string_view::npos;
}

// What errors may show of a URL: no user name and no password.
std::string without_secrets(std::string_view written) {
    if (may_have_cut_password(written)) {
        const UrlParts parts = split_url(written);
        const std::string_view scheme = parts.authority ? parts.scheme.value_or("") : "";
        const std::string_view rest = written.substr(written.rfind('@'));
        return fmt::format("{}{}…{}", scheme, scheme.empty() ? "" : "://", rest);
    }
    const auto at = written.substr(0, written.find('/')).rfind('@');
    return without_credentials(at == std::string_view::npos ? written : written.substr(at + 1));
}

std::string did_you_mean(std::string_view url) {
    return fmt::format("did you mean {}?", in_quotes(url));
}

// What somebody who wrote this may have meant.
std::string hint_for(std::string_view written) {
    const UrlParts parts = split_url(written);
    const std::string scheme = lower(parts.scheme.value_or(""));
    const std::string rest(written.substr(written.find(':') + 1));
    if (scheme == "feed") return did_you_mean(rest.starts_with("//") ? "https:" + rest : rest);
    const auto host = rest.find_first_not_of('/');
    const bool slashed = rest.starts_with('/') && host != std::string::npos;
    for (const std::string_view known : {scheme == "http" ? "http" : "https", "http"}) {
        if (slashed && !scheme.empty() && edit_distance(scheme, known) <= 1) {
            return did_you_mean(fmt::format("{}://{}", known, rest.substr(host)));
        }
    }
    if (written.starts_with('/') || written.starts_with("./") || written.starts_with("../")) {
        return did_you_mean("file:" + std::string(written));
    }
    const std::string_view first = written.substr(0, written.find('/'));
    const bool host_like = first.find('.') != std::string_view::npos;
    if (host_like && (!parts.scheme || parts.scheme->find('.') != std::string_view::npos)) {
        return did_you_mean("https://" + std::string(written));
    }
    return "a feed is http://…, https://… or file:…";
}

// A path as part of a URL: what would end it or be decoded is encoded.
std::string escaped_path(std::string_view path) {
    std::string out;
    for (const char c : path) {
        if (c == '%' || c == '#' || c == '?' || static_cast<unsigned char>(c) <= 0x20) {
            out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
        } else {
            out += c;
        }
    }
    return out;
}

Result<FeedAddress> read_file_url(std::string_view url, const std::string& directory,
                                  const std::string& shown) {
    const UrlParts parts = split_url(url);
    if (parts.authority && !parts.authority->empty() && *parts.authority != "localhost") {
        return fail(ErrorKind::config, {}, fmt::format("{} names another host", shown),
                    "a file on this one is file:///path/feed.xml");
    }
    if (parts.path.empty() || parts.path.ends_with('/')) {
        return fail(ErrorKind::config, {}, fmt::format("{} names no file", shown));
    }
    std::filesystem::path path(parts.path);
    if (path.is_relative()) path = std::filesystem::path(escaped_path(directory)) / path;
    return FeedAddress{"file://" + path.lexically_normal().string(), std::nullopt};
}

Result<FeedAddress> read_web_url(std::string url, const std::string& shown) {
    const bool cut = may_have_cut_password(url);
    std::optional<Secret> authorization;
    std::string_view userinfo = userinfo_of(url);
    if (!userinfo.empty()) {
        userinfo.remove_suffix(1);
        const auto colon = userinfo.find(':');
        std::string pair = percent_decode(userinfo.substr(0, colon)) + ":";
        if (colon != std::string_view::npos) pair += percent_decode(userinfo.substr(colon + 1));
        authorization = Secret("Basic " + base64(pair));
        url = without_credentials(url);
    }
    if (!is_web_url(url)) {
        return fail(ErrorKind::config, {}, fmt::format("{} is no usable URL", shown),
                    cut ? "in a user name or password write %2F for '/', %3F for '?', %23 for '#'"
                        : "check host and port");
    }
    return FeedAddress{std::move(url), std::move(authorization)};
}

}  // namespace

Result<FeedAddress> read_feed_url(std::string_view written, const std::string& directory,
                                  const Environment& environment) {
    written = trim(written);
    if (written.empty()) return fail(ErrorKind::config, {}, "the URL is empty");
    const std::string open = without_secrets(written);
    const std::string shown = in_quotes(open);
    if (has_space_or_control(written)) {
        return fail(ErrorKind::config, {}, fmt::format("{} has white space in it", shown),
                    "write %20 for a blank; is the next line indented too far?");
    }
    auto url = filled(written, environment);
    if (!url) return tl::unexpected<Error>(url.error());
    if (url->size() > kMaxUrl) {
        return fail(ErrorKind::config, {},
                    fmt::format("{} is longer than {} bytes", shown, kMaxUrl));
    }
    if (has_space_or_control(*url)) {
        return fail(
            ErrorKind::config, {},
            fmt::format("{} has white space in it once its variables are filled in", shown));
    }
    const std::string scheme = scheme_of(*url);
    if (scheme == "file") return read_file_url(*url, directory, shown);
    const bool with_host = !split_url(*url).authority.value_or("").empty();
    if ((scheme == "http" || scheme == "https") && with_host) {
        return read_web_url(std::move(*url), shown);
    }
    return fail(ErrorKind::config, {}, fmt::format("{} is no URL that can be polled", shown),
                hint_for(open));
}

std::string url_key(std::string_view url) {
    const UrlParts parts = split_url(url);
    std::string key = lower(parts.scheme.value_or("")) + "://";
    std::string_view host = parts.authority.value_or("");
    const std::string_view port = key == "http://" ? ":80" : ":443";
    if (host.ends_with(port)) host.remove_suffix(port.size());
    key += lower(host);
    key += parts.path.empty() ? "/" : parts.path;
    if (parts.query) key.append("?").append(*parts.query);
    return key;
}

}  // namespace feedd
