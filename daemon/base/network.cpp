#include "base/network.h"

#include <charconv>
#include <cstring>

#include <arpa/inet.h>

namespace feedd {

bool contains(const Network& network, const in6_addr& address) noexcept {
    const auto whole = static_cast<std::size_t>(network.bits / 8);
    if (std::memcmp(network.prefix.s6_addr, address.s6_addr, whole) != 0) return false;
    const int rest = network.bits % 8;
    if (rest == 0) return true;
    const unsigned mask = 0xFF00U >> static_cast<unsigned>(rest) & 0xFFU;
    return (network.prefix.s6_addr[whole] & mask) == (address.s6_addr[whole] & mask);
}

std::optional<Network> parse_network(std::string_view text) {
    const auto slash = text.find('/');
    const std::string address(text.substr(0, slash));
    Network network;
    in_addr v4{};
    int offset = 0;
    if (inet_pton(AF_INET, address.c_str(), &v4) == 1) {
        offset = 96;  // ::ffff:0:0/96
        network.prefix.s6_addr[10] = 0xFF;
        network.prefix.s6_addr[11] = 0xFF;
        std::memcpy(network.prefix.s6_addr + 12, &v4, sizeof v4);
    } else if (inet_pton(AF_INET6, address.c_str(), &network.prefix) != 1) {
        return std::nullopt;
    }
    if (slash != std::string_view::npos) {
        const std::string_view digits = text.substr(slash + 1);
        int bits = -1;
        const auto [end, error] =
            std::from_chars(digits.data(), digits.data() + digits.size(), bits);
        if (error != std::errc{} || end != digits.data() + digits.size() || bits < 0 ||
            bits + offset > 128) {
            return std::nullopt;
        }
        network.bits = bits + offset;
    }
    for (int bit = network.bits; bit < 128; ++bit) {
        const auto byte = static_cast<std::size_t>(bit / 8);
        if ((network.prefix.s6_addr[byte] & 0x80U >> static_cast<unsigned>(bit % 8)) != 0) {
            return std::nullopt;
        }
    }
    return network;
}

}  // namespace feedd
