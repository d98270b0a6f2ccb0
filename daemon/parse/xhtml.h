// Markup inside an XML tree → HTML text.
#pragma once

#include <optional>
#include <string>

#include "parse/element.h"

namespace feedd {

// What is inside `element`, as HTML: prefixes of XHTML, SVG and MathML dropped, void elements
// without end tag, relative URLs below an inner xml:base resolved. Elements that only an item can
// have go to Reading::strays instead.
[[nodiscard]] std::string inner_html(const Element& element);

// The <div> that is the only thing inside, white space aside.
[[nodiscard]] std::optional<Element> single_div(const Element& element);

}  // namespace feedd
