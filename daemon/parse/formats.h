// The XML formats, one function each; `parse` tells them apart and calls them.
#pragma once

#include <memory>
#include <optional>

#include <pugixml.hpp>

#include "model/document.h"
#include "parse/parse.h"
#include "parse/strict_tree.h"

namespace feedd {

// RSS 0.90–2.0, RDF, Atom 0.3 and 1.0, CDF: the document in the tree, by its root element; nullopt
// if it is none of these (OPML, a service document, HTML…). Does not set `encoding` and
// `recovered`. `remains`: it was a feed, of which the root is lost (find_remains).
[[nodiscard]] std::optional<Document> parse_xml_feed(const pugi::xml_document& tree,
                                                     const ParseHints& hints,
                                                     const ParseLimits& limits,
                                                     bool remains = false);

class FeedReader;

// The same of a document that is still being read: its items are read as they end, while their
// trees are at hand, and only what is between them waits for the end.
class FeedStream final : public ItemTaker {
  public:
    // Both must outlive it.
    FeedStream(const ParseHints& hints, const ParseLimits& limits);
    ~FeedStream() override;

    bool take(pugi::xml_node item, double read) override;
    void forget() override;

    // Once `tree` is complete but for the items that were taken; nullopt as parse_xml_feed.
    [[nodiscard]] std::optional<Document> document(const pugi::xml_document& tree);

  private:
    // The element that holds the items, in a reader of its own; false: it is none of a feed.
    bool enter(pugi::xml_node frame);

    const ParseHints& hints_;
    const ParseLimits& limits_;
    std::unique_ptr<FeedReader> reader_;
    pugi::xml_node frame_;
    bool refuses_ = false;
};

}  // namespace feedd
