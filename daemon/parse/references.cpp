#include "parse/references.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "html/entities.h"
#include "parse/xml_names.h"

namespace feedd {

namespace {

// What entities may add to a document beyond its own size. Honest ones abbreviate a namespace or a
// site's name; a 'billion laughs' wants gigabytes.
constexpr std::size_t kExpansionAllowance = std::size_t{16} << 10U;
constexpr std::size_t kLongestExpansion = std::size_t{4} << 10U;  // of one reference
constexpr int kDeepestExpansion = 16;                             // entities within entities

constexpr std::array<std::string_view, 5> kUnterminated = {"amp", "lt", "gt", "quot", "nbsp"};

// Their meaning is fixed, whatever a declaration says (XML 1.0 §4.6).
constexpr std::array<std::string_view, 5> kPredefined = {"amp", "lt", "gt", "quot", "apos"};

template <std::size_t N>
bool contains(const std::array<std::string_view, N>& names, std::string_view name) noexcept {
    return std::find(names.begin(), names.end(), name) != names.end();
}

// The names of XHTML 1.0, which are those of HTML but for two: HTML has them moved since.
std::string_view xml_character(std::string_view name) noexcept {
    if (name == "lang") return "\xE2\x8C\xA9";  // U+2329
    if (name == "rang") return "\xE2\x8C\xAA";  // U+232A
    return named_character(name);
}

}  // namespace

References::References(const Doctype& doctype, std::size_t text_size)
    : doctype_(doctype), budget_(kExpansionAllowance + text_size) {}

void References::append(std::string& out, std::string_view text) {
    for (;;) {
        const std::size_t ampersand = text.find('&');
        out += text.substr(0, ampersand);
        if (ampersand == std::string_view::npos) return;
        text.remove_prefix(ampersand);
        const std::size_t taken = append_one(out, text);
        if (taken == 0) out += '&';
        text.remove_prefix(std::max<std::size_t>(taken, 1));
    }
}

// `text` starts with '&'. The bytes of the reference, 0: it is none.
std::size_t References::append_one(std::string& out, std::string_view text) {
    if (text.size() > 1 && text[1] == '#') return append_reference(out, text);
    const std::string_view name = text.substr(1, name_length(text.substr(1)));
    if (name.empty()) return 0;
    const std::size_t end = 1 + name.size();
    if (end >= text.size() || text[end] != ';') {
        // Without its semicolon only the commonest, and not in "?a=1&lt=2".
        if (!contains(kUnterminated, name) || (end < text.size() && text[end] == '=')) return 0;
        out += named_character(name);
        return end;
    }
    const auto entity = doctype_.entities.find(name);
    if (entity != doctype_.entities.end() && !contains(kPredefined, name)) {
        std::string value;
        if (!append_entity(value, entity->second, 0)) return 0;
        append_unescaped(out, value, true);
        return end + 1;
    }
    const std::string_view characters = xml_character(name);
    if (characters.empty()) return 0;
    out += characters;
    return end + 1;
}

// Appends the replacement text (XML 1.0 §4.5): numbers and entities resolved, but not the
// predefined names, which are read when the text is put in its place. False: too long, too deep or
// too much altogether.
bool References::append_entity(std::string& out, std::string_view value, int depth) {
    if (depth > kDeepestExpansion) return false;
    while (!value.empty()) {
        const std::size_t ampersand = std::min(value.find('&'), value.size());
        const std::string_view plain = value.substr(0, ampersand);
        const std::size_t cost = plain.size() + 1;
        if (cost > budget_ || out.size() + plain.size() > kLongestExpansion) return false;
        budget_ -= cost;
        out += plain;
        value.remove_prefix(ampersand);
        if (value.empty()) break;
        const std::string_view name = value.substr(1, name_length(value.substr(1)));
        const bool closed = value.substr(1 + name.size()).starts_with(';');
        const auto entity = closed ? doctype_.entities.find(name) : doctype_.entities.end();
        std::size_t taken = name.size() + 2;
        if (entity != doctype_.entities.end()) {
            if (!append_entity(out, entity->second, depth + 1)) return false;
        } else {
            taken = value.starts_with("&#") ? append_reference(out, value) : 0;
            if (taken == 0) out += '&';
        }
        value.remove_prefix(std::max<std::size_t>(taken, 1));
    }
    return true;
}

}  // namespace feedd
