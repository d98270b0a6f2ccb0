#include "normalize/canonical_url.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

#include "base/text.h"
#include "base/url.h"
#include "normalize/tracking_parameters.h"
#include "normalize/url_escapes.h"
#include "normalize/wrappers.h"

namespace feedd {

namespace {

constexpr int kMostWrappers = 16;            // one inside the other; a loop must end
constexpr std::size_t kLongestUrl = 16'384;  // bytes; what is longer is no address of an article

struct Parameter {
    std::string_view name;
    std::string_view value;
};

Parameter parameter_of(std::string_view pair) noexcept {
    const auto equals = pair.find('=');
    if (equals == std::string_view::npos) return {.name = pair, .value = {}};
    return {.name = pair.substr(0, equals), .value = pair.substr(equals + 1)};
}

template <typename Visit>
void for_pairs(std::string_view query, Visit visit) {
    while (!query.empty()) {
        const auto end = std::min(query.find('&'), query.size());
        if (end > 0) visit(query.substr(0, end));
        query.remove_prefix(std::min(end + 1, query.size()));
    }
}

std::string kept_query(std::string_view query, std::string_view host) {
    std::string kept;
    const std::string escaped = normal_escapes(query);
    for_pairs(escaped, [&](std::string_view pair) {
        if (is_tracking(pair, host)) return;
        if (!kept.empty()) kept += '&';
        kept += pair;
    });
    return kept;
}

// Java's session id, a parameter of the path: "/a;jsessionid=0123?b".
void cut_path_session(std::string& path) {
    constexpr std::string_view kName = ";jsessionid=";
    for (std::size_t at = path.find(';'); at != std::string::npos; at = path.find(';', at + 1)) {
        if (!istarts_with(std::string_view(path).substr(at), kName)) continue;
        path.erase(at, std::min(path.find_first_of(";/", at + 1), path.size()) - at);
        if (at == 0) break;
        --at;
    }
}

// Whether a segment names an article rather than a section: '/2020/some-words' or '/12345.html'
// have AMP variants under them, '/guitars/amp' is a page of its own.
bool names_article(std::string_view segment) noexcept {
    return segment.size() > 3 && segment.find_first_of("-_.0123456789") != std::string_view::npos;
}

// "/2020/03/some-words/amp/" is "/2020/03/some-words/".
void cut_amp_suffix(std::string& path) {
    constexpr std::string_view kAmp = "/amp";
    for (;;) {
        std::string_view rest = path;
        const bool slash = rest.ends_with('/');
        if (slash) rest.remove_suffix(1);
        if (!rest.ends_with(kAmp)) return;
        rest.remove_suffix(kAmp.size());
        if (!names_article(rest.substr(rest.rfind('/') + 1))) return;
        path.resize(rest.size() + (slash ? 1 : 0));
    }
}

// The origin without a port that is the default, and without the dot of the root zone. nullopt:
// there is none, or nothing is left of its host.
std::optional<std::string> origin_without_port(std::string_view url) {
    std::string origin = origin_of(url);
    if (origin.empty()) return std::nullopt;
    const std::string_view port = origin.starts_with("https:") ? ":443" : ":80";
    if (origin.ends_with(port)) origin.erase(origin.size() - port.size());
    const auto end = origin.find(':', origin.find("//"));
    const auto host_end = origin.ends_with(']') ? origin.size() : std::min(end, origin.size());
    if (origin[host_end - 1] != '.') return origin;
    origin.erase(host_end - 1, 1);
    const char last = origin[host_end - 2];
    if (last == '.' || last == '/') return std::nullopt;  // an empty label (RFC 1034 §3.1)
    return origin;
}

std::string_view host_in(std::string_view origin) noexcept {
    origin.remove_prefix(origin.find("//") + 2);
    if (origin.starts_with('[')) return origin.substr(0, origin.find(']') + 1);
    return origin.substr(0, origin.find(':'));
}

// "/amp/s/example.org/a" and "/c/s/example.org/a" of AMP caches; 's' stands for https.
std::string cached_by_amp(std::string_view host, std::string_view path) {
    std::string_view rest = path;
    if (host == "www.google.com" && rest.starts_with("/amp/")) {
        rest.remove_prefix(5);
    } else if (is_on_site(host, "cdn.ampproject.org") &&
               (rest.starts_with("/c/") || rest.starts_with("/v/"))) {
        rest.remove_prefix(3);
    } else {
        return {};
    }
    std::string scheme = "http://";
    if (rest.starts_with("s/")) {
        scheme = "https://";
        rest.remove_prefix(2);
    }
    if (rest.substr(0, rest.find('/')).find('.') == std::string_view::npos) return {};
    return scheme + std::string(rest);
}

// The address that this one only leads on to; "" if it is one itself.
std::string wrapped_url(std::string_view host, std::string_view path, std::string_view query) {
    if (std::string cached = cached_by_amp(host, path); !cached.empty()) {
        if (!query.empty()) cached.append("?").append(query);
        return cached;
    }
    std::string inner;
    for (const Wrapper& wrapper : kWrappers) {
        if (host != wrapper.host || path != wrapper.path || !inner.empty()) continue;
        for_pairs(query, [&](std::string_view pair) {
            const Parameter parameter = parameter_of(pair);
            if (parameter.name == wrapper.parameter) inner = percent_decode(parameter.value);
        });
        if (!is_web_url(inner)) inner.clear();
    }
    return inner;
}

// In this order (RFC 3986 §6.2.2): a dot may have been escaped.
std::string canonical_path(std::string_view written) {
    std::string path = without_dot_segments(normal_escapes(written));
    cut_path_session(path);
    cut_amp_suffix(path);
    if (path.empty()) path = "/";
    return path;
}

bool is_route(std::string_view fragment) noexcept {
    return fragment.starts_with('!') || (fragment.starts_with('/') && fragment.size() > 1);
}

}  // namespace

std::string canonical_url(std::string_view url) {
    if (url.size() > kLongestUrl) return {};
    std::string clean = resolve_url({}, url);
    for (int i = 0; i <= kMostWrappers; ++i) {
        const auto origin = origin_without_port(clean);
        if (!origin) return {};
        const UrlParts parts = split_url(clean);
        std::string out = *origin + canonical_path(parts.path);
        const std::string_view path = std::string_view(out).substr(origin->size());
        const std::string_view host = host_in(*origin);
        const std::string query = kept_query(parts.query.value_or(""), host);
        if (const std::string inner = wrapped_url(host, path, query); !inner.empty()) {
            clean = resolve_url({}, inner);
            continue;
        }
        if (!query.empty()) out.append("?").append(query);
        if (parts.fragment && is_route(*parts.fragment)) {
            out.append("#").append(normal_escapes(*parts.fragment));
        }
        if (out.size() > kLongestUrl) return {};  // escaped, it is three times as long
        return out;
    }
    return {};  // a loop
}

}  // namespace feedd
