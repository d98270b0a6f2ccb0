// Microsoft's Channel Definition Format (1997).
#pragma once

#include "parse/draft.h"
#include "parse/element.h"

namespace feedd {

// HREF and LASTMOD of a CHANNEL or ITEM itself.
void read_cdf_attributes(const Element& element, Draft& draft);

}  // namespace feedd
