#include "parse/wellformed.h"

#include <algorithm>
#include <cstdint>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/text.h"
#include "html/entities.h"
#include "parse/vocabulary.h"
#include "parse/xml_names.h"

namespace feedd {

namespace {

// Up to so many attributes each is compared with each, which is faster than hashing them.
constexpr std::size_t kFewAttributes = 12;

bool all_different(const std::vector<std::string_view>& names) {
    if (names.size() <= kFewAttributes) {
        for (auto i = names.begin(); i != names.end(); ++i) {
            if (std::find(names.begin(), i, *i) != i) return false;
        }
        return true;
    }
    return std::unordered_set<std::string_view>(names.begin(), names.end()).size() == names.size();
}

// XML 1.0 §2.2
bool is_xml_character(std::uint32_t code) noexcept {
    if (code < 0x20) return code == '\t' || code == '\n' || code == '\r';
    return code <= 0xD7FF || (code >= 0xE000 && code <= 0xFFFD) ||
           (code >= 0x10000 && code <= 0x10FFFF);
}

// Elements with a prefix that hold others and no text; what the rest holds may be a text.
bool holds_elements_only(std::string_view name) noexcept {
    return is_frame_name(name) || is_container_name(name) || name == "itunes:owner" ||
           name == "media:group";
}

// As starts_with; with a `what` known to the compiler it comes down to comparing numbers.
bool begins(std::string_view text, std::string_view what) noexcept {
    return text.size() >= what.size() && std::equal(what.begin(), what.end(), text.begin());
}

bool begins_with_predefined_entity(std::string_view text) noexcept {
    return begins(text, "lt;") || begins(text, "gt;") || begins(text, "amp;") ||
           begins(text, "quot;") || begins(text, "apos;");
}

class Scanner {
  public:
    Scanner(std::string_view text, int max_depth)
        : text_(text), max_depth_(static_cast<std::size_t>(max_depth)) {}

    Scan scan() {
        scan_.well_formed = document();
        return std::move(scan_);
    }

  private:
    struct Name {
        std::string_view whole;
        std::string_view prefix;
    };
    struct Open {
        std::string_view name;
        std::size_t bindings = 0;  // prefixes bound before it
        bool is_item = false;
    };

    [[nodiscard]] std::string_view rest() const { return text_.substr(at_); }
    [[nodiscard]] char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
    [[nodiscard]] bool looking_at(std::string_view what) const { return begins(rest(), what); }

    bool skip_space() {
        const std::size_t start = at_;
        while (at_ < text_.size() && is_space(text_[at_]))
            ++at_;
        return at_ > start;
    }

    bool skip_past(std::string_view end) {
        const std::size_t found = text_.find(end, at_);
        if (found == text_.npos) return false;
        at_ = found + end.size();
        return true;
    }

    bool document() {
        if (looking_at("<?xml") && at_ + 5 < text_.size() && is_space(text_[5]) && !declaration())
            return false;
        bool rooted = false;
        bool typed = false;
        for (;;) {
            skip_space();
            if (at_ == text_.size()) return rooted;
            if (looking_at("<!--")) {
                if (!comment()) return false;
            } else if (looking_at("<?")) {
                if (!instruction()) return false;
            } else if (starts_doctype(rest())) {
                if (typed || rooted || !doctype()) return false;
                typed = true;
            } else {
                if (rooted || !element()) return false;
                rooted = true;
            }
        }
    }

    bool declaration() {
        const std::size_t end = text_.find("?>");
        if (end == text_.npos) return false;
        const std::string_view inside = text_.substr(5, end - 5);
        at_ = end + 2;
        return inside.find('<') == inside.npos && inside.find("version") != inside.npos;
    }

    bool doctype() {
        scan_.doctype = read_doctype(rest());
        at_ += scan_.doctype.length;
        return scan_.doctype.well_formed;
    }

