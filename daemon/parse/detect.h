// Character sets that no label tells: told from the bytes.
#pragma once

#include <cstddef>
#include <string_view>

#include "parse/charset.h"

namespace feedd {

// UTF-16 or UTF-32 by its byte order mark, or by where the NULs lie (markup is ASCII, so half or
// three quarters of the bytes are NUL). `mark` is the length of the mark. A mark that the bytes
// belie counts as none.
struct WideForm {
    std::string_view name;  // "" if it is neither
    std::size_t mark = 0;
};
[[nodiscard]] WideForm wide_form(std::string_view bytes) noexcept;

// EBCDIC of some kind, by how an XML declaration begins in all of them (XML 1.0 §F.1).
[[nodiscard]] bool is_ebcdic(std::string_view bytes) noexcept;

// The likeliest 8-bit or multi-byte set of text that is not UTF-8; windows-1252 where the text
// looks Western or nothing better is found.
[[nodiscard]] Charset likely_charset(std::string_view bytes);

}  // namespace feedd
