// Where a request goes: its URL as it is sent, and where a redirect leads.
#pragma once

#include <string>
#include <string_view>

#include <tl/expected.hpp>

#include "fetch/classify.h"

namespace feedd {

// RFC 9110 §15.4 advises to bound redirects; browsers stop at 20, feeds need 2 or 3.
inline constexpr int kMaxRedirects = 10;

struct Target {
    std::string url;       // percent-encoded, without user name, password and fragment
    std::string user;      // decoded; "" none
    std::string password;  // decoded
    std::string origin;
    std::string host;  // as base/url's host_of
};

// Refused when it is no http or https URL.
[[nodiscard]] tl::expected<Target, Failure> target_of(std::string_view url);

[[nodiscard]] bool is_success(int status) noexcept;
[[nodiscard]] bool is_redirect(int status) noexcept;
[[nodiscard]] bool is_permanent_redirect(int status) noexcept;

// The target of a Location seen from `from`. A user name in it is dropped: credentials come from
// the list, not from servers.
[[nodiscard]] tl::expected<Target, Failure> redirect_target(const Target& from,
                                                            const std::string* location);

}  // namespace feedd
