#include "schedule/host_key.h"

#include <algorithm>

#include "base/url.h"
#include "schedule/platforms.h"

namespace feedd {

namespace {

static_assert(std::ranges::is_sorted(kPlatforms));

// "co" of co.uk and "com" of com.br: what may stand between such a platform's name and its country.
bool is_second_level(std::string_view label) {
    return label == "co" || label == "com";
}

// The platform of kManyDomains that `host` belongs to: name.blogspot.TLD, name.blogspot.co.TLD.
std::string_view many_domains_platform(std::string_view host) {
    const auto top = host.rfind('.');
    if (top == std::string_view::npos) return {};
    std::string_view rest = host.substr(0, top);
    std::string_view label = rest.substr(rest.rfind('.') + 1);
    if (is_second_level(label) && label.size() < rest.size()) {
        rest.remove_suffix(label.size() + 1);
        label = rest.substr(rest.rfind('.') + 1);
    }
    const auto* const found = std::ranges::find(kManyDomains, label);
    return found == kManyDomains.end() ? std::string_view{} : *found;
}

}  // namespace

std::string_view platform_of(std::string_view host) noexcept {
    // From the whole name towards its end, label by label.
    for (std::string_view rest = host; !rest.empty();) {
        const auto* const found = std::ranges::lower_bound(kPlatforms, rest);
        if (found != kPlatforms.end() && *found == rest) return *found;
        const auto dot = rest.find('.');
        if (dot == std::string_view::npos) break;
        rest.remove_prefix(dot + 1);
    }
    return many_domains_platform(host);
}

std::string host_key(std::string_view url) {
    const std::string scheme = scheme_of(url);
    if (scheme != "http" && scheme != "https") return {};
    std::string host = host_of(url);
    const std::string_view platform = platform_of(host);
    return platform.empty() ? host : std::string(platform);
}

}  // namespace feedd
