// What the poller asks the machine that it runs on, beside clock, network and disk.
#pragma once

#include <functional>

#include <sys/socket.h>

namespace feedd {

// Whether a host is out on the Internet or one of our own, by its address.
[[nodiscard]] bool is_public_address(const sockaddr& address);

// Whether the machine has a route to anywhere: asks the kernel's routing tables, sends nothing.
[[nodiscard]] bool has_route();

// Replaced in tests, whose servers are all on loopback and whose network never fails.
struct Surroundings {
    std::function<bool(const sockaddr&)> is_public = is_public_address;
    std::function<bool()> has_route = feedd::has_route;
};

}  // namespace feedd
