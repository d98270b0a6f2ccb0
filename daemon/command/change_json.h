// A change with its article as JSON: a line of 'feedd tail'.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "store/rows.h"

namespace feedd {

// docs/store.md, "Following the change log", names the keys. A time, number or identity that is not
// known is null; an absent text is "".
[[nodiscard]] nlohmann::ordered_json change_json(const ChangeRow& change);

// Its article alone.
[[nodiscard]] nlohmann::ordered_json stored_article_json(const StoredArticle& stored);

}  // namespace feedd
