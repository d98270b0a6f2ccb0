// What whoever minds the hosts wants to know of fetches, and has a say in.
#pragma once

#include <functional>
#include <string>

#include <sys/socket.h>

#include "model/feed.h"

namespace feedd {

// On the loop's thread. What is not set is not asked.
struct Traffic {
    // A redirect leads to `url`. True: it is followed at once; false: when resume() is called.
    // Must not call the Fetcher.
    std::function<bool(FeedId feed, const std::string& url)> turn;
    // A request goes out at this moment. `remote`: the address of the host; null: it is not known,
    // a proxy stands between. Must not call the Fetcher, nor throw.
    std::function<void(FeedId feed, const std::string& url, const sockaddr* remote)> sent;
};

}  // namespace feedd
