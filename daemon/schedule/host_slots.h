// At most so many polls at a time to one host; feeds that must wait queue up behind it.
#pragma once

#include <algorithm>
#include <cstddef>
#include <deque>
#include <optional>
#include <string>
#include <unordered_map>

#include "model/feed.h"

namespace feedd {

// For one thread. A limit of 0 would let nobody through ever: it counts as 1.
class HostSlots {
  public:
    explicit HostSlots(std::size_t per_host) : per_host_(std::max<std::size_t>(per_host, 1)) {}

    // A lower limit takes no slot away; it holds from the next leave() on. So does a higher one for
    // the feeds that wait already.
    void per_host(std::size_t most) { per_host_ = std::max<std::size_t>(most, 1); }
    // True: the slot is the feed's until leave(). False: it waits, first come first served; asking
    // again while it waits changes nothing.
    [[nodiscard]] bool enter(const std::string& host, FeedId feed);
    // Gives a slot back; the feed that gets it, if one was waiting and may go now.
    [[nodiscard]] std::optional<FeedId> leave(const std::string& host);
    // Takes a waiting feed out (it left the list).
    void forget(const std::string& host, FeedId feed);
    [[nodiscard]] std::size_t waiting() const noexcept { return waiting_; }

  private:
    struct Host {
        std::size_t busy = 0;
        std::deque<FeedId> queue;
    };
    std::size_t per_host_;
    std::size_t waiting_ = 0;
    std::unordered_map<std::string, Host> hosts_;  // only hosts that are busy
};

}  // namespace feedd
