#include "html/sanitize.h"

#include <cstddef>
#include <optional>
#include <utility>

#include "base/text.h"
#include "html/elements.h"
#include "html/entities.h"
#include "html/escape.h"
#include "html/filter.h"
#include "html/to_text.h"
#include "html/tokenizer.h"
#include "html/tree.h"

namespace feedd {

namespace {

// Some trees (links in links across tables) read otherwise once they are written out. The second
// reading of all but made-up ones is final.
constexpr int kMaxReadings = 4;

// What the tags of `html`, which are not in order, mean. nullopt: no reading of them is final, or
// it would cost too much.
std::optional<std::string> in_order(std::string html, std::string_view base) {
    for (int reading = 0; reading < kMaxReadings; ++reading) {
        std::optional<std::string> rebuilt = rebuilt_html(html);
        if (!rebuilt) return std::nullopt;
        Filtered again = filter_html(*rebuilt, base);
        const bool final_form = again.html == *rebuilt && *rebuilt == html;
        html = std::move(again.html);
        if (!again.misnested || final_form) return html;
    }
    return std::nullopt;
}

std::string safe_html(std::string_view fragment, std::string_view base) {
    Filtered filtered = filter_html(fragment, base);
    if (!filtered.misnested) return std::move(filtered.html);
    const std::string& html = filtered.html;
    std::optional<std::string> ordered = in_order(html, base);
    return ordered ? *std::move(ordered) : html_from_text(readings_of(html).text);
}

}  // namespace

CleanHtml sanitize_html(std::string_view fragment, std::string_view base) {
    CleanHtml clean;
    clean.html = safe_html(fragment, base);
    Readings readings = readings_of(clean.html);
    clean.text = std::move(readings.text);
    clean.plain = std::move(readings.plain);
    clean.has_markup = readings.has_markup;
    clean.first_image = std::move(readings.first_image);
    return clean;
}

std::string html_from_text(std::string_view text) {
    std::string escaped;
    append_escaped_text(escaped, trim(text));
    std::string out;
    out.reserve(escaped.size());
    for (std::string_view rest = escaped;;) {
        const std::size_t line_end = rest.find('\n');
        const std::size_t start = out.size();
        out += rest.substr(0, line_end);
        keep_apart_from_tag(out, start);
        if (line_end == std::string_view::npos) return out;
        out += "<br>";
        rest.remove_prefix(line_end + 1);
    }
}

std::string escape_html(std::string_view text) {
    std::string out;
    append_escaped_attribute(out, text);
    return out;
}

std::string unescape_html(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    append_unescaped(out, text);
    return out;
}

bool looks_like_html(std::string_view text) noexcept {
    if (text.find('<') == text.npos) return has_reference(text);  // all of it is one text
    Tokenizer tokens(text);
    while (const auto token = tokens.next()) {
        const bool is_markup = token->kind == Token::Kind::text
                                   ? has_reference(token->text)
                                   : is_html_element(LowerName(token->name).view());
        if (is_markup) return true;
    }
    return false;
}

}  // namespace feedd
