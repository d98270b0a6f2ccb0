// What a document is that is no feed, in words for people.
#pragma once

#include <string>
#include <string_view>

#include <pugixml.hpp>

namespace feedd {

// "a PDF file", "gzip data": what the first bytes tell at once; "" if they could be text.
[[nodiscard]] std::string_view binary_kind(std::string_view bytes) noexcept;

// Text without an XML element: "plain text", "an empty document", …
[[nodiscard]] std::string describe_text(std::string_view text);

// "an HTML page ('Just a moment...')", "an OPML list of feeds", "an XML document <error>".
[[nodiscard]] std::string describe_tree(const pugi::xml_document& tree);

}  // namespace feedd
