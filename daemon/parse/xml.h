// Decoded text → XML tree: at once where the document is well-formed, by the repair path where not.
#pragma once

#include <string_view>

#include <pugixml.hpp>

#include "base/result.h"
#include "parse/parse.h"
#include "parse/strict_tree.h"

namespace feedd {

// Element and attribute names as written (prefix:local, xmlns attributes kept); text and attribute
// values are decoded: predefined, HTML's and harmless internal entities resolved once. CDATA and
// text are separate nodes, in order. Never deeper than ParseLimits::max_depth.
struct XmlTree {
    pugi::xml_document document;
    bool recovered = false;  // it was not well-formed
    bool cut_short = false;  // it ends before its root element does (parse copies it to Document)
};

// `text` is valid UTF-8 without a BOM and without carriage returns. Error not_feed: there is no
// element in it; refused: over the budget. Linear in time for whatever input.
// `items`, if there is one, gets the items of what is in order: they are missing in the tree.
[[nodiscard]] Result<XmlTree> load_xml(std::string_view text, const ParseLimits& limits,
                                       ItemTaker* items = nullptr);

}  // namespace feedd
