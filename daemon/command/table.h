// Tables for terminals: columns as wide as what is in them, wide characters measured right.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace feedd {

struct Column {
    std::string title;
    bool right = false;     // align right (numbers)
    bool flexible = false;  // gives way first when the terminal is narrow
};

// Columns of the terminal that text takes (command/glyph.h).
[[nodiscard]] std::size_t display_width(std::string_view text);

// `text` in at most `columns` columns, with an ellipsis where it was cut; control characters,
// which could command the terminal, become spaces.
[[nodiscard]] std::string fitted(std::string_view text, std::size_t columns);

// Width of the terminal on stdout; 0: it is none, nothing need be cut.
[[nodiscard]] std::size_t terminal_width();

// `width` 0: as wide as need be.
[[nodiscard]] std::string table(const std::vector<Column>& columns,
                                const std::vector<std::vector<std::string>>& rows,
                                std::size_t width);

// A line of CSV (RFC 4180), without the line end.
[[nodiscard]] std::string csv_line(const std::vector<std::string>& fields);

}  // namespace feedd
