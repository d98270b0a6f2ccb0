#include "parse/strict_text.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string>

#include "base/find_byte.h"
#include "base/text.h"
#include "parse/xml_names.h"

namespace feedd {

namespace {

// XML 1.0 §2.2
bool is_xml_character(std::uint32_t code) noexcept {
    if (code < 0x20) return code == '\t' || code == '\n' || code == '\r';
    return code <= 0xD7FF || (code >= 0xE000 && code <= 0xFFFD) ||
           (code >= 0x10000 && code <= 0x10FFFF);
}

}  // namespace

// `at` is that of the first special character; `meant(at)` what one stands for, nullopt if it must
// not be there. No reference is shorter than what it stands for, so there is always room.
template <typename IsSpecial, typename Meant>
std::optional<std::string_view> StrictText::resolved(std::string_view raw, std::size_t at,
                                                     IsSpecial is_special, Meant meant) {
    if (room_size_ < raw.size()) {
        room_size_ = 2 * raw.size();
        room_ = std::make_unique_for_overwrite<char[]>(room_size_ + kCopiedBeyond);
    }
    char* out = room_.get();
    std::memcpy(out, raw.data(), at);
    out += at;
    while (at < raw.size()) {
        if (raw[at] == '&') {
            const std::size_t length = reference(raw.substr(at), out);
            if (length == 0) return std::nullopt;
            at += length;
        } else {
            const std::optional<char> character = meant(at);
            if (!character) return std::nullopt;
            *out++ = *character;
            ++at;
        }
        const std::size_t next = copy_until(raw, at, out, is_special);
        out += next - at;
        at = next;
    }
    return std::string_view(room_.get(), static_cast<std::size_t>(out - room_.get()));
}

std::optional<std::string_view> StrictText::content(std::string_view text, std::size_t& at) {
    const std::size_t start = at;
    const std::size_t first =
        find_byte(text, start, [](const auto& c) { return c == '<' || c == '&' || c == ']'; });
    const bool plain = first == text.size() || text[first] == '<';
    at = plain ? first : std::min(text.find('<', first), text.size());
    const std::string_view raw = text.substr(start, at - start);
    if (plain) return raw;
    return resolved(
        raw, first - start, [](const auto& c) { return c == '&' || c == ']'; },
        [raw](std::size_t found) -> std::optional<char> {
            if (begins(raw.substr(found), "]]>")) return std::nullopt;  // §2.4
            return ']';
        });
}

std::optional<std::string_view> StrictText::attribute(std::string_view raw) {
    const auto is_special = [](const auto& c) {
        return c == '&' || c == '<' || c == '\t' || c == '\n';
    };
    const std::size_t first = find_byte(raw, 0, is_special);
    if (first == raw.size()) return raw;
    return resolved(raw, first, is_special, [raw](std::size_t found) -> std::optional<char> {
        if (raw[found] == '<') return std::nullopt;
        return ' ';
    });
}

// `text` begins with '&'. Its length; 0: it is none.
std::size_t StrictText::reference(std::string_view text, char*& out) {
    const auto is = [&](std::string_view written, char meant) {
        if (!begins(text, written)) return false;
        *out++ = meant;
        return true;
    };
    if (is("&lt;", '<') || is("&gt;", '>')) return 4;
    if (is("&amp;", '&')) return 5;
    if (is("&quot;", '"') || is("&apos;", '\'')) return 6;
    return begins(text, "&#") ? number(text, out) : entity(text);
}

std::size_t StrictText::number(std::string_view text, char*& out) {
    std::size_t at = 2;
    const bool hex = text.size() > at && text[at] == 'x';
    if (hex) ++at;
    const std::size_t first = at;
    std::uint32_t code = 0;
    for (; at < text.size() && code <= 0x10FFFF; ++at) {
        const char c = to_lower(text[at]);
        if (is_digit(c)) {
            code = code * (hex ? 16U : 10U) + static_cast<std::uint32_t>(c - '0');
        } else if (hex && c >= 'a' && c <= 'f') {
            code = code * 16U + static_cast<std::uint32_t>(c - 'a') + 10U;
        } else {
            break;
        }
    }
    if (at == first || at == text.size() || text[at] != ';' || !is_xml_character(code)) return 0;
    if (code >= 0x80 && code <= 0x9F) plain_ = false;
    std::string character;
    append_utf8(character, code);
    out = std::copy(character.begin(), character.end(), out);
    return at + 1;
}

// Of what entities stand for nothing is made here: the text is not plain.
std::size_t StrictText::entity(std::string_view text) {
    const std::string_view name = text.substr(1, name_length(text.substr(1)));
    if (name.empty() || !text.substr(1 + name.size()).starts_with(';')) return 0;
    plain_ = false;
    const bool known = doctype_.external || doctype_.entities.contains(name);
    return known ? name.size() + 2 : 0;
}

}  // namespace feedd
