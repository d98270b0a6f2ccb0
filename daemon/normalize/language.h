#pragma once

#include <string>
#include <string_view>

namespace feedd {

// The canonical form of a language tag (BCP 47, RFC 5646 §2.1.1): "en_us.UTF-8" → "en-US",
// "zh-hant-TW" → "zh-Hant-TW", "jp" → "ja", "English" → "en". Of a list the first. "" for what is
// no language: "und", "xx", "none".
[[nodiscard]] std::string bcp47_tag(std::string_view published);

}  // namespace feedd
