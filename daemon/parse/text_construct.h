// Elements whose value is a text for people → Text, with its kind, base and language.
#pragma once

#include "parse/draft.h"
#include "parse/element.h"

namespace feedd {

// For the formats that do not say what their texts are.
enum class TextRule : std::uint8_t {
    html,   // always markup: RSS description
    guess,  // markup if it looks so: titles, Dublin Core
};

// Elements inside make it markup whatever the rule; a `type` attribute is believed as in Atom.
[[nodiscard]] DraftText read_text(const Element& element, TextRule rule);

// By `type` (RFC 4287 §3.1) and Atom 0.3's `mode`. Empty for what is no text (an image in base64).
[[nodiscard]] DraftText read_atom_text(const Element& element);

// Whether the content is of the kind that has markup.
[[nodiscard]] inline bool is_html(const DraftText& text) noexcept {
    return text.text.kind == Text::Kind::html;
}

}  // namespace feedd
