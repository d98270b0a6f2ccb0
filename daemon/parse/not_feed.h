// What a document is that is no feed, in words for people.
#pragma once

#include <string>
#include <string_view>

#include <pugixml.hpp>

#include "parse/discover.h"

namespace feedd {

// "a PDF file", "gzip data": what the first bytes tell at once; "" if they could be text.
[[nodiscard]] std::string_view binary_kind(std::string_view bytes) noexcept;

// Text without an XML element: "plain text", "an empty document", …
[[nodiscard]] std::string describe_text(std::string_view text);

// "an OPML list of feeds", "an XML document <error>".
[[nodiscard]] std::string describe_tree(const pugi::xml_document& tree);

// Whether it is, or is a piece of, HTML.
[[nodiscard]] bool is_html(const pugi::xml_document& tree);

// Of an HTML page what it is, "an HTML page ('Blog')", "an HTML page ('Just a moment...'), a bot
// wall of Cloudflare", and what to do: "it links to the feed https://…". Each is one line without
// control characters; together they have at most 400 bytes.
struct PageWords {
    std::string what;
    std::string hint;
};
[[nodiscard]] PageWords describe_page(const HtmlPage& page);

}  // namespace feedd
