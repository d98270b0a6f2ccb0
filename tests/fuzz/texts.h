// Every text of a document and of an article, by the name of its field.
#pragma once

#include <functional>
#include <string_view>

#include "model/article.h"
#include "model/document.h"

namespace feedd::fuzz {

using SeeText = std::function<void(std::string_view field, std::string_view text)>;

void each_text(const Document& document, const SeeText& see);
void each_text(const Article& article, const SeeText& see);

}  // namespace feedd::fuzz
