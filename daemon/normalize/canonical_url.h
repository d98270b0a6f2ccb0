#pragma once

#include <string>
#include <string_view>

namespace feedd {

// The form in which two links to one document are equal: scheme and host in lower case and
// punycode, default port, credentials, fragment, tracking parameters, session ids, AMP and mobile
// variants and trailing variants removed, percent-encoding normalised (RFC 3986 §6), the remaining
// parameters in their order. "" for what is no http(s) URL. Idempotent.
[[nodiscard]] std::string canonical_url(std::string_view url);

}  // namespace feedd
