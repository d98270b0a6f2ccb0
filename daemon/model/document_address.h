#pragma once

#include <string_view>

#include "model/document.h"

namespace feedd {

// Where the document is that an item stands for: the article behind a proxy's link, or the address
// that it names as canonical (RFC 6596), else its link. "" none.
[[nodiscard]] std::string_view document_address(const Item& item) noexcept;

}  // namespace feedd
