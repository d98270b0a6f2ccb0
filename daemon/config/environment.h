// ${NAME} and ${credential:NAME} in the list: secrets stay out of the file.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace feedd {

// The environment, passed in: name → value, nullopt if unset.
using Environment = std::function<std::optional<std::string>(const std::string& name)>;

// The process's own. Safe while nobody calls setenv, and nobody does.
[[nodiscard]] Environment process_environment();

// The same, and a number of five digits for each variable that is not set and for each credential:
// another one for another name.
[[nodiscard]] Environment with_stand_ins(Environment environment);

// Whether fill_in would replace anything in `text`.
[[nodiscard]] bool has_variable(std::string_view text);

// `text` with each ${NAME} replaced by the variable of that name and each ${credential:NAME} by the
// credential that systemd holds ready (systemd.exec(5), LoadCredential=), a line break at its end
// left out; put through `encode` where one is given. "$$" is a dollar sign, and so is a "$" before
// anything else. A variable that is not set or a credential that is not there is an error that
// names it, of kind not_found. Values are not searched again.
[[nodiscard]] Result<std::string> fill_in(
    std::string_view text, const Environment& environment,
    const std::function<std::string(std::string_view)>& encode = {});

}  // namespace feedd
