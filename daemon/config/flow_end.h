// Where brackets of YAML close.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace feedd {

struct FlowEnd {
    std::size_t bracket = 0;  // that closes
    std::size_t last = 0;     // the last character before it that is no space and no comment
    bool comma = false;       // which is a comma
};

// Of the '[' or '{' at `open`. Quoted texts and comments are skipped; nullopt: it never closes.
[[nodiscard]] std::optional<FlowEnd> flow_end(std::string_view text, std::size_t open);

}  // namespace feedd
