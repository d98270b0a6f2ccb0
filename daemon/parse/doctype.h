// The document type declaration: skipped, but for the entities that it declares in place.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>

namespace feedd {

struct Doctype {
    std::size_t length = 0;  // of the declaration in the text, from '<' to '>'
    // General entities with their literal values, views into the text. External entities are here
    // with an empty value: nothing is ever read from elsewhere.
    std::unordered_map<std::string_view, std::string_view> entities;
    // It points to declarations elsewhere (an external subset or a parameter entity), so that an
    // entity which is not declared here may still be (XML 1.0 §4.1).
    bool external = false;
    bool well_formed = true;
};

// `text` starts with "<!DOCTYPE", in whatever case.
[[nodiscard]] Doctype read_doctype(std::string_view text);

[[nodiscard]] bool starts_doctype(std::string_view text) noexcept;

}  // namespace feedd
