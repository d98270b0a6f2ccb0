// Is it well-formed XML? A scan of the whole text, strict where pugixml is lenient.
#pragma once

#include <string_view>

#include "parse/doctype.h"
#include "parse/strict_tree.h"

namespace feedd {

struct Scan {
    // XML 1.0 (fifth edition) and Namespaces in XML 1.0; no validity.
    bool well_formed = false;
    // There is nothing in it of which more can be made than XML does: no entities of its own, no
    // windows-1252 numbers, no nesting too deep, no item within an item.
    bool plain = true;
    // White space alone stands between parts of a text ("<b>a</b> <i>b</i>"), not only between
    // elements of the feed's frame and at the ends of texts, where nobody misses it; but the tree
    // does not keep it. The scan has gone no further.
    bool spaced = false;
    Doctype doctype;
};

// `text` is valid UTF-8 without carriage returns. Stops at the first fault (`doctype` is then what
// was read before it). `tree` is of use if the document is well-formed and plain.
// `items` may be null, and then all items stay in the tree.
[[nodiscard]] Scan scan_xml(std::string_view text, int max_depth, StrictTree& tree,
                            ItemTaker* items = nullptr);

}  // namespace feedd
