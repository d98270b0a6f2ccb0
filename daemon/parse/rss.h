// RSS 0.90–2.0 and RSS 1.0 in RDF: what their own elements mean. The handlers are reached through
// the dispatch table; the rest of the room needs only these.
#pragma once

#include "parse/draft.h"
#include "parse/element.h"

namespace feedd {

// <image>, in the channel, beside it (RSS 1.0) or in an item.
void read_rss_image(const Element& element, Draft& draft);

}  // namespace feedd
