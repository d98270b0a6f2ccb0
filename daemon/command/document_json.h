// A parsed document as the JSON object of `feedd parse`.
#pragma once

#include <nlohmann/json.hpp>

#include "model/document.h"

namespace feedd {

// Absent values are absent keys. Every text in its plain form and, where there is markup (summary
// and content: always), in its safe HTML form.
[[nodiscard]] nlohmann::ordered_json to_json(const Document& document);

}  // namespace feedd
