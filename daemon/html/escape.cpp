#include "html/escape.h"

#include <array>
#include <cstddef>
#include <cstdint>

namespace feedd {

namespace {

enum class Treatment : std::uint8_t { copy, escape, quote, drop, line_end, space, look };

constexpr std::array<Treatment, 256> make_treatments() {
    std::array<Treatment, 256> table{};
    for (std::size_t c = 0; c < 0x20; ++c)
        table.at(c) = Treatment::drop;
    table.at('\t') = Treatment::copy;
    table.at('\n') = Treatment::copy;
    table.at('\r') = Treatment::line_end;
    table.at('\f') = Treatment::space;
    table.at(0x7F) = Treatment::drop;
    for (const std::size_t lead : {0xC2U, 0xEFU, 0xF0U, 0xF1U, 0xF2U, 0xF3U, 0xF4U})
        table.at(lead) = Treatment::look;
    table.at('&') = Treatment::escape;
    table.at('<') = Treatment::escape;
    table.at('>') = Treatment::escape;
    table.at('"') = Treatment::quote;
    return table;
}
constexpr auto kTreatments = make_treatments();

// Bytes of the control character (U+0080–009F) or noncharacter at the beginning of `text`.
std::size_t unwanted_at(std::string_view text) noexcept {
    const auto byte = [&](std::size_t i) {
        return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
    };
    if (byte(0) == 0xC2) return byte(1) >= 0x80 && byte(1) <= 0x9F ? 2 : 0;
    if (byte(0) == 0xEF) {
        const bool arabic = byte(1) == 0xB7 && byte(2) >= 0x90 && byte(2) <= 0xAF;
        return arabic || (byte(1) == 0xBF && byte(2) >= 0xBE) ? 3 : 0;
    }
    return (byte(1) & 0x0FU) == 0x0F && byte(2) == 0xBF && byte(3) >= 0xBE ? 4 : 0;
}

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
        const std::size_t unwanted = treatment == Treatment::look ? unwanted_at(text.substr(i)) : 1;
        if (unwanted == 0) continue;
        out.append(text, copied, i - copied);
        copied = i + unwanted;
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
    const std::size_t start = out.size();
    append_escaped(out, text, false);
    keep_apart_from_tag(out, start);
}

void append_escaped_attribute(std::string& out, std::string_view value) {
    append_escaped(out, value, true);
}

void keep_apart_from_tag(std::string& html, std::size_t start) {
    constexpr std::string_view kSlash = "\u0338";
    if (start == 0 || html[start - 1] != '>') return;
    if (html.compare(start, kSlash.size(), kSlash) == 0)
        html.replace(start, kSlash.size(), "&#824;");
}

}  // namespace feedd
