// Names of XML 1.0, fifth edition (§2.3).
#pragma once

#include <cstddef>
#include <string_view>

namespace feedd {

// How many bytes at the beginning of `text`, which is valid UTF-8, are a Name; 0: none.
[[nodiscard]] std::size_t name_length(std::string_view text) noexcept;

// Where the Name ends that begins at `at`; `at`: there is none.
[[nodiscard]] std::size_t name_end(std::string_view text, std::size_t at) noexcept;

// The part before the first colon, "" if there is none.
[[nodiscard]] constexpr std::string_view prefix_of(std::string_view name) noexcept {
    const std::size_t colon = name.find(':');
    return colon == std::string_view::npos ? std::string_view{} : name.substr(0, colon);
}
// The part after it, or all.
[[nodiscard]] constexpr std::string_view local_of(std::string_view name) noexcept {
    const std::size_t colon = name.find(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

}  // namespace feedd
