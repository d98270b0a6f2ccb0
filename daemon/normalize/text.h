// A text as published → its plain and its safe HTML form. The one place where both are made.
#pragma once

#include <string>

#include "model/document.h"

namespace feedd {

struct RenderedText {
    std::string plain;        // no markup, trimmed
    std::string html;         // safe
    std::string readable;     // plain, with paragraphs kept apart (content_text of articles)
    bool has_markup = false;  // html has elements
    std::string first_image;  // "" none
};

[[nodiscard]] RenderedText rendered(const Text& text);

}  // namespace feedd
