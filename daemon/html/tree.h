// The HTML5 tree builder (libgumbo): it puts misnested tags in the order that browsers see.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace feedd {

// `html` is output of the filter: kept elements only, values escaped. Returned is what a browser's
// tree of it looks like when it is written out, every element closed. nullopt: building the tree
// would take more memory than so much text may cost.
//
// The cost grows with the depth of what is open at each tag, which the caller bounds.
[[nodiscard]] std::optional<std::string> rebuilt_html(std::string_view html);

}  // namespace feedd
