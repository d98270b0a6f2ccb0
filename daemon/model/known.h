#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>

namespace feedd {

// Of the keys that were asked for, those the store holds for the feed, each with the hash of the
// item as it was last published.
using KnownItems = std::unordered_map<std::string, std::uint64_t>;

}  // namespace feedd
