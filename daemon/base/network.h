// IP networks such as 10.0.0.0/8 and fd00::/8.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <netinet/in.h>

namespace feedd {

struct Network {
    in6_addr prefix{};  // IPv4 as ::ffff:a.b.c.d
    int bits = 128;     // of the 128
};

// "10.0.0.0/8", "fd00::/8", or an address alone. Host bits that are set are an error: nullopt.
[[nodiscard]] std::optional<Network> parse_network(std::string_view text);

[[nodiscard]] bool contains(const Network& network, const in6_addr& address) noexcept;

}  // namespace feedd
