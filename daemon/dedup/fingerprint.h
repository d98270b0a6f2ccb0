// What texts that tell one story can be found by, whatever their languages.
#pragma once

#include <string_view>

#include "model/fingerprint.h"

namespace feedd {

// Pure. Of every passage of the text its hash; kept and asked are those with the smallest hashes,
// so that two texts choose the same of what they share. Empty for texts of less than a dozen words.
[[nodiscard]] Fingerprint fingerprint_of(std::string_view text);

}  // namespace feedd
