#include "fetch/address_guard.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <initializer_list>
#include <optional>
#include <string_view>

#include <arpa/inet.h>
#include <netinet/in.h>

namespace feedd {

namespace {

std::vector<Network> networks(std::initializer_list<std::string_view> texts) {
    std::vector<Network> out;
    for (const std::string_view text : texts) {
        if (const auto network = parse_network(text)) out.push_back(*network);
    }
    return out;
}

// IANA IPv4 Special-Purpose Address Registry, whatever is not 'globally reachable', and multicast.
const std::vector<Network>& special_v4() {
    static const std::vector<Network> kTable = networks({
        "0.0.0.0/8",        // this network (RFC 791); Linux connects 0.0.0.0 to itself
        "10.0.0.0/8",       // private (RFC 1918)
        "100.64.0.0/10",    // carrier-grade NAT (RFC 6598)
        "127.0.0.0/8",      // loopback
        "169.254.0.0/16",   // link-local (RFC 3927), where clouds keep their metadata services
        "172.16.0.0/12",    // private
        "192.0.0.0/24",     // IETF protocol assignments (RFC 6890)
        "192.0.2.0/24",     // documentation (RFC 5737)
        "192.88.99.0/24",   // 6to4 relays (RFC 7526)
        "192.168.0.0/16",   // private
        "198.18.0.0/15",    // benchmarking (RFC 2544)
        "198.51.100.0/24",  // documentation
        "203.0.113.0/24",   // documentation
        "224.0.0.0/4",      // multicast (RFC 5771)
        "240.0.0.0/4",      // reserved, and limited broadcast (RFC 1112, RFC 919)
    });
    return kTable;
}

// Of 2000::/3, the only block that IANA allocates global unicast addresses from. All the rest (::1,
// fc00::/7, fe80::/10, ff00::/8, 5f00::/16 …) is refused by lying outside of it.
const std::vector<Network>& special_v6() {
    static const std::vector<Network> kTable = networks({
        "2001::/23",      // IETF protocol assignments: Teredo, ORCHID, benchmarking … (RFC 2928)
        "2001:db8::/32",  // documentation (RFC 3849)
        "2002::/16",      // 6to4: an IPv4 address in disguise, long dead (RFC 7526)
        "3fff::/20",      // documentation (RFC 9637)
    });
    return kTable;
}

bool in_any(const std::vector<Network>& table, const in6_addr& address) noexcept {
    return std::any_of(table.begin(), table.end(),
                       [&](const Network& network) { return contains(network, address); });
}

in6_addr mapped(const void* four_bytes) noexcept {
    in6_addr out{};
    out.s6_addr[10] = 0xFF;
    out.s6_addr[11] = 0xFF;
    std::memcpy(out.s6_addr + 12, four_bytes, 4);
    return out;
}

// 64:ff9b::/96, the well-known prefix of NAT64 (RFC 6052): the IPv4 address in it decides.
bool is_nat64(const in6_addr& address) noexcept {
    static constexpr std::array<unsigned char, 12> kPrefix{0x00, 0x64, 0xFF, 0x9B};
    return std::memcmp(address.s6_addr, kPrefix.data(), kPrefix.size()) == 0;
}

// IPv4 as ::ffff:a.b.c.d, also when it comes translated.
std::optional<in6_addr> canonical(const sockaddr& address) noexcept {
    if (address.sa_family == AF_INET) {
        sockaddr_in v4{};
        std::memcpy(&v4, &address, sizeof v4);
        return mapped(&v4.sin_addr);
    }
    if (address.sa_family == AF_INET6) {
        sockaddr_in6 v6{};
        std::memcpy(&v6, &address, sizeof v6);
        if (is_nat64(v6.sin6_addr)) return mapped(v6.sin6_addr.s6_addr + 12);
        return v6.sin6_addr;
    }
    return std::nullopt;
}

bool is_global(const in6_addr& address) noexcept {
    if (IN6_IS_ADDR_V4MAPPED(&address)) return !in_any(special_v4(), address);
    const bool global_unicast = (address.s6_addr[0] & 0xE0U) == 0x20U;
    return global_unicast && !in_any(special_v6(), address);
}

}  // namespace

AddressGuard::AddressGuard(const PrivateAddresses& allowed)
    : all_(allowed.all), allowed_(allowed.networks) {}

bool AddressGuard::allows(const sockaddr& address) const noexcept {
    const std::optional<in6_addr> canonical_address = canonical(address);
    if (!canonical_address) return false;  // no Internet address at all
    return all_ || is_global(*canonical_address) || in_any(allowed_, *canonical_address);
}

std::string refusal_of(const std::string& address) {
    return address + " is a private address (see fetch.allow_private_addresses)";
}

}  // namespace feedd
