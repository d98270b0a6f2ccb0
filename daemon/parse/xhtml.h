// Markup inside an XML tree → HTML text.
#pragma once

#include <string>

#include "parse/element.h"

namespace feedd {

// What is inside `element`, as HTML: prefixes of XHTML, SVG and MathML dropped, void elements
// without end tag, relative URLs below an inner xml:base resolved. A single <div> around it all is
// no part of it (RFC 4287 §3.1.1.3); `within` becomes what is in force inside. Elements that only
// an item can have go to Reading::strays instead.
[[nodiscard]] std::string inner_html(const Element& element, const Scope*& within);

}  // namespace feedd
