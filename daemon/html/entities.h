// Character references: HTML's 2,125 names and the numbers.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace feedd {

// "nbsp" (without & and ;) → its characters in UTF-8; "" for a name that HTML does not know.
[[nodiscard]] std::string_view named_character(std::string_view name) noexcept;

// A number from &#…; → its character, as HTML reads it (WHATWG HTML, 13.2.5.80): numbers of
// windows-1252 mean what that table says, impossible ones are U+FFFD. Control characters and
// noncharacters append nothing: no text needs them and no XML can carry them.
void append_numbered_character(std::string& out, char32_t number);

// Appends the reference at the beginning of `text`, which starts with '&', resolved; the bytes it
// took are returned. 0: it is none, nothing was appended. In an attribute a name without its
// semicolon is none before '=' or a letter (so that "?a=1&copy=2" stays a URL).
std::size_t append_reference(std::string& out, std::string_view text, bool in_attribute = false);

// Appends `text` with all its references resolved, once.
void append_unescaped(std::string& out, std::string_view text, bool in_attribute = false);

// Whether `text` has a reference that is meant as one: known, and with its semicolon.
[[nodiscard]] bool has_reference(std::string_view text);

}  // namespace feedd
