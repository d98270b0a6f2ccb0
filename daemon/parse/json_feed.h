#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "model/document.h"
#include "parse/parse.h"

namespace feedd {

// JSON Feed 1.0 and 1.1 (jsonfeed.org). `text` is valid UTF-8. Fields of a wrong type are left out
// or read where the intent is plain, and never cost the item; the feed may be inside of an array or
// another object. Does not set `encoding`.
[[nodiscard]] Result<Document> parse_json_feed(std::string_view text, const ParseHints& hints,
                                               const ParseLimits& limits);

// The first string in a JSON document that is an XML feed, as proxies send it; nullopt: none is.
[[nodiscard]] std::optional<std::string> xml_in_json(std::string_view text,
                                                     const ParseLimits& limits);

}  // namespace feedd
