#include "parse/xml_start_tag.h"

#include <algorithm>

#include "base/text.h"
#include "parse/vocabulary.h"
#include "parse/xml_names.h"

namespace feedd {

namespace {

constexpr std::string_view kAttributeNameEnds = " \t\r\n\f=<>/\"'";

class XmlStartTagReader {
  public:
    XmlStartTagReader(std::string_view text, std::size_t at) : text_(text), at_(at + 1) {}

    std::optional<XmlStartTag> read() {
        XmlStartTag tag;
        tag.token.kind = XmlToken::Kind::start;
        tag.token.text = text_.substr(at_, tag_name_length(text_.substr(at_)));
        at_ += tag.token.text.size();
        if (tag.token.text.empty()) return std::nullopt;
        holds_elements_ = is_frame_name(tag.token.text) || is_item_name(tag.token.text);
        const bool bounded = at_end() || is_space(peek()) || peek() == '>' || peek() == '<' ||
                             ends_empty() || !is_ascii(peek());
        // "<item& a='1'>": damage behind a name of feeds, if a tag it is.
        if (!bounded && !is_known_name(tag.token.text)) return std::nullopt;
        for (;;) {
            skip_space();
            if (at_end()) {
                if (!bounded) return std::nullopt;
                tag.token.kind = XmlToken::Kind::skipped;  // the document was cut off here
                break;
            }
            if (peek() == '<') {  // the '>' is missing, or it was no tag
                const bool tag_after_all = quoted_ > 0 || is_item_name(tag.token.text) ||
                                           is_frame_name(tag.token.text) ||
                                           is_unmistakable_field_name(tag.token.text);
                if (!tag_after_all || !bounded) return std::nullopt;
                break;
            }
            if (peek() == '>') {
                ++at_;
                break;
            }
            if (ends_empty()) {
                tag.token.empty = true;
                at_ += 2;
                break;
            }
            read_attribute(tag.token.attributes);
        }
        tag.end = at_;
        return tag;
    }

  private:
    [[nodiscard]] bool at_end() const { return at_ >= text_.size(); }
    [[nodiscard]] char peek() const { return at_end() ? '\0' : text_[at_]; }
    [[nodiscard]] bool ends_empty() const { return text_.substr(at_).starts_with("/>"); }

    void skip_space() {
        while (!at_end() && is_space(peek()))
            ++at_;
    }

    void read_attribute(std::vector<XmlAttribute>& attributes) {
        const std::size_t name_end =
            std::min(text_.find_first_of(kAttributeNameEnds, at_), text_.size());
        const std::string_view name = text_.substr(at_, name_end - at_);
        if (name.empty()) {
            ++at_;  // a stray quote, slash or equals sign
            return;
        }
        at_ = name_end;
        skip_space();
        XmlAttribute attribute{.name = name};
        if (peek() == '=') {
            ++at_;
            skip_space();
            const bool quoted = peek() == '"' || peek() == '\'';
            attribute.value = quoted ? quoted_value() : bare_value();
        }
        if (name_length(name) == name.size()) attributes.push_back(attribute);
    }

    std::string_view quoted_value() {
        const char quote = peek();
        const std::size_t start = ++at_;
        const std::size_t close = text_.find(quote, start);
        const std::string_view value = text_.substr(start, std::min(close, text_.size()) - start);
        if (close != text_.npos && closes(value, close)) {
            ++quoted_;
            at_ = close + 1;
            return value;
        }
        // The closing quote is missing: that was the opening one of something else.
        const bool runs_into_next = close != text_.npos && value.find_first_of("<>") == value.npos;
        at_ =
            std::min(text_.find_first_of(runs_into_next ? " \t\r\n<>" : "<>", start), text_.size());
        std::string_view rest = text_.substr(start, at_ - start);
        if (peek() == '>' && rest.ends_with('/')) {
            rest.remove_suffix(1);
            --at_;
        }
        return trim(rest);
    }

    // Whether the quote at `close` ends `value`, by what stands on either side of it.
    [[nodiscard]] bool closes(std::string_view value, std::size_t close) const {
        const char next = close + 1 < text_.size() ? text_[close + 1] : ' ';
        const bool delimited = is_space(next) || next == '/' || next == '>' || next == '?';
        if (delimited) return true;
        const bool markup = value.find_first_of("<>") != value.npos;
        const bool next_attribute =
            value.ends_with('=') && value.find_first_of(" \t\r\n") != value.npos;
        return !markup && !next_attribute;
    }

    std::string_view bare_value() {
        const std::size_t start = at_;
        at_ = std::min(text_.find_first_of(" \t\r\n\f<>", at_), text_.size());
        // <a href=x/>; but the slash in <rss xmlns:a=http://e.org/> is the address's.
        const bool ends_tag = peek() == '>' && at_ > start && text_[at_ - 1] == '/';
        if (ends_tag && !holds_elements_) --at_;
        return text_.substr(start, at_ - start);
    }

    std::string_view text_;
    std::size_t at_;
    bool holds_elements_ = false;  // the tag is that of an item or of the frame
    int quoted_ = 0;               // values with both quotes: a sure sign of a tag
};

}  // namespace

std::optional<XmlStartTag> read_start_tag(std::string_view text, std::size_t at) {
    return XmlStartTagReader(text, at).read();
}

}  // namespace feedd
