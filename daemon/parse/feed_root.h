// Which element of a document is the feed, and of which format.
#pragma once

#include <optional>
#include <vector>

#include <pugixml.hpp>

#include "model/document.h"

namespace feedd {

struct FeedRoot {
    pugi::xml_node node;
    Format format = Format::rss;
};

// The feed that this element is the root of, if it is RSS, RDF or Atom.
[[nodiscard]] std::optional<FeedRoot> as_feed(pugi::xml_node node);

// The root; several, where documents were written one after another; else a feed that was wrapped
// in something else; else whatever has items that can be nothing but a feed's, which may be the
// document itself if its root was cut off. Empty: there is none, or the document is of a kind that
// may only mention feeds (OPML, KML, a service document, a style sheet, HTML without items…).
[[nodiscard]] std::vector<FeedRoot> find_feed_roots(const pugi::xml_document& tree);

// Of a document that was a feed, as its end tags show, but whose root is lost: what its items stand
// in, even if they say next to nothing.
[[nodiscard]] std::vector<FeedRoot> find_remains(const pugi::xml_document& tree);

}  // namespace feedd
