#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "base/url.h"
#include "normalize/canonical_url.h"

namespace feedd {

namespace {

// First labels of hosts that show the same documents as the host without them.
constexpr std::array<std::string_view, 6> kVariants{"www.",    "www2.", "m.",
                                                    "mobile.", "amp.",  "wap."};
// "en.m.wikipedia.org", "en.mobile.example".
constexpr std::array<std::string_view, 2> kInnerVariants{".m.", ".mobile."};

bool has_dot(std::string_view host) noexcept {
    return host.find('.') != std::string_view::npos;
}

std::string bare_host(std::string_view authority) {
    std::string host(authority);
    for (bool again = true; again;) {
        again = false;
        for (const auto variant : kVariants) {
            if (host.starts_with(variant) &&
                has_dot(std::string_view(host).substr(variant.size()))) {
                host.erase(0, variant.size());
                again = true;
            }
        }
    }
    for (const auto variant : kInnerVariants) {
        const auto at = host.find(variant);
        if (at != std::string::npos &&
            has_dot(std::string_view(host).substr(at + variant.size()))) {
            host.erase(at, variant.size() - 1);
        }
    }
    return host;
}

bool is_index_page(std::string_view segment) noexcept {
    static constexpr std::array<std::string_view, 9> kPages{
        "index.html", "index.htm",    "index.php",   "index.shtml", "index.asp",
        "index.aspx", "default.aspx", "default.asp", "index.jsp"};
    return std::any_of(kPages.begin(), kPages.end(),
                       [&](std::string_view page) { return iequals(page, segment); });
}

// "story.amp.html" is "story.html", "story.amp" is "story".
std::string without_amp_extension(std::string_view segment) {
    constexpr std::string_view kAmp = ".amp";
    const auto at = segment.rfind(kAmp);
    if (at == std::string_view::npos || at == 0) return std::string(segment);
    const auto after = segment.substr(at + kAmp.size());
    if (!after.empty() && after != ".html" && after != ".htm") return std::string(segment);
    return std::string(segment.substr(0, at)) + std::string(after);
}

std::string bare_path(std::string_view path) {
    const std::vector<std::string_view> segments = split(path, '/');
    std::string bare;
    for (std::size_t i = 0; i < segments.size(); ++i) {
        const bool last = i + 1 == segments.size();
        if (last && is_index_page(segments[i])) break;
        if (segments.size() > 1 && segments[i] == "amp") continue;
        bare += '/';
        bare += last ? without_amp_extension(segments[i]) : std::string(segments[i]);
    }
    return bare;
}

std::string sorted_query(std::string_view query) {
    std::vector<std::string_view> pairs = split(query, '&');
    std::sort(pairs.begin(), pairs.end());
    pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
    std::string sorted;
    for (const std::string_view pair : pairs) {
        if (!sorted.empty()) sorted += '&';
        sorted += pair;
    }
    return sorted;
}

}  // namespace

std::string document_url_key(std::string_view canonical) {
    const UrlParts parts = split_url(canonical);
    if (!parts.authority) return {};
    std::string key = bare_host(*parts.authority) + bare_path(parts.path);
    const std::string query = sorted_query(parts.query.value_or(""));
    if (!query.empty()) key.append("?").append(query);
    if (parts.fragment) key.append("#").append(*parts.fragment);
    return key;
}

}  // namespace feedd
