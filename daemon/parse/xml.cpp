#include "parse/xml.h"

#include <string>

#include "parse/repair.h"
#include "parse/wellformed.h"

namespace feedd {

namespace {

// White space separates words in XHTML. In most feeds it only indents the elements, and would be
// half of all nodes: where that is not so the document is read again.
Scan read_strictly(std::string_view text, int max_depth, pugi::xml_document& document,
                   ItemTaker* items) {
    StrictTree tree(document, StrictTree::Spaces::dropped);
    Scan scan = scan_xml(text, max_depth, tree, items);
    if (scan.spaced) {
        document.reset();
        if (items != nullptr) items->forget();
        StrictTree spaced_tree(document, StrictTree::Spaces::kept);
        scan = scan_xml(text, max_depth, spaced_tree, items);
    }
    return scan;
}

}  // namespace

Result<XmlTree> load_xml(std::string_view text, const ParseLimits& limits, ItemTaker* items) {
    if (text.size() > limits.max_bytes) {
        return fail(ErrorKind::refused, "", "the document is too large",
                    "more than " + std::to_string(limits.max_bytes) + " bytes");
    }
    XmlTree tree;
    const Scan scan = read_strictly(text, limits.max_depth, tree.document, items);
    tree.recovered = !scan.well_formed;
    if (!scan.well_formed || !scan.plain) {
        tree.document.reset();
        if (items != nullptr) items->forget();
        tree.cut_short = !repair_xml(text, scan.well_formed, limits.max_depth, tree.document);
    }
    if (!tree.document.document_element()) {
        return fail(ErrorKind::not_feed, "", "there is no XML element in it");
    }
    return tree;
}

}  // namespace feedd
