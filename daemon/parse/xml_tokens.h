// Broken XML, and HTML in the place of XML, cut into tags and text: never fails, is linear.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "parse/doctype.h"

namespace feedd {

struct XmlAttribute {
    std::string_view name;
    std::string_view value;  // references not resolved
};

struct XmlToken {
    enum class Kind : std::uint8_t {
        text,     // references not resolved; may have '<' in it
        literal,  // CDATA and scripts: nothing to resolve
        start,
        end,
        skipped,  // comments, instructions, declarations and what cannot be read
    };
    Kind kind = Kind::skipped;
    std::string_view text;  // or the name; "" in an end tag: </>
    std::vector<XmlAttribute> attributes;
    bool empty = false;  // <name/>
};

// The positions of one string, found in ascending order without reading anything twice.
class XmlFinder {
  public:
    XmlFinder(std::string_view text, std::string_view wanted) : text_(text), wanted_(wanted) {}

    // The first position at or after `from`, which must not be less than at the last call.
    [[nodiscard]] std::size_t from(std::size_t from) {
        if (!known_ || found_ < from) found_ = text_.find(wanted_, from);
        known_ = true;
        return found_;
    }

  private:
    std::string_view text_;
    std::string_view wanted_;
    std::size_t found_ = 0;
    bool known_ = false;
};

class XmlTokenizer {
  public:
    // `text` is valid UTF-8 and must outlive it and its tokens. `well_formed`: it is known to be,
    // so that nothing is to be guessed.
    XmlTokenizer(std::string_view text, bool well_formed);

    // The document type declaration, once `next` has come past it; empty before.
    [[nodiscard]] const Doctype& doctype() const noexcept { return doctype_; }

    // nullopt at the end. `open` is the name of the innermost open element, "" if there is none:
    // where a CDATA section has no end, it ends with that element.
    [[nodiscard]] std::optional<XmlToken> next(std::string_view open);

  private:
    // What stands at a '<', with the position after it. nullopt: just a '<'.
    struct Markup {
        XmlToken token;
        std::size_t end = 0;
    };
    [[nodiscard]] std::optional<Markup> markup_at(std::size_t at, std::string_view open);
    [[nodiscard]] Markup comment(std::size_t at);
    [[nodiscard]] Markup cdata(std::size_t at, std::size_t start_length, std::string_view open);
    [[nodiscard]] Markup instruction(std::size_t at);
    [[nodiscard]] Markup doctype(std::size_t at);
    [[nodiscard]] std::optional<Markup> declaration(std::size_t at) const;
    // `start`: after the slash.
    [[nodiscard]] std::optional<Markup> end_tag(std::size_t start) const;
    [[nodiscard]] bool is_anonymous_end(std::size_t start) const;
    [[nodiscard]] std::optional<XmlToken> raw_text();
    void expect_raw_text(const XmlToken& token);

    std::string_view text_;
    bool well_formed_;
    Doctype doctype_;
    std::size_t at_ = 0;
    std::optional<Markup> pending_;  // found while text was being read
    XmlFinder* raw_end_ = nullptr;   // we are in a script: where it ends
    XmlFinder comment_end_;
    XmlFinder cdata_start_;
    XmlFinder cdata_end_;
    XmlFinder instruction_end_;
    XmlFinder script_end_;
    XmlFinder style_end_;
};

}  // namespace feedd
