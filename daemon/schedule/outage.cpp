#include "schedule/outage.h"

#include <algorithm>
#include <utility>

namespace feedd {

namespace {

// More need not be remembered to be sure.
constexpr std::size_t kMostRemembered = 64;

}  // namespace

Reach reach_of(const Response& response) {
    for (const Hop& hop : response.hops) {
        if (hop.status != 0) return Reach::reached;
    }
    if (!response.hops.empty()) return Reach::unknown;
    switch (response.error) {
        case PollError::dns:
        case PollError::connect:
        case PollError::tls:
        case PollError::timeout:
            return Reach::unreached;
        default:
            return Reach::unknown;
    }
}

bool OutageDetector::unreached(const std::string& host, bool has_route, SteadyTime now) {
    std::erase_if(silent_, [&](const auto& each) { return each.second + kWindow < now; });
    if (silent_.size() < kMostRemembered || silent_.contains(host)) silent_[host] = now;
    if (since_) return false;
    const std::size_t enough = std::clamp(expected_, kFewestForProof, kHostsForProof);
    if (has_route && silent_.size() < enough) return false;
    since_ = now;
    return true;
}

bool OutageDetector::reached() {
    silent_.clear();
    return std::exchange(since_, std::nullopt).has_value();
}

}  // namespace feedd
