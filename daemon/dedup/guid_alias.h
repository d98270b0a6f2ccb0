// What stays of a guid when its site moves.
#pragma once

#include <string>
#include <string_view>

namespace feedd {

// Of a guid that is a web address, or a tag URI (RFC 4151), what it says on its site: without
// scheme, host, port, the date of a tag and slashes at the end. "" where nothing is left that could
// tell one item from another, and for every other guid: it has no host that could change.
[[nodiscard]] std::string guid_alias(std::string_view guid);

}  // namespace feedd
