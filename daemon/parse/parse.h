// Bytes → Document. Pure: nothing is fetched, no entity is read from elsewhere.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.h"
#include "model/document.h"

namespace feedd {

// What is known of the bytes from outside.
struct ParseHints {
    std::string base;              // URL the document came from, "" unknown
    std::string content_type;      // HTTP header, "" unknown
    std::string content_language;  // HTTP header, "" unknown
};

// The budget before any parser. Each limit is far beyond what honest feeds do.
struct ParseLimits {
    std::size_t max_bytes = std::size_t{64} << 20U;  // of the document, decoded from its coding
    std::size_t max_items = 10'000;                  // the rest is left out (Document::truncated)
    int max_depth = 256;  // elements deeper than this are flattened or dropped, never recursed into
};

// Error not_feed (what = what it is instead, if that can be told) or refused (over the budget).
[[nodiscard]] Result<Document> parse(std::string_view bytes, const ParseHints& hints,
                                     const ParseLimits& limits = {});

}  // namespace feedd
