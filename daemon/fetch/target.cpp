#include "fetch/target.h"

#include <algorithm>
#include <utility>

#include "base/handle.h"
#include "base/text.h"
#include "base/url.h"

namespace feedd {

namespace {

using CurlUrl = Handle<CURLU, curl_url_cleanup>;
using CurlText = Handle<char, curl_free>;

std::string part(const CurlUrl& url, CURLUPart what, unsigned flags = 0) {
    char* raw = nullptr;
    if (curl_url_get(url.get(), what, &raw, flags) != CURLUE_OK) return {};
    const CurlText text(raw);
    return text.get();
}

// A scheme or URL for a message: what a server sent may be long or worse.
std::string quoted(std::string_view text) {
    std::string clean = to_valid_utf8(truncate_utf8(text, 100));
    for (char& c : clean) {
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = '?';
    }
    return "'" + clean + "'";
}

std::string_view without_scheme(std::string_view url) {
    return url.substr(url.find("://") + 3);
}

// "host:port" without the port, which no origin lacks.
std::string_view host_in(std::string_view origin) {
    const std::string_view authority = without_scheme(origin);
    return authority.substr(0, authority.rfind(':'));
}

// What libcurl would take apart only to put it together again: nearly every URL of a list.
bool is_sent_as_written(std::string_view url, std::string_view origin) {
    if (origin.empty() || !(url.starts_with("http://") || url.starts_with("https://")))
        return false;
    const std::string_view rest = without_scheme(url);
    const auto slash = rest.find('/');
    if (slash == std::string_view::npos) return false;
    const std::string_view authority = rest.substr(0, slash);
    if (authority != host_in(origin) && authority != without_scheme(origin)) return false;
    const std::string_view path = rest.substr(slash);
    const bool dot_segment = path.find("/.") != std::string_view::npos;
    return !dot_segment && std::all_of(path.begin(), path.end(), [](char c) {
        return c > 0x20 && c < 0x7F && c != '#' && c != '%';
    });
}

}  // namespace

tl::expected<Target, Failure> target_of(std::string_view url) {
    std::string clean = resolve_url(url, url);
    std::string origin = origin_of(clean);
    if (is_sent_as_written(clean, origin)) {
        std::string host(host_in(origin));
        return Target{
            .url = std::move(clean), .origin = std::move(origin), .host = std::move(host)};
    }
    const std::string scheme = scheme_of(clean);
    if (scheme != "http" && scheme != "https")
        return tl::unexpected(
            Failure{PollError::refused, quoted(scheme) + " is not http or https"});
    const CurlUrl parsed(curl_url());
    const bool readable = parsed && curl_url_set(parsed.get(), CURLUPART_URL, clean.c_str(),
                                                 CURLU_URLENCODE) == CURLUE_OK;
    std::string host = host_of(clean);  // in punycode, whatever the locale makes of it
    if (!readable || origin.empty() ||
        curl_url_set(parsed.get(), CURLUPART_HOST, host.c_str(), 0) != CURLUE_OK) {
        return tl::unexpected(
            Failure{PollError::refused, "not a URL: " + quoted(without_credentials(clean))});
    }
    Target target;
    target.user = part(parsed, CURLUPART_USER, CURLU_URLDECODE);
    target.password = part(parsed, CURLUPART_PASSWORD, CURLU_URLDECODE);
    for (const CURLUPart dropped : {CURLUPART_USER, CURLUPART_PASSWORD, CURLUPART_FRAGMENT})
        curl_url_set(parsed.get(), dropped, nullptr, 0);
    target.url = part(parsed, CURLUPART_URL);
    target.origin = origin_of(target.url);
    target.host = std::move(host);
    return target;
}

bool is_success(int status) noexcept {
    return status >= 200 && status < 300;
}

bool is_redirect(int status) noexcept {
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

bool is_permanent_redirect(int status) noexcept {
    return status == 301 || status == 308;
}

tl::expected<Target, Failure> redirect_target(const Target& from, const std::string* location) {
    if (location == nullptr || trim(*location).empty())
        return tl::unexpected(Failure{PollError::redirect, "a redirect without a Location"});
    tl::expected<Target, Failure> target = target_of(resolve_url(from.url, *location));
    if (!target) {
        return tl::unexpected(Failure{PollError::redirect,
                                      "redirected to where we do not go: " + target.error().text});
    }
    target->user.clear();
    target->password.clear();
    return target;
}

}  // namespace feedd
