// YAML text with its URLs taken out, for yaml-cpp, which takes 200 ns for each character.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/diagnostic.h"

namespace feedd {

// What ends a line behind "- " or "key: " and is a URL of plain characters is one plain scalar to
// YAML, whatever its characters are, unless it stands in a quoted text, in a block or in brackets,
// or goes on in the next line. So each becomes a sign that the text has nowhere else; whoever finds
// it at any place but those, or as a part of something, has to read the whole text.
class Abridged {
  public:
    // Of the sign U+E000.
    static constexpr std::string_view kSign = "\xEE\x80\x80";

    // `text` outlives this. nullopt: there is nothing to gain, or the sign is in the text.
    static std::optional<Abridged> of(std::string_view text);

    [[nodiscard]] const std::string& text() const { return text_; }
    // What the sign at `position` stands for; positions are asked for in their order. nullopt: it
    // is not one of ours.
    [[nodiscard]] std::optional<std::string_view> at(Position position);

  private:
    struct Url {
        Position position;
        std::string_view text;
    };
    std::string text_;
    std::vector<Url> urls_;
    std::size_t next_ = 0;
};

}  // namespace feedd
