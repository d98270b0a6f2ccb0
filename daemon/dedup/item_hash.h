// What the screen compares: has anything been changed since the last poll?
#pragma once

#include <cstdint>

#include "model/document.h"

namespace feedd {

// Over all of an item that an article is made of, and nothing else: not the guid, which some feeds
// make anew at every poll, nor the base of relative URLs, which follows the feed's address. Absent
// fields do not count: a field that is added later leaves the hashes of items without it alone.
[[nodiscard]] std::uint64_t item_hash(const Item& item) noexcept;

}  // namespace feedd
