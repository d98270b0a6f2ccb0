// Addresses as feeds write them.
#pragma once

#include <string>
#include <string_view>

namespace feedd {

// What is written, seen from `base`: without the no-break spaces of an editor around it, and with
// the ampersands that were escaped once too often. "" stays "", and so does what leads nowhere but
// runs code where it is clicked: javascript:, and data: that is no picture.
[[nodiscard]] std::string address_from(std::string_view base, std::string_view written);

}  // namespace feedd
