// Level 1: what an item is within its feed.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/document.h"
#include "model/feed.h"

namespace feedd {

struct ItemKey {
    std::string key;  // "guid:…", "url:…" or "hash:…": rules never collide with each other
    std::uint64_t hash = 0;  // of the item as published, over all that an article is made of
    bool url_identifies = true;
    bool duplicate = false;  // the same item stands earlier in the document
};

// A key per item, in order; no two items that are not duplicates have the same. `trust` is what
// earlier polls taught about the feed's guids; guids that repeat within the document with other
// links or titles are not used in it either.
[[nodiscard]] std::vector<ItemKey> item_keys(const Document& document, GuidTrust trust);

// What this poll teaches: given that `known_guids` of `items` guids were known and `known_links` of
// their links were. To be called once the feed has brought items before.
[[nodiscard]] GuidTrust learned_trust(GuidTrust before, int items, int known_guids,
                                      int known_links);

}  // namespace feedd
