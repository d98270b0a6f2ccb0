// HTML cut into text, tags and nothing else: comments, doctypes and declarations are passed over.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace feedd {

// A name in lower case, without memory of its own; what is longer than any name we know is "".
class LowerName {
  public:
    explicit LowerName(std::string_view name) noexcept;
    [[nodiscard]] std::string_view view() const noexcept { return {text_, size_}; }

  private:
    static constexpr std::size_t kLongest = 16;  // "data-lazy-srcset"
    char text_[kLongest] = {};
    std::size_t size_ = 0;
};

struct Token {
    enum class Kind : std::uint8_t { text, start_tag, end_tag };
    Kind kind = Kind::text;
    std::string_view text;        // of text: as written, references unresolved
    std::string_view name;        // of a tag: as written
    std::string_view attributes;  // of a start tag: as written
};

// Views into `html`, which outlives the tokens. Follows WHATWG HTML, 13.2.5, but loses less when
// the document is broken: an endless comment, tag or attribute ends at its first '>', and a '<'
// that begins no tag is text. What is cut off in a tag or comment ends before it. Linear in the
// size of `html`.
class Tokenizer {
  public:
    explicit Tokenizer(std::string_view html) noexcept;

    [[nodiscard]] std::optional<Token> next() noexcept;

    // Behind the start tag of an element whose content is no markup: takes that content and the
    // end tag. nullopt: none comes before the next such start tag; nothing was taken.
    [[nodiscard]] std::optional<std::string_view> take_raw_content(std::string_view name) noexcept;

    // Passes over a script or style. One that is not closed, or that another one begins in, ends
    // where a paragraph or the like begins, so that it does not swallow the article.
    void skip_code(std::string_view name) noexcept;

  private:
    struct Opening {  // of a tag: "<name" or "</name"
        std::size_t name = 0;
        std::size_t end = 0;  // of the name; 0: here is no tag
    };
    [[nodiscard]] Opening opening_at(std::size_t at) const noexcept;
    [[nodiscard]] std::size_t end_of_tag(std::size_t name_end) noexcept;
    [[nodiscard]] std::size_t end_of_declaration(std::size_t at) noexcept;
    [[nodiscard]] bool is_cut_off(std::size_t at) const noexcept;
    [[nodiscard]] Token text_until(std::size_t end) noexcept;
    [[nodiscard]] Token tag_of(const Opening& opening) noexcept;

    std::string_view html_;  // without a tag that is cut off at its end
    std::size_t at_ = 0;
    std::size_t end_of_tags_;      // behind the last '>' of all: no tag starts there any more
    bool comments_end_ = true;     // false: no "-->" is left
    std::size_t broken_tags_ = 0;  // whose quotes hide every '>' that follows
    std::size_t open_cdata_ = 0;   // "<![CDATA[" whose "]]>" is not seen yet
};

// The attributes of a start tag, in order. Linear.
struct RawAttribute {
    std::string_view name;   // as written
    std::string_view value;  // as written, references unresolved; "" if there is none
};
class AttributeReader {
  public:
    explicit AttributeReader(std::string_view attributes) noexcept : rest_(attributes) {}
    [[nodiscard]] std::optional<RawAttribute> next() noexcept;

  private:
    std::string_view rest_;
};

}  // namespace feedd
