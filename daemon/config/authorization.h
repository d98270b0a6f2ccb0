// 'auth:' of a feed: a user name and a password, or a token.
#pragma once

#include <optional>
#include <string_view>

#include "config/diagnostic.h"
#include "config/environment.h"
#include "config/yaml.h"
#include "model/secret.h"

namespace feedd {

// The value of an Authorization header (RFC 7617).
[[nodiscard]] Secret basic_authorization(std::string_view user, std::string_view password);

// The value of an Authorization header: Basic for 'user' and 'password', Bearer (RFC 6750) for
// 'token'. nullopt: it is wrong, and that is reported, without any of the values.
[[nodiscard]] std::optional<Secret> read_authorization(YamlNode auth,
                                                       const Environment& environment,
                                                       Diagnostics& out);

}  // namespace feedd
