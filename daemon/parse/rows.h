// The rows of the dispatch table, from the files that own their handlers.
#pragma once

#include <span>

#include "parse/dispatch.h"

namespace feedd {

using Rows = std::span<const Row>;

[[nodiscard]] Rows rss_rows() noexcept;
[[nodiscard]] Rows atom_rows() noexcept;
[[nodiscard]] Rows cdf_rows() noexcept;

[[nodiscard]] Rows dublin_core_rows() noexcept;
[[nodiscard]] Rows content_rows() noexcept;
[[nodiscard]] Rows media_rows() noexcept;
[[nodiscard]] Rows itunes_rows() noexcept;
[[nodiscard]] Rows podcast_rows() noexcept;
[[nodiscard]] Rows geo_rows() noexcept;
[[nodiscard]] Rows chapter_rows() noexcept;
[[nodiscard]] Rows syndication_rows() noexcept;
[[nodiscard]] Rows discussion_rows() noexcept;
[[nodiscard]] Rows license_rows() noexcept;

}  // namespace feedd