    bool comment() {  // §2.5: no "--" inside
        at_ += 4;
        return skip_past("--") && peek() == '>' && ++at_ > 0;
    }

    bool instruction() {  // §2.6: the target "xml" is reserved
        at_ += 2;
        const std::string_view target = rest().substr(0, name_length(rest()));
        if (target.empty() || iequals(target, "xml")) return false;
        at_ += target.size();
        if (!is_space(peek()) && !looking_at("?>")) return false;
        return skip_past("?>");
    }

    bool element() {  // the root, with all that is in it
        if (!start_tag()) return false;
        while (!open_.empty()) {
            if (!character_data() || at_ == text_.size() || !markup()) return false;
        }
        return true;
    }

    bool markup() {  // what begins with the '<' at which we are
        switch (at_ + 1 < text_.size() ? text_[at_ + 1] : '\0') {
            case '/':
                return end_tag();
            case '?':
                return instruction();
            case '!':
                if (looking_at("<!--")) return comment();
                return looking_at("<![CDATA[") && skip_past("]]>");
            default:
                return start_tag();
        }
    }

    bool character_data() {
        const std::size_t start = at_;
        const bool space = skip_space();
        if (peek() == '<') {  // between two tags
            if (space && !scan_.spaced) scan_.spaced = parts_text(start);
            return true;
        }
        const std::size_t end = std::min(text_.find('<', at_), text_.size());
        const std::string_view data = text_.substr(at_, end - at_);
        at_ = end;
        return data.find("]]>") == data.npos && references(data);  // §2.4
    }

    // The white space from `start` to here, between two tags.
    [[nodiscard]] bool parts_text(std::size_t start) const {
        const auto holds_fields = [](const Open& element) {
            return element.is_item || holds_elements_only(element.name);
        };
        if (holds_fields(open_.back())) return false;
        const bool is_field = open_.size() < 2 || holds_fields(open_[open_.size() - 2]);
        const bool at_end = start == content_begin_ || looking_at("</");
        return !(is_field && at_end);  // the text of a field is trimmed
    }

    bool references(std::string_view data) {
        for (std::size_t at = data.find('&'); at != data.npos; at = data.find('&', at + 1)) {
            const std::string_view reference = data.substr(at + 1);
            if (begins_with_predefined_entity(reference)) continue;
            const bool good =
                reference.starts_with('#') ? number(reference.substr(1)) : entity(reference);
            if (!good) return false;
        }
        return true;
    }

    bool number(std::string_view digits) {
        const bool hex = digits.starts_with('x');
        if (hex) digits.remove_prefix(1);
        std::uint32_t code = 0;
        std::size_t length = 0;
        for (; length < digits.size() && code <= 0x10FFFF; ++length) {
            const char c = to_lower(digits[length]);
            if (is_digit(c)) {
                code = code * (hex ? 16U : 10U) + static_cast<std::uint32_t>(c - '0');
            } else if (hex && c >= 'a' && c <= 'f') {
                code = code * 16U + static_cast<std::uint32_t>(c - 'a') + 10U;
            } else {
                break;
            }
        }
        if (code >= 0x80 && code <= 0x9F) scan_.plain = false;
        return length > 0 && length < digits.size() && digits[length] == ';' &&
               is_xml_character(code);
    }

    bool entity(std::string_view reference) {
        const std::string_view name = reference.substr(0, name_length(reference));
        if (name.empty() || !reference.substr(name.size()).starts_with(';')) return false;
        scan_.plain = false;
        return scan_.doctype.external || scan_.doctype.entities.contains(name);
    }

    bool start_tag() {
        ++at_;
        const Name name = take_name();
        if (name.whole.empty()) return false;
        const std::size_t bindings = bound_.size();
        if (peek() != '>' && !attributes()) return false;
        if (!known_prefix(name.prefix)) return false;
        open(name, bindings);
        if (peek() == '/') {
            at_ += 2;
            close();
        } else {
            content_begin_ = ++at_;
        }
        return true;
    }

