#include "config/feed_url.h"

#include <filesystem>

#include <fmt/format.h>

#include "base/text.h"
#include "base/url.h"
#include "config/authorization.h"
#include "config/diagnostic.h"
#include "config/secret_url.h"

namespace feedd {

namespace {

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
                                  std::string_view open) {
    const UrlParts parts = split_url(url);
    if (parts.authority && !parts.authority->empty() && *parts.authority != "localhost") {
        return fail(ErrorKind::config, {}, fmt::format("{} names another host", in_quotes(open)),
                    "a file on this one is file:///path/feed.xml");
    }
    if (parts.path.empty() || parts.path.ends_with('/')) {
        return fail(ErrorKind::config, {}, fmt::format("{} names no file", in_quotes(open)));
    }
    std::filesystem::path path(parts.path);
    if (path.is_relative()) path = std::filesystem::path(escaped_path(directory)) / path;
    return FeedAddress{.url = "file://" + path.lexically_normal().string()};
}

Result<FeedAddress> read_web_url(SecretUrl url, std::string_view open) {
    if (!is_web_url(url.url)) {
        return fail(ErrorKind::config, {}, fmt::format("{} is no usable URL", in_quotes(open)),
                    may_have_cut_password(url.url)
                        ? "in a user name or password write %2F for '/', %3F for '?', %23 for '#'"
                        : "check host and port");
    }
    FeedAddress address{.url = std::move(url.url), .authorization = {}, .filled_in = url.filled_in};
    if (url.with_user)
        address.authorization = basic_authorization(url.user.reveal(), url.password.reveal());
    return address;
}

}  // namespace

Result<FeedAddress> read_feed_url(std::string_view written, const std::string& directory,
                                  const Environment& environment) {
    auto url = read_secret_url(written, environment);
    if (!url) return tl::unexpected<Error>(url.error());
    const std::string open = without_secrets(trim(written));
    const std::string scheme = scheme_of(url->url);
    if (scheme == "file") {
        return read_file_url(url->url, directory, open).map([&](FeedAddress address) {
            address.filled_in = url->filled_in;
            return address;
        });
    }
    const bool with_host = !split_url(url->url).authority.value_or("").empty();
    if ((scheme == "http" || scheme == "https") && with_host) {
        return read_web_url(std::move(*url), open);
    }
    return fail(ErrorKind::config, {},
                fmt::format("{} is no URL that can be polled", in_quotes(open)), hint_for(open));
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
