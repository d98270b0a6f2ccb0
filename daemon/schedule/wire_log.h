// What is really sent to whom, request by request: the politeness ledger's source.
#pragma once

#include <cstddef>
#include <string>
#include <unordered_map>

#include "base/time.h"
#include "model/host.h"

namespace feedd {

// For one thread. It knows nothing of plans, lines and pauses: it compares what goes out with what
// servers asked for, so that a mistake in those shows up here.
class WireLog {
  public:
    // A request for `url` goes out to `host` at this moment: its visit, still without an answer.
    [[nodiscard]] HostVisit sent(const std::string& host, const std::string& url, SteadyTime now,
                                 Time at);
    // The host, or one URL, is not to be asked before `until`.
    void forbid(const std::string& host_or_url, SteadyTime until, SteadyTime now);

  private:
    [[nodiscard]] bool forbidden(const std::string& host_or_url, SteadyTime now) const;
    void sweep(SteadyTime now);

    std::unordered_map<std::string, SteadyTime> last_sent_;        // by host
    std::unordered_map<std::string, SteadyTime> forbidden_until_;  // by host or URL
    std::size_t sweep_at_ = 4096;
};

}  // namespace feedd
