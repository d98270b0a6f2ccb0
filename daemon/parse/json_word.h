// Values that stand in JSON without quotes.
#pragma once

#include <string>
#include <string_view>

namespace feedd {

// A value without quotes as JSON: what JSON has, what Python and JavaScript would have written, or
// else a text.
[[nodiscard]] std::string json_of_word(std::string_view word);

}  // namespace feedd
