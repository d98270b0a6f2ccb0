// Untrusted HTML → safe HTML and its text, through an HTML5 tree.
#pragma once

#include <string>
#include <string_view>

namespace feedd {

struct CleanHtml {
    std::string
        html;  // safe to put into any page; a fixed point: sanitising it again changes nothing
    std::string text;   // for people and search: paragraphs, lists and tables stay readable
    std::string plain;  // exactly the text nodes of `html`, white space aside (for one-line fields)
    bool has_markup = false;  // `html` has elements: it is more than escaped text
    std::string first_image;  // absolute URL of the first image that is no tracker, "" none
};

// `fragment` is UTF-8; relative URLs are resolved against `base` ("" leaves them relative). Never
// throws, never fails: what cannot be made safe is dropped. Linear in time; nesting is bounded.
[[nodiscard]] CleanHtml sanitize_html(std::string_view fragment, std::string_view base);

// Plain text → HTML that shows it: escaped, line breaks as <br>.
[[nodiscard]] std::string html_from_text(std::string_view text);

// Escapes & < > " for text and attribute values.
[[nodiscard]] std::string escape_html(std::string_view text);

// Character references (HTML's names, decimal, hexadecimal) resolved once, in text without markup.
[[nodiscard]] std::string unescape_html(std::string_view text);

// Whether a plain text is really markup: it has a tag or character reference that HTML knows.
[[nodiscard]] bool looks_like_html(std::string_view text) noexcept;

}  // namespace feedd
