#include "schedule/host_slots.h"

#include <algorithm>

namespace feedd {

bool HostSlots::enter(const std::string& host, FeedId feed) {
    Host& at = hosts_[host];
    if (at.busy < per_host_) {
        ++at.busy;
        return true;
    }
    if (std::find(at.queue.begin(), at.queue.end(), feed) == at.queue.end()) {
        at.queue.push_back(feed);
        ++waiting_;
    }
    return false;
}

std::optional<FeedId> HostSlots::leave(const std::string& host) {
    const auto found = hosts_.find(host);
    if (found == hosts_.end()) return std::nullopt;
    Host& at = found->second;
    --at.busy;
    if (at.busy < per_host_ && !at.queue.empty()) {
        const FeedId next = at.queue.front();
        at.queue.pop_front();
        --waiting_;
        ++at.busy;
        return next;
    }
    // The last to leave finds nobody waiting, the limit being at least 1.
    if (at.busy == 0) hosts_.erase(found);
    return std::nullopt;
}

void HostSlots::forget(const std::string& host, FeedId feed) {
    const auto found = hosts_.find(host);
    if (found == hosts_.end()) return;
    waiting_ -= std::erase(found->second.queue, feed);
}

}  // namespace feedd
