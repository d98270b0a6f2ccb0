#pragma once

#include <string_view>

#include "base/result.h"
#include "model/document.h"
#include "parse/parse.h"

namespace feedd {

// JSON Feed 1.0 and 1.1 (jsonfeed.org). `text` is valid UTF-8. Fields of a wrong type are left out
// or read where the intent is plain, and never cost the item. Does not set `encoding`.
[[nodiscard]] Result<Document> parse_json_feed(std::string_view text, const ParseHints& hints,
                                               const ParseLimits& limits);

}  // namespace feedd
