#include "command/table.h"

#include <algorithm>

#include <sys/ioctl.h>
#include <unistd.h>

#include "command/glyph.h"

namespace feedd {

namespace {

constexpr std::string_view kEllipsis = "…";
constexpr std::size_t kGap = 2;        // spaces between columns
constexpr std::size_t kNarrowest = 8;  // a flexible column is never cut below this

std::vector<std::size_t> widths_of(const std::vector<Column>& columns,
                                   const std::vector<std::vector<std::string>>& rows,
                                   std::size_t width) {
    std::vector<std::size_t> widths;
    std::size_t total = columns.empty() ? 0 : kGap * (columns.size() - 1);
    for (std::size_t i = 0; i < columns.size(); ++i) {
        std::size_t widest = display_width(columns[i].title);
        for (const auto& row : rows)
            widest = std::max(widest, display_width(row[i]));
        widths.push_back(widest);
        total += widest;
    }
    // The widest flexible column gives way, column by column of the terminal.
    while (width != 0 && total > width) {
        std::size_t* victim = nullptr;
        for (std::size_t i = 0; i < columns.size(); ++i) {
            if (columns[i].flexible && widths[i] > kNarrowest &&
                (victim == nullptr || widths[i] > *victim)) {
                victim = &widths[i];
            }
        }
        if (victim == nullptr) break;
        --*victim;
        --total;
    }
    return widths;
}

}  // namespace

std::size_t display_width(std::string_view text) {
    std::size_t width = 0;
    for (std::size_t at = 0; at < text.size();) {
        const Glyph glyph = glyph_at(text, at);
        width += glyph.width;
        at += glyph.bytes.size();
    }
    return width;
}

std::string fitted(std::string_view text, std::size_t columns) {
    std::string out;
    std::size_t width = 0;
    std::size_t room_for_ellipsis = 0;  // length of `out` that leaves a column free
    for (std::size_t at = 0; at < text.size();) {
        const Glyph glyph = glyph_at(text, at);
        if (width + glyph.width > columns) {
            out.resize(room_for_ellipsis);
            return out + std::string(kEllipsis);
        }
        if (width + glyph.width < columns)
            room_for_ellipsis = out.size() + (glyph.control ? 1 : glyph.bytes.size());
        out += glyph.control ? std::string_view(" ") : glyph.bytes;
        width += glyph.width;
        at += glyph.bytes.size();
    }
    return out;
}

std::size_t terminal_width() {
    winsize size{};
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0) return 0;
    return size.ws_col;
}

std::string table(const std::vector<Column>& columns,
                  const std::vector<std::vector<std::string>>& rows, std::size_t width) {
    const auto widths = widths_of(columns, rows, width);
    std::string out;
    const auto line = [&](const auto& cell_of) {
        std::string text;
        for (std::size_t i = 0; i < columns.size(); ++i) {
            const std::string cell = fitted(cell_of(i), widths[i]);
            const std::string pad(widths[i] - std::min(widths[i], display_width(cell)), ' ');
            if (i > 0) text.append(kGap, ' ');
            text += columns[i].right ? pad + cell : cell + pad;
        }
        text.erase(text.find_last_not_of(' ') + 1);
        out += text + "\n";
    };
    line([&](std::size_t i) { return columns[i].title; });
    for (const auto& row : rows) {
        line([&](std::size_t i) { return row[i]; });
    }
    return out;
}

std::string csv_line(const std::vector<std::string>& fields) {
    std::string line;
    for (std::size_t i = 0; i < fields.size(); ++i) {
        if (i > 0) line += ',';
        if (fields[i].find_first_of(",\"\r\n") == std::string::npos) {
            line += fields[i];
            continue;
        }
        line += '"';
        for (const char c : fields[i])
            line += c == '"' ? std::string("\"\"") : std::string(1, c);
        line += '"';
    }
    return line;
}

}  // namespace feedd
