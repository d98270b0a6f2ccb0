// Guids that are counters: '1' is whatever is newest, and the item that was '1' is '2' now.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "dedup/reissue.h"

namespace feedd {

struct Keyed {
    std::string_view key;
    Signs signs;
};

// Under which key each of `now` was listed before, where that key is still there and says something
// else now; an index into `before`. nullopt: it is no such item. Pure.
//
// The whole title and text must be the same, be nobody else's in either document, and neither
// address nor date may contradict; where three items agree so, dates may have been made anew.
[[nodiscard]] std::vector<std::optional<std::size_t>> handovers(std::span<const Keyed> now,
                                                                std::span<const Keyed> before);

// Whether so many keys passed from one known item to another that the feed counts.
// `known`: how many keys of the document were listed before, `handed_over`: how many of these say
// now what another of them said.
[[nodiscard]] bool are_counters(std::size_t known, std::size_t handed_over);

}  // namespace feedd
