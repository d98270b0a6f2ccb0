// The XML formats, one function each; `parse` tells them apart and calls them.
#pragma once

#include <optional>

#include <pugixml.hpp>

#include "model/document.h"
#include "parse/parse.h"

namespace feedd {

// RSS 0.90–2.0, RDF, Atom 0.3 and 1.0, CDF: the document in the tree, by its root element; nullopt
// if it is none of these (OPML, a service document, HTML…). Does not set `encoding` and
// `recovered`. `remains`: it was a feed, of which the root is lost (find_remains).
[[nodiscard]] std::optional<Document> parse_xml_feed(const pugi::xml_document& tree,
                                                     const ParseHints& hints,
                                                     const ParseLimits& limits,
                                                     bool remains = false);

}  // namespace feedd
