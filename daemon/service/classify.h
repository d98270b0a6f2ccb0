// What an answer means: go on, or a failure with its class and words.
#pragma once

#include <optional>
#include <string>

#include "model/response.h"

namespace feedd {

inline constexpr int kNotModified = 304;

struct PollFailure {
    PollError error = PollError::internal;
    std::string text;  // one line, for people
};

// nullopt: a body to read (2xx), or a 304 to a conditional request.
[[nodiscard]] std::optional<PollFailure> failure_of(const Response& response);

}  // namespace feedd
