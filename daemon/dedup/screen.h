// Drops what is known unchanged before the costly work. A hint only: judge has the last word.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "dedup/item_key.h"
#include "model/article.h"
#include "model/known.h"

namespace feedd {

struct Screened {
    std::vector<std::size_t> fresh;  // indices of items to normalise: new or changed
    std::vector<Reseen> reseen;      // the others; duplicates are in neither
    int known = 0;                   // items whose key was known, changed or not
};

[[nodiscard]] Screened screen(std::span<const ItemKey> keys, const KnownItems& known);

}  // namespace feedd
