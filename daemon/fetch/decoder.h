// One content coding undone, as a stream with a budget.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <tl/expected.hpp>

#include "model/response.h"

namespace feedd {

enum class Coding : std::uint8_t { gzip, deflate, brotli, zstd };

// By the names of the IANA registry; nullopt for `identity` and for what is none of ours.
[[nodiscard]] std::optional<Coding> coding_named(std::string_view name);

[[nodiscard]] std::pair<PollError, std::string> over_budget(std::uint64_t max_bytes);

// too_large as soon as the output passes `max_bytes`; broken when the stream is corrupt or ends
// before its end. What follows the end of the stream is ignored, but for further gzip members and
// zstd frames, which belong to it.
[[nodiscard]] tl::expected<std::string, std::pair<PollError, std::string>> decode(
    Coding coding, std::string_view body, std::uint64_t max_bytes);

}  // namespace feedd
