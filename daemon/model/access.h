// How a feed is reached and as whom: what the list says of it beyond its URL.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/secret.h"

namespace feedd {

struct Proxy {
    std::string url;  // http, https or socks5h, with host and port, without credentials
    Secret user;      // "" none
    Secret password;
    bool operator==(const Proxy&) const = default;
};

struct Access {
    // Who we are. These go to the feed's own origin, never to where it redirects.
    std::vector<SecretHeader> headers;
    std::string client_certificate;  // PEM file, absolute path; "" none
    std::string client_key;          // PEM file, absolute path; may be the same one

    // The way there, at every hop.
    std::string ca_file;         // PEM file of authorities to trust besides the system's; "" none
    std::optional<Proxy> proxy;  // nullopt: straight
    bool operator==(const Access&) const = default;
};

// What another origin may see of it.
[[nodiscard]] inline Access anonymous(Access access) {
    access.headers.clear();
    access.client_certificate.clear();
    access.client_key.clear();
    return access;
}

}  // namespace feedd
