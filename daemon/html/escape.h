// Text and attribute values as HTML writes them.
#pragma once

#include <string>
#include <string_view>

namespace feedd {

// Appends `text` with & < > (and in attributes ") escaped. Line ends become \n (WHATWG Infra,
// "normalize newlines"); control characters and noncharacters, which no document means, are left
// out.
void append_escaped_text(std::string& out, std::string_view text);
void append_escaped_attribute(std::string& out, std::string_view value);

}  // namespace feedd
