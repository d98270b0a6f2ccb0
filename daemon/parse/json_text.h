// JSON as publishers write it: checked before it is read, mended where it is broken.
#pragma once

#include <string>
#include <string_view>

namespace feedd {

// How deep arrays and objects are nested.
[[nodiscard]] int json_depth(std::string_view text) noexcept;

// The nearest JSON to a document that is none: text before and after it cut off, control
// characters, bad escapes and commas too many taken out, and, of a document that was cut short,
// all that is complete. Not always valid JSON.
struct MendedJson {
    std::string text;
    bool cut_short = false;  // it ends within the outermost object
};
[[nodiscard]] MendedJson mended_json(std::string_view text);

}  // namespace feedd
