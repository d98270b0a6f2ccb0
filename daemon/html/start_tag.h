// A start tag of the source, rewritten as safe HTML has it.
#pragma once

#include <string>
#include <string_view>

#include "html/elements.h"

namespace feedd {

// Appends the tag with its safe attributes, URLs resolved against `base`. False: nothing was
// appended, since the element would mean nothing (an image without a safe address, an anchor that
// is no link), or since it is an image that nobody sees: a tracking pixel.
bool append_start_tag(std::string& out, Tag tag, std::string_view attributes,
                      std::string_view base);

// The address in `src` or `data-src`, references resolved; "" if there is none.
[[nodiscard]] std::string source_of(std::string_view attributes);

// The value of `wanted`, references resolved; "" if there is none.
[[nodiscard]] std::string attribute_value(std::string_view attributes, Attribute wanted);

}  // namespace feedd
