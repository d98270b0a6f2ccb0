#include "html/escape.h"

#include <array>
#include <cstddef>
#include <cstdint>

namespace feedd {

namespace {

enum class Treatment : std::uint8_t { copy, escape, quote, drop, line_end, space };

constexpr std::array<Treatment, 256> make_treatments() {
    std::array<Treatment, 256> table{};
    for (std::size_t c = 0; c < 0x20; ++c)
        table.at(c) = Treatment::drop;
    table.at('\t') = Treatment::copy;
    table.at('\n') = Treatment::copy;
    table.at('\r') = Treatment::line_end;
    table.at('\f') = Treatment::space;
    table.at(0x7F) = Treatment::drop;
    table.at('&') = Treatment::escape;
    table.at('<') = Treatment::escape;
    table.at('>') = Treatment::escape;
    table.at('"') = Treatment::quote;
    return table;
}
constexpr auto kTreatments = make_treatments();

void append_escape(std::string& out, char c) {
    switch (c) {
        case '&':
            out += "&amp;";
            break;
        case '<':
            out += "&lt;";
            break;
        case '>':
            out += "&gt;";
            break;
        default:
            out += "&quot;";
            break;
    }
}

void append_escaped(std::string& out, std::string_view text, bool quotes) {
    std::size_t copied = 0;  // what is before it has been dealt with
    for (std::size_t i = 0; i < text.size(); ++i) {
        const Treatment treatment = kTreatments[static_cast<unsigned char>(text[i])];
        if (treatment == Treatment::copy || (treatment == Treatment::quote && !quotes)) continue;
        out.append(text, copied, i - copied);
        copied = i + 1;
        if (treatment == Treatment::escape || treatment == Treatment::quote) {
            append_escape(out, text[i]);
        } else if (treatment == Treatment::space) {
            out += ' ';
        } else if (treatment == Treatment::line_end) {
            if (!text.substr(copied).starts_with('\n')) out += '\n';
        }
    }
    out.append(text, copied);
}

}  // namespace

void append_escaped_text(std::string& out, std::string_view text) {
    append_escaped(out, text, false);
}

void append_escaped_attribute(std::string& out, std::string_view value) {
    append_escaped(out, value, true);
}

}  // namespace feedd
