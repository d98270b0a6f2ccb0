// Addresses as text and back.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <sys/socket.h>

namespace feedd {

// "192.0.2.1", "2001:db8::1" or "[2001:db8::1]"; nullopt for a name.
[[nodiscard]] std::optional<sockaddr_storage> numeric_address(std::string_view host);

// The inverse; "" for what is no Internet address.
[[nodiscard]] std::string address_text(const sockaddr& address);

}  // namespace feedd
