// Text and attribute values as HTML writes them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace feedd {

// Appends `text` with & < > (and in attributes ") escaped. Line ends become \n (WHATWG Infra,
// "normalize newlines"); control characters and noncharacters, which no document means, are left
// out. Text is kept apart from a tag before it.
void append_escaped_text(std::string& out, std::string_view text);
void append_escaped_attribute(std::string& out, std::string_view value);

// The text that `html` has from `start` on may begin with U+0338, the slash that strikes a
// character out: with the '>' of a tag before it, it would become one character, U+226F, for
// whoever normalises the page, and the tag would be none. Then it is written as a reference.
void keep_apart_from_tag(std::string& html, std::size_t start);

}  // namespace feedd
