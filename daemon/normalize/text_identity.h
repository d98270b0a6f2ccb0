// What an article says, as hashes.
#pragma once

#include <string>
#include <string_view>

namespace feedd {

// Changes when people would say that the article was edited: by its title and text, not by markup.
[[nodiscard]] std::string content_hash(std::string_view title, std::string_view text);

// Equal for articles with the same words, whatever their case and white space; "" for a text too
// short, or too little of a text, to be nobody else's.
struct TextHashes {
    std::string titled;  // over the title, too
    std::string alone;   // over the text; "" also where it could stand below many headlines
};
[[nodiscard]] TextHashes text_hashes(std::string_view title, std::string_view text);

}  // namespace feedd
