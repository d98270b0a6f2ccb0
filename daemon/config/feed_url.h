// The address of a feed, as the list writes it → as it is polled.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "config/environment.h"
#include "model/secret.h"

namespace feedd {

struct FeedAddress {
    std::string url;                      // FeedSpec::url
    std::optional<Secret> authorization;  // value of the header, from "user:password@" in the URL
    bool filled_in = false;               // FeedSpec::secret_url
};

// ${NAME} filled in; http, https or file: with an absolute path. "file:docs/feed.atom" is seen
// from `directory`, that of the list. User name and password leave the URL for a Basic
// Authorization (RFC 7617), so that neither log nor store ever sees them. Errors quote the URL
// as written, without its credentials.
[[nodiscard]] Result<FeedAddress> read_feed_url(std::string_view written,
                                                const std::string& directory,
                                                const Environment& environment);

// Equal for two URLs that ask the same server for the same thing: case of scheme and host,
// default port, empty path and fragment do not count.
[[nodiscard]] std::string url_key(std::string_view url);

}  // namespace feedd
