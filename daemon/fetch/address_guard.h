// Which addresses may be connected to. Asked after DNS resolution, so that no name can rebind.
#pragma once

#include <string>
#include <vector>

#include <sys/socket.h>

#include "base/network.h"
#include "model/config.h"

namespace feedd {

class AddressGuard {
  public:
    AddressGuard() = default;  // public addresses only
    explicit AddressGuard(const PrivateAddresses& allowed);

    // Refuses whatever is not a global unicast address (IANA special-purpose registries, RFC 6890):
    // loopback, private, link-local, metadata, multicast, mapped and translated forms of them.
    [[nodiscard]] bool allows(const sockaddr& address) const noexcept;

  private:
    bool all_ = false;
    std::vector<Network> allowed_;
};

// What the user is told of a refused address.
[[nodiscard]] std::string refusal_of(const std::string& address);

}  // namespace feedd
