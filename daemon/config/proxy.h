// 'proxy:' of a feed.
#pragma once

#include <optional>
#include <string_view>

#include "base/result.h"
#include "config/environment.h"
#include "model/access.h"

namespace feedd {

// "socks5h://me:${PASSWORD}@proxy.example:1080", or "none". The port must be written: proxies have
// no common one. A socks5 becomes a socks5h: names are looked up by the proxy. Errors show no
// credentials.
[[nodiscard]] Result<std::optional<Proxy>> read_proxy(std::string_view written,
                                                      const Environment& environment);

}  // namespace feedd