    // Up to the end of the tag, which is then what we look at.
    bool attributes() {
        attributes_.clear();
        for (;;) {
            const bool space = skip_space();
            if (peek() == '>' || looking_at("/>")) break;
            if (!space || !attribute()) return false;
        }
        return all_different(attributes_) &&
               std::all_of(attributes_.begin(), attributes_.end(), [this](std::string_view name) {
                   const std::string_view prefix = prefix_of(name);
                   return prefix == "xmlns" || known_prefix(prefix);
               });
    }

    void open(const Name& name, std::size_t bindings) {
        // A local name of four or five letters, else a look at it is not worth the while.
        const std::size_t local = name.whole.size() - name.prefix.size();
        const bool is_item = local >= 4 && local <= 6 && is_item_name(name.whole);
        open_.push_back({.name = name.whole, .bindings = bindings, .is_item = is_item});
        if (open_.size() > max_depth_) scan_.plain = false;
        if (is_item && items_open_++ > 0) scan_.plain = false;
    }

    void close() {
        if (open_.back().is_item) --items_open_;
        for (; bound_.size() > open_.back().bindings; bound_.pop_back())
            --in_scope_[bound_.back()];
        open_.pop_back();
    }

    // Namespaces §4: at most one colon, inside. `whole` empty: no name, or not such a one.
    Name take_name() {
        const std::string_view whole = rest().substr(0, name_length(rest()));
        at_ += whole.size();
        const std::string_view prefix = prefix_of(whole);
        if (whole.size() == prefix.size()) return {};
        if (prefix.empty() && !whole.starts_with(':')) return {.whole = whole, .prefix = {}};
        const std::string_view local = whole.substr(prefix.size() + 1);
        if (prefix.empty() || local.empty() || name_length(local) != local.size() ||
            local.find(':') != local.npos) {
            return {};
        }
        return {.whole = whole, .prefix = prefix};
    }

    bool attribute() {
        const std::string_view name = take_name().whole;
        if (name.empty()) return false;
        attributes_.push_back(name);
        skip_space();
        if (peek() != '=') return false;
        ++at_;
        skip_space();
        const char quote = peek();
        if (quote != '"' && quote != '\'') return false;
        const std::size_t end = text_.find(quote, at_ + 1);
        if (end == text_.npos) return false;
        const std::string_view value = text_.substr(at_ + 1, end - at_ - 1);
        at_ = end + 1;
        if (name.starts_with("xmlns:")) {
            if (value.empty()) return false;  // Namespaces §5: only the default can be unbound
            bound_.push_back(name.substr(6));
            ++in_scope_[name.substr(6)];
        }
        return value.find('<') == value.npos && references(value);
    }

    [[nodiscard]] bool known_prefix(std::string_view prefix) const {
        if (prefix.empty() || prefix == "xml") return true;
        const auto found = in_scope_.find(prefix);
        return found != in_scope_.end() && found->second > 0;
    }

    bool end_tag() {
        at_ += 2;
        const std::string_view name = open_.back().name;
        if (!looking_at(name)) return false;
        at_ += name.size();
        skip_space();
        if (peek() != '>') return false;
        ++at_;
        close();
        return true;
    }

    std::string_view text_;
    std::size_t max_depth_;
    std::size_t at_ = 0;
    std::size_t content_begin_ = 0;  // behind the last start tag
    int items_open_ = 0;
    std::vector<Open> open_;
    std::vector<std::string_view> attributes_;  // of the tag that is being read
    std::vector<std::string_view> bound_;       // prefixes, innermost last
    std::unordered_map<std::string_view, int> in_scope_;
    Scan scan_;
};

}  // namespace

Scan scan_xml(std::string_view text, int max_depth) {
    return Scanner(text, max_depth).scan();
}

}  // namespace feedd
