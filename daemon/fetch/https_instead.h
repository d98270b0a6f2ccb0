// Servers that have closed port 80 and left no redirect behind: their feeds are asked by https.
#pragma once

#include <optional>

#include <curl/curl.h>

#include "fetch/classify.h"
#include "fetch/target.h"

namespace feedd {

// How a hop ended without a connection.
struct Unconnected {
    CURLcode code = CURLE_OK;
    Phase phase = Phase::resolving;
    int system_error = 0;  // errno of the last attempt to connect
};

// The same URL by https where `asked` is http at its default port and nobody answers there; pure.
// A name that cannot be resolved, or our own lack of a network, says nothing about the port.
[[nodiscard]] std::optional<Target> https_instead(const Target& asked, const Unconnected& how);

}  // namespace feedd
