#include "parse/text_construct.h"

#include "base/base64.h"
#include "base/text.h"
#include "html/sanitize.h"
#include "parse/xhtml.h"

namespace feedd {

namespace {

enum class Meant : std::uint8_t { unsaid, plain, html, xml, binary };

Meant meant_by(std::string_view type) {
    const std::string name = lower(trim(type.substr(0, type.find(';'))));
    if (name.empty()) return Meant::unsaid;
    if (name == "text" || name == "plain" || name == "text/plain") return Meant::plain;
    if (name == "html" || name == "text/html" || name == "text/x-html") return Meant::html;
    if (name == "xhtml" || name.ends_with("/xml") || name.ends_with("+xml")) return Meant::xml;
    if (name.starts_with("text/") || name.find('/') == std::string::npos) return Meant::plain;
    return Meant::binary;
}

DraftText made(Text::Kind kind, std::string value, const Scope& scope) {
    DraftText draft;
    const std::string_view trimmed = trim(value);
    if (trimmed.size() != value.size()) value = std::string(trimmed);
    draft.text.kind = kind;
    draft.text.value = std::move(value);
    if (kind == Text::Kind::html) draft.text.base = *scope.base;
    if (scope.language != nullptr) {
        draft.text.language = *scope.language;
        draft.language_said = true;
    }
    return draft;
}

// The <div> around XHTML is no part of it (RFC 4287 §3.1.1.3; Atom 0.3 had no such rule).
DraftText markup_of(const Element& element, Meant meant) {
    const auto div = single_div(element);
    if (!div) return made(Text::Kind::html, inner_html(element), *element.scope);
    if (meant == Meant::html && !div->has_elements()) {
        // Escaped markup, with the div of the other type around it.
        return made(Text::Kind::html, raw_text(div->node), *div->scope);
    }
    const bool atom10 = element.reading->format() == Format::atom10;
    const Element& inside = atom10 ? *div : element;
    return made(Text::Kind::html, inner_html(inside), *inside.scope);
}

// Prose does not begin with a tag and end with one.
bool is_all_markup(std::string_view text) noexcept {
    return text.starts_with('<') && text.ends_with('>') && looks_like_html(text);
}

}  // namespace

DraftText read_text(const Element& element, TextRule rule) {
    if (!element.attribute("type").empty()) return read_atom_text(element);
    const auto only = element.only_text();
    if (!only && element.has_elements()) return markup_of(element, Meant::unsaid);
    std::string value = only ? std::string(*only) : element.text();
    const bool html = rule == TextRule::html || looks_like_html(value);
    return made(html ? Text::Kind::html : Text::Kind::plain, std::move(value), *element.scope);
}

DraftText read_atom_text(const Element& element) {
    const Meant meant = meant_by(element.attribute("type"));
    const std::string mode = lower(element.attribute("mode"));
    if (element.has_elements()) return markup_of(element, meant);
    std::string value = element.text();
    if (mode == "base64") {
        auto decoded = decode_base64(value);
        if (!decoded || !is_utf8(*decoded)) return {};
        value = std::move(*decoded);
    } else if (meant == Meant::binary) {
        return {};
    }
    bool html = meant == Meant::html;
    if (meant == Meant::unsaid) {
        html = mode == "escaped" ? looks_like_html(value) : is_all_markup(value);
    } else if (meant == Meant::xml) {
        // XML without elements is text; escaped markup shows that the type is wrong.
        html = is_all_markup(value);
    }
    DraftText draft =
        made(html ? Text::Kind::html : Text::Kind::plain, std::move(value), *element.scope);
    draft.text.said_plain = meant == Meant::plain && !html;
    return draft;
}

}  // namespace feedd
