// What becomes of a stored article when its documents are read again.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/article.h"

namespace feedd {

struct FieldChange {
    std::string_view field;  // a column of the store's, or one of its tables: a literal
    std::string before;      // as text for people
    std::string after;
};

// What the documents that were read again can tell of.
struct Coverage {
    bool words = false;  // the one that brought the present words is among them
    bool first = false;  // all that ever had the article are
};

struct Rebuilding {
    Article article;  // as it shall be
    std::vector<FieldChange> changes;
    bool revises = false;  // title, text or HTML is among them
};

// Pure. A field that the documents cannot tell of stays: of what publishers send later, noise and
// flapping were not taken over, nor other HTML for the same words or another date of publication.
[[nodiscard]] Rebuilding rebuilding(const Article& stored, const Article& read_again,
                                    Coverage coverage);

}  // namespace feedd
