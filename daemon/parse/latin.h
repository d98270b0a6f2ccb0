// Languages of Latin letters, one by one among ASCII ones: which 8-bit set their text is in.
#pragma once

#include <string_view>

namespace feedd {

// The label of the set in which the bytes beyond ASCII make the alphabet of one language: Central
// European, Turkish and Baltic ones where they fit far better than any Western language does, else
// windows-1252.
[[nodiscard]] std::string_view latin_charset(std::string_view bytes);

}  // namespace feedd
