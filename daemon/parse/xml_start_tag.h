// A start tag as people and broken programs write it.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "parse/xml_tokens.h"

namespace feedd {

struct XmlStartTag {
    XmlToken token;       // Kind::start; skipped if the text ends within the tag
    std::size_t end = 0;  // position after it
};

// The tag at `at`, where `text` has a '<'. Attributes may lack quotes, values and spaces between
// them, a quote may be missing, so may the '>'. nullopt: it reads as text ("a < b", "<me@home>").
[[nodiscard]] std::optional<XmlStartTag> read_start_tag(std::string_view text, std::size_t at);

}  // namespace feedd
