// Query parameters that say where a reader came from: daemon/normalize/tracking_parameters.txt.
#pragma once

#include <string_view>

namespace feedd {

// The file, as it was when the program was built.
extern const char* const kTrackingParametersFile;

// Whether `pair` ("name=value" or "name") is one, at `host` (in small letters). Thread-safe.
[[nodiscard]] bool is_tracking(std::string_view pair, std::string_view host);

// `host` is `site` or below it; "" is the site of all.
[[nodiscard]] bool is_on_site(std::string_view host, std::string_view site) noexcept;

}  // namespace feedd
