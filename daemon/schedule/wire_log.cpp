#include "schedule/wire_log.h"

#include <algorithm>

namespace feedd {

namespace {

// A spacing that is longer than this tells nothing of our manners.
constexpr std::chrono::hours kLongestSpacing{24};
constexpr std::size_t kFew = 4096;

}  // namespace

HostVisit WireLog::sent(const std::string& host, const std::string& url, SteadyTime now, Time at) {
    sweep(now);
    HostVisit visit{.host = host, .at = at, .breach = forbidden(host, now) || forbidden(url, now)};
    const auto [before, first] = last_sent_.try_emplace(host, now);
    if (!first) {
        visit.spacing = std::chrono::duration_cast<std::chrono::milliseconds>(now - before->second);
        before->second = now;
    }
    return visit;
}

void WireLog::forbid(const std::string& host_or_url, SteadyTime until, SteadyTime now) {
    sweep(now);
    SteadyTime& end = forbidden_until_[host_or_url];
    end = std::max(end, until);
}

bool WireLog::forbidden(const std::string& host_or_url, SteadyTime now) const {
    const auto found = forbidden_until_.find(host_or_url);
    return found != forbidden_until_.end() && now < found->second;
}

// Bounds what redirects and dead URLs leave behind: looked through when it has doubled.
void WireLog::sweep(SteadyTime now) {
    if (last_sent_.size() + forbidden_until_.size() < sweep_at_) return;
    std::erase_if(last_sent_,
                  [&](const auto& each) { return each.second + kLongestSpacing < now; });
    std::erase_if(forbidden_until_, [&](const auto& each) { return each.second <= now; });
    sweep_at_ = std::max(kFew, 2 * (last_sent_.size() + forbidden_until_.size()));
}

}  // namespace feedd
