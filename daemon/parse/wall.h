// Walls against programs, which answer in the place of a feed.
#pragma once

#include <string_view>

namespace feedd {

// "a bot wall of Cloudflare", by how the titles of such pages begin; "" none that is known.
[[nodiscard]] std::string_view wall_titled(std::string_view title) noexcept;

// Likewise, of a page that came with an error status: by what only walls have in their pages, else
// by its title. `html` may be any bytes.
[[nodiscard]] std::string_view wall_in(std::string_view html);

}  // namespace feedd
