// Which requests meet at one server: the host that manners are owed to.
#pragma once

#include <string>
#include <string_view>

namespace feedd {

// The platform that `host` (lower case, punycode) is a site of, such as "tumblr.com" or
// "blogspot"; "" for a host of its own. A view into static storage.
[[nodiscard]] std::string_view platform_of(std::string_view host) noexcept;

// The platform or else the host of a web URL, whatever its port; "" for any other URL. Sites that a
// platform serves under domains of their own cannot be told by their names.
[[nodiscard]] std::string host_key(std::string_view url);

}  // namespace feedd
