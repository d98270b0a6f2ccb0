#include "parse/doctype.h"

#include <algorithm>

#include "base/text.h"
#include "parse/xml_names.h"

namespace feedd {

namespace {

constexpr std::string_view kDoctype = "<!DOCTYPE";

// Reads declarations one after another; wherever it cannot go on, it says so and skips.
class DoctypeReader {
  public:
    explicit DoctypeReader(std::string_view text) : text_(text) {}

    Doctype read() {
        doctype_.well_formed = text_.starts_with(kDoctype);
        at_ = kDoctype.size();
        bool space = skip_space();
        if (take_name().empty() || !space) doctype_.well_formed = false;
        space = skip_space();
        if (rest().starts_with("PUBLIC") || rest().starts_with("SYSTEM")) {
            doctype_.external = true;
            if (!space) doctype_.well_formed = false;
        }
        skip_to("[<>", "<>");
        if (peek() == '[') {
            ++at_;
            read_internal_subset();
            skip_space();
        }
        if (peek() != '>') {
            doctype_.well_formed = false;
            skip_to("<>");  // the next tag, if its own end is missing
        }
        if (peek() == '>') ++at_;
        doctype_.length = std::min(at_, text_.size());
        return std::move(doctype_);
    }

  private:
    [[nodiscard]] char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
    [[nodiscard]] std::string_view rest() const {
        return text_.substr(std::min(at_, text_.size()));
    }

    bool skip_space() {
        const std::size_t start = at_;
        while (at_ < text_.size() && is_space(text_[at_]))
            ++at_;
        return at_ > start;
    }

    std::string_view take_name() {
        const std::size_t length = name_length(rest());
        const std::string_view name = text_.substr(std::min(at_, text_.size()), length);
        at_ += length;
        return name;
    }

    // To the next of `stops` outside of quotes, or to the end. A quotation does not go on past
    // `limit`: its closing quote is missing.
    void skip_to(std::string_view stops, std::string_view limit = "") {
        while (at_ < text_.size() && stops.find(text_[at_]) == stops.npos) {
            const char c = text_[at_++];
            if (c != '"' && c != '\'') continue;
            const std::size_t close = text_.find(c, at_);
            const bool closed = close != text_.npos &&
                                text_.substr(at_, close - at_).find_first_of(limit) == text_.npos;
            if (closed) {
                at_ = close + 1;
            } else {
                doctype_.well_formed = false;
            }
        }
    }

    // Past `end`; false, and not a step further, if it is not there.
    bool skip_past(std::string_view end) {
        const std::size_t found = text_.find(end, at_);
        if (found == text_.npos) return false;
        at_ = found + end.size();
        return true;
    }

    void read_internal_subset() {
        while (at_ < text_.size()) {
            skip_space();
            if (peek() == ']') {
                ++at_;
                return;
            }
            if (rest().starts_with("<!--")) {
                if (!skip_past("-->")) break;
            } else if (rest().starts_with("<?")) {
                if (!skip_past("?>")) break;
            } else if (rest().starts_with("<!ENTITY")) {
                read_entity();
            } else if (rest().starts_with("<!")) {
                skip_declaration();
            } else if (peek() == '%') {
                doctype_.external = true;
                at_ = std::min(text_.find(';', at_), text_.size());
                ++at_;
            } else {
                break;
            }
        }
        doctype_.well_formed = false;  // the subset has no end: it ends where we are
    }

    void skip_declaration() {
        skip_to(">");
        if (at_ < text_.size()) ++at_;
    }

    void read_entity() {
        at_ += std::string_view("<!ENTITY").size();
        skip_space();
        const bool parameter = peek() == '%';
        if (parameter) {
            ++at_;
            skip_space();
        }
        const std::string_view name = take_name();
        skip_space();
        std::string_view value;
        const char quote = peek();
        if (quote == '"' || quote == '\'') {
            const std::size_t close = text_.find(quote, at_ + 1);
            if (close != text_.npos) value = text_.substr(at_ + 1, close - at_ - 1);
        }
        // The first declaration counts (XML 1.0 §4.2).
        if (!parameter && !name.empty()) doctype_.entities.emplace(name, value);
        if (name.empty()) doctype_.well_formed = false;
        skip_declaration();
    }

    std::string_view text_;
    std::size_t at_ = 0;
    Doctype doctype_;
};

}  // namespace

bool starts_doctype(std::string_view text) noexcept {
    return istarts_with(text, kDoctype);
}

Doctype read_doctype(std::string_view text) {
    return DoctypeReader(text).read();
}

}  // namespace feedd
