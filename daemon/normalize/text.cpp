#include "normalize/text.h"

#include "base/text.h"
#include "html/sanitize.h"

namespace feedd {

RenderedText rendered(const Text& text) {
    RenderedText out;
    const std::string_view value = trim(text.value);
    if (value.empty()) return out;
    if (text.kind == Text::Kind::plain) {
        out.plain = std::string(value);
        out.html = html_from_text(value);
        out.readable = out.plain;
        return out;
    }
    CleanHtml clean = sanitize_html(value, text.base);
    out.plain = std::string(trim(clean.plain));
    out.html = std::move(clean.html);
    out.readable = std::move(clean.text);
    out.has_markup = clean.has_markup;
    out.first_image = std::move(clean.first_image);
    return out;
}

}  // namespace feedd
