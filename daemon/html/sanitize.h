// Untrusted HTML → safe HTML and its text.
#pragma once

#include <string>
#include <string_view>

namespace feedd {

struct CleanHtml {
    // Safe to put into any page. A fixed point: sanitising it again changes nothing.
    std::string html;
    std::string text;   // for people and search: paragraphs, lists and tables stay readable
    std::string plain;  // exactly the text nodes of `html`, white space aside (for one-line fields)
    bool has_markup = false;  // `html` has elements: it is more than escaped text
    std::string first_image;  // absolute URL of the first picture (no tracker, no icon), "" none
};

// `fragment` is UTF-8; relative URLs are resolved against `base` ("" leaves them relative). Never
// fails: what cannot be made safe is dropped. Linear in time; nesting is bounded.
//
// Kept are the elements and attributes of html/elements.h, as they are; all else goes, but for its
// text. Scripts and styles go with their content, images that nobody sees too; a known video
// player becomes a link to the video; an image that a script would load is loaded.
//
// First a filter leaves only what is safe, in the order of the source, and closes what HTML
// closes by itself. Only if tags are misnested is the HTML5 tree built and written out again.
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
