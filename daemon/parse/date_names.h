// The words of dates, as data: months and weekdays in the languages that feeds use, zones, and the
// small words between them. Words are given folded (fold_case), without their dots.
#pragma once

#include <optional>
#include <string_view>

namespace feedd {

// 1 to 12. A word that means different months in different languages is in no table: no date is
// better than a wrong one.
[[nodiscard]] std::optional<int> month_named(std::string_view word) noexcept;

[[nodiscard]] bool is_weekday(std::string_view word) noexcept;

// "de", "of", "at", "Uhr", …: carries no information.
[[nodiscard]] bool is_filler(std::string_view word) noexcept;

// "st", "nd", "º", …: what follows the number of a day.
[[nodiscard]] bool is_ordinal_suffix(std::string_view word) noexcept;

enum class Meridiem { none, am, pm };
[[nodiscard]] Meridiem meridiem_named(std::string_view word) noexcept;

// Minutes east of Greenwich. RFC 822's zones, and abbreviations in use for one zone only (or for
// one so much more than for others that feeds mean it: BST, IST, CST).
[[nodiscard]] std::optional<int> zone_named(std::string_view word) noexcept;

// Length in bytes of the token at the start of a text in Chinese, Japanese or Korean, which are
// written without spaces: a known word, else one character. 0 if the text begins otherwise.
[[nodiscard]] std::size_t cjk_token(std::string_view text) noexcept;

}  // namespace feedd
