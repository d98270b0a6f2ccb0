// Characters that a decoded text must not have: looked for, and replaced.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace feedd {

// A whole document looked over in one pass, for nearly all are clean UTF-8.
struct TextSurvey {
    bool is_utf8 = false;
    std::size_t clean_until = 0;  // before this `cleaned` has nothing to do; the size: nowhere
};
[[nodiscard]] TextSurvey survey_text(std::string_view bytes);

struct CleanedText {
    std::optional<std::string> text;  // nullopt: there was nothing to do
    bool repaired = false;            // something was left out
};
// Line ends become LF (XML 1.0 §2.11), U+0080 to U+009F what windows-1252 means by them; controls
// and noncharacters that XML 1.0 forbids (§2.2) are left out. `text` is valid UTF-8.
[[nodiscard]] CleanedText cleaned(std::string_view text, std::size_t clean_until = 0);

}  // namespace feedd
