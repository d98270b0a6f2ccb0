#pragma once

#include <cstdint>
#include <string>

#include "base/time.h"
#include "model/feed.h"

namespace feedd {

// All that a fetch needs, owned by the request.
struct Request {
    FeedId feed = 0;
    std::string url;
    std::string user_agent;
    Validators validators;  // none: an unconditional request
    Access access;          // its credentials: to the origin of `url` only
    Seconds timeout{30};    // for the whole, redirects and body included
    Seconds stall{60};      // for so long nothing worth mentioning may come
    std::uint64_t max_body = std::uint64_t{16} << 20U;
};

}  // namespace feedd
