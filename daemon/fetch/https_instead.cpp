#include "fetch/https_instead.h"

#include <cerrno>
#include <string_view>

namespace feedd {

namespace {

bool nobody_answers(const Unconnected& how) {
    if (how.code == CURLE_OPERATION_TIMEDOUT) return how.phase == Phase::connecting;
    if (how.code != CURLE_COULDNT_CONNECT) return false;
    // Firewalls that refuse a port say that the host cannot be reached.
    return how.system_error == ECONNREFUSED || how.system_error == EHOSTUNREACH ||
           how.system_error == ETIMEDOUT;
}

}  // namespace

std::optional<Target> https_instead(const Target& asked, const Unconnected& how) {
    constexpr std::string_view kScheme = "http://";
    if (!nobody_answers(how) || !asked.url.starts_with(kScheme) || !asked.origin.ends_with(":80"))
        return std::nullopt;
    std::string url = "https://" + asked.url.substr(kScheme.size());
    // A port that is written out, which libcurl keeps.
    const auto end = url.find('/', std::string_view("https://").size());
    const std::string authority = url.substr(0, end);
    if (authority.ends_with(":80")) url.erase(authority.size() - 3, 3);
    tl::expected<Target, Failure> target = target_of(url);
    if (!target) return std::nullopt;
    return *std::move(target);
}

}  // namespace feedd
