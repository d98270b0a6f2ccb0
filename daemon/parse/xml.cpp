#include "parse/xml.h"

#include <string>

#include "parse/repair.h"
#include "parse/wellformed.h"

namespace feedd {

namespace {

// Text and CDATA as they are. Comments, instructions and declarations are not wanted. There is no
// carriage return left to convert, but pugixml reads CDATA half as fast if it is not told to.
constexpr unsigned kPugiOptions =
    pugi::parse_cdata | pugi::parse_escapes | pugi::parse_eol | pugi::parse_wconv_attribute;

// `spaced`: white space separates words in XHTML. In most feeds it only indents the elements, and
// would be half of all nodes.
bool load_plain(std::string_view text, bool spaced, pugi::xml_document& document) {
    const unsigned options = spaced ? kPugiOptions | pugi::parse_ws_pcdata : kPugiOptions;
    return static_cast<bool>(
        document.load_buffer(text.data(), text.size(), options, pugi::encoding_utf8));
}

}  // namespace

Result<XmlTree> load_xml(std::string_view text, const ParseLimits& limits) {
    if (text.size() > limits.max_bytes) {
        return fail(ErrorKind::refused, "", "the document is too large",
                    "more than " + std::to_string(limits.max_bytes) + " bytes");
    }
    const Scan scan = scan_xml(text, limits.max_depth);
    XmlTree tree;
    tree.recovered = !scan.well_formed;
    const bool loaded =
        scan.well_formed && scan.plain && load_plain(text, scan.spaced, tree.document);
    if (!loaded) {
        tree.document.reset();
        tree.cut_short = !repair_xml(text, scan.well_formed, limits.max_depth, tree.document);
    }
    if (!tree.document.document_element()) {
        return fail(ErrorKind::not_feed, "", "there is no XML element in it");
    }
    return tree;
}

}  // namespace feedd
