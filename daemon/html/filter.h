// The first pass: only what is safe is left, in the order of the source.
#pragma once

#include <string>
#include <string_view>

namespace feedd {

struct Filtered {
    std::string html;        // kept elements with safe attributes; text escaped
    bool misnested = false;  // the tags are not in order: only a tree can say what is meant
};

// Every element that is open at the end, or that a start tag implies the end of, is closed. If
// nothing is misnested, `html` is what a browser's tree of it looks like when it is written out.
// Linear, and nesting is bounded: tags beyond are dropped, their text stays.
[[nodiscard]] Filtered filter_html(std::string_view html, std::string_view base);

}  // namespace feedd
