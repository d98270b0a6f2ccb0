// Bytes of a known character set → UTF-8, counting what was not of that set.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "parse/charset.h"

namespace feedd {

struct Converted {
    std::string text;        // valid UTF-8; what could not be read is U+FFFD
    std::size_t errors = 0;  // sequences that could not be read
};

[[nodiscard]] Converted convert(std::string_view bytes, const Charset& charset);

// How much of the non-ASCII in `bytes` is UTF-8.
struct Utf8Census {
    std::size_t good = 0;    // characters of several bytes
    std::size_t broken = 0;  // sequences that are none
};
[[nodiscard]] Utf8Census utf8_census(std::string_view bytes) noexcept;

// UTF-8 with a few strange bytes in it: a lone one is taken for windows-1252, which is where such
// bytes come from (a template, an imported quotation); the rest of a cut character is U+FFFD.
[[nodiscard]] std::string mend_utf8(std::string_view bytes);

}  // namespace feedd
