// OPML (1.0, 1.1, 2.0): lists of feeds as readers exchange them. Read and written here, so that the
// two sides of the form stay one.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace feedd {

// An outline with an address. Texts are UTF-8, in one line, without control characters.
struct OpmlFeed {
    std::string url;   // xmlUrl as written, trimmed: it may be anything
    std::string name;  // text, else title; "" none
    // The folders around it, the outermost first, then the categories; each once.
    std::vector<std::string> tags;
};

struct Opml {
    std::string title;  // of the head, "" none
    std::vector<OpmlFeed> feeds;
    bool recovered = false;  // it was not well-formed
};

// `bytes` in any character set, well-formed or not; names of elements and attributes in any case.
// Error not_feed: it has no outline with an address, nor is it an OPML file without any; refused:
// over the budget of parse().
[[nodiscard]] Result<Opml> read_opml(std::string_view bytes);

// OPML 2.0. A feed stands in the folder of its first tag, or in none; `category` has all of its
// tags where there are several. What read_opml makes of it is the same again (recovered: false),
// the title aside.
[[nodiscard]] std::string write_opml(const Opml& opml, Time created);

}  // namespace feedd
