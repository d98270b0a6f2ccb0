// Which element of a document is the feed, and of which format.
#pragma once

#include <optional>

#include <pugixml.hpp>

#include "model/document.h"

namespace feedd {

struct FeedRoot {
    pugi::xml_node node;
    Format format = Format::rss;
};

// The root, or a feed that was wrapped in something else. nullopt: there is none, or the document
// is of a kind that may only mention feeds (HTML, OPML, KML, a service document, a style sheet…).
[[nodiscard]] std::optional<FeedRoot> find_feed_root(const pugi::xml_document& tree);

}  // namespace feedd
