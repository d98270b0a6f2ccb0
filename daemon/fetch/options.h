// What libcurl is told of a hop, but for its headers and callbacks.
#pragma once

#include <chrono>

#include <curl/curl.h>

#include "fetch/target.h"
#include "model/access.h"

namespace feedd {

struct HopOptions {
    const Target& target;  // with the user name and password that go there
    const Access& access;  // what of it goes there
    std::chrono::milliseconds left;
    std::chrono::seconds stall;  // without bytes worth mentioning
};

// On a handle that was reset. The first refusal of libcurl, else CURLE_OK.
[[nodiscard]] CURLcode set_options(CURL* easy, const HopOptions& hop);

}  // namespace feedd
