// Items that come back under another key: a site that moved, a publisher whose new software made
// every guid and every address anew.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"

namespace feedd {

// What an item says of itself, whatever its key.
struct Signs {
    std::string alias;                   // of its guid (guid_alias), "" none
    std::string address;                 // canonical, "" where it does not identify
    std::string path;                    // guid_alias of that
    std::optional<std::uint64_t> title;  // hashes; nullopt: it has none
    std::optional<std::uint64_t> words;
    std::optional<Time> date;
};

// Of a text, white space aside; nullopt: there is none.
[[nodiscard]] std::optional<std::uint64_t> sign_of(std::string_view text);

// Which of `gone` (listed before, not in this document) each of `unknown` (in this document under
// keys never seen) is; nullopt: none. Each of `gone` at most once. Pure.
//
// One item alone has to agree in its name (guid or link without scheme and host, or the address)
// and one more sign, or in title, words and date. Where nearly all that is unknown agrees in less,
// the feed has re-issued itself, and less is enough: title and date or words, or the words alone.
[[nodiscard]] std::vector<std::optional<std::size_t>> reissued(std::span<const Signs> unknown,
                                                               std::span<const Signs> gone);

}  // namespace feedd
