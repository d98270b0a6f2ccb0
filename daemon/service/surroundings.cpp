#include "service/surroundings.h"

#include <array>
#include <cerrno>
#include <cstring>

#include <netinet/in.h>
#include <unistd.h>

#include "fetch/address.h"
#include "fetch/address_guard.h"

namespace feedd {

namespace {

// One address of documentation in each family (RFC 5737, RFC 3849): what is routed there goes the
// default way.
constexpr std::array kElsewhere{"192.0.2.1", "2001:db8::1"};
constexpr in_port_t kDiscard = 9;  // RFC 863; nothing is sent to it

bool routes_to(const char* text) {
    auto address = numeric_address(text);
    if (!address) return false;
    socklen_t length = 0;
    if (address->ss_family == AF_INET) {
        reinterpret_cast<sockaddr_in&>(*address).sin_port = htons(kDiscard);
        length = sizeof(sockaddr_in);
    } else {
        reinterpret_cast<sockaddr_in6&>(*address).sin6_port = htons(kDiscard);
        length = sizeof(sockaddr_in6);
    }
    // Connecting a datagram socket looks the route up and sends no packet (udp(7), connect(2)).
    const int fd = ::socket(address->ss_family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd < 0) return errno != EAFNOSUPPORT;  // our own shortage proves nothing
    const bool routed = ::connect(fd, reinterpret_cast<const sockaddr*>(&*address), length) == 0 ||
                        (errno != ENETUNREACH && errno != EHOSTUNREACH && errno != EADDRNOTAVAIL);
    ::close(fd);
    return routed;
}

}  // namespace

bool is_public_address(const sockaddr& address) {
    static const AddressGuard kPublicOnly;
    return kPublicOnly.allows(address);
}

bool has_route() {
    for (const char* const address : kElsewhere) {
        if (routes_to(address)) return true;
    }
    return false;
}

}  // namespace feedd
