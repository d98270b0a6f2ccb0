#include "parse/wellformed.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "base/text.h"
#include "parse/strict_text.h"
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

// Elements with a prefix that hold others and no text; what the rest holds may be a text.
bool holds_elements_only(std::string_view name) noexcept {
    return is_frame_name(name) || is_container_name(name) || name == "itunes:owner" ||
           name == "media:group";
}

class Scanner {
  public:
    Scanner(std::string_view text, int max_depth, StrictTree& tree, ItemTaker* items)
        : text_(text),
          max_depth_(static_cast<std::size_t>(max_depth)),
          tree_(tree),
          items_(items) {}

    Scan scan() {
        scan_.well_formed = document();
        scan_.plain = scan_.plain && values_.plain();
        return std::move(scan_);
    }

  private:
    struct Name {
        std::string_view whole;
        std::string_view prefix;
    };
    // A start tag of which more are likely to come.
    struct Tag {
        Name name;
        std::string written;
        const int* bindings = nullptr;  // of its prefix that are in scope; null: it needs none
        bool is_item = false;
        bool holds_fields = false;
        std::array<std::size_t, 2> next{};  // the tags that followed it last, the very last first
    };
    struct Open {
        std::string_view name;
        std::size_t bindings = 0;  // prefixes bound before it
        bool is_item = false;
        bool holds_fields = false;
    };

    [[nodiscard]] std::string_view rest() const { return text_.substr(at_); }
    [[nodiscard]] char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
    [[nodiscard]] bool looking_at(std::string_view what) const { return begins(rest(), what); }

    bool skip_space() {
        std::size_t end = at_;
        while (end < text_.size() && is_space(text_[end]))
            ++end;
        return std::exchange(at_, end) < end;
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

    // §2.8: in this order, and only the version must be there.
    bool declaration() {
        at_ = 5;
        bool space = false;
        for (const std::string_view name : {"version", "encoding", "standalone"}) {
            space = skip_space() || space;
            if (!looking_at(name)) {
                if (name == "version") return false;
                continue;
            }
            at_ += name.size();
            if (!space || !declared_value()) return false;
            space = false;
        }
        skip_space();
        if (!looking_at("?>")) return false;
        at_ += 2;
        return true;
    }

    bool declared_value() {
        const auto quoted = quoted_value();
        return quoted && !quoted->empty() && quoted->find('<') == quoted->npos;
    }

    // Behind a name: what stands in quotes behind the equals sign.
    std::optional<std::string_view> quoted_value() {
        skip_space();
        if (peek() != '=') return std::nullopt;
        ++at_;
        skip_space();
        const char quote = peek();
        if (quote != '"' && quote != '\'') return std::nullopt;
        const std::size_t end = text_.find(quote, at_ + 1);
        if (end == text_.npos) return std::nullopt;
        const std::string_view value = text_.substr(at_ + 1, end - at_ - 1);
        at_ = end + 1;
        return value;
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
                return literal();
            default:
                return start_tag();
        }
    }

    bool literal() {
        constexpr std::string_view kBegin = "<![CDATA[";
        constexpr std::string_view kEnd = "]]>";
        if (!looking_at(kBegin)) return false;
        const std::size_t start = at_ + kBegin.size();
        if (!skip_past(kEnd)) return false;
        tree_.literal(text_.substr(start, at_ - kEnd.size() - start));
        return true;
    }

    bool character_data() {
        const std::size_t start = at_;
        const bool space = skip_space();
        if (peek() == '<') return !space || white_space(start);  // between two tags
        at_ = start;
        const auto said = values_.content(text_, at_);
        if (!said) return false;
        tree_.text(*said);
        return true;
    }

    // From `start` to here.
    bool white_space(std::size_t start) {
        if (tree_.keeps_spaces()) {
            tree_.text(text_.substr(start, at_ - start));
            return true;
        }
        scan_.spaced = parts_text(start);
        return !scan_.spaced;
    }

    [[nodiscard]] bool parts_text(std::size_t start) const {
        if (open_.back().holds_fields) return false;
        const bool is_field = open_.size() < 2 || open_[open_.size() - 2].holds_fields;
        const bool at_end = start == content_begin_ || looking_at("</");
        return !(is_field && at_end);  // the text of a field is trimmed
    }

    bool start_tag() {
        ++at_;
        const Tag& tag = take_tag();
        if (tag.name.whole.empty()) return false;
        const std::size_t bindings = bound_.size();
        tree_.start(tag.written);
        if (peek() != '>' && !attributes()) return false;
        tree_.end_attributes();
        if (tag.bindings != nullptr && *tag.bindings == 0) return false;
        open(tag, bindings);
        if (peek() == '/') {
            at_ += 2;
            close();
        } else {
            content_begin_ = ++at_;
        }
        return true;
    }

    // Items are like each other: what has followed a tag is likely to do so again.
    const Tag& take_tag() {
        for (const std::size_t guess : tags_[tag_].next) {
            const Tag& tag = tags_[guess];
            const std::size_t end = at_ + tag.written.size();
            const bool ends = end < text_.size() &&
                              (text_[end] == '>' || text_[end] == '/' || is_space(text_[end]));
            if (ends && looking_at(tag.written)) {
                at_ = end;
                note(guess);
                return tag;
            }
        }
        const Name name = take_name();
        const auto known = std::find_if(tags_.begin(), tags_.end(), [&](const Tag& tag) {
            return tag.name.whole == name.whole;
        });
        if (known != tags_.end()) {
            note(static_cast<std::size_t>(known - tags_.begin()));
            return *known;
        }
        return new_tag(name);
    }

    void note(std::size_t tag) {
        auto& next = tags_[tag_].next;
        if (next[0] != tag) next = {tag, next[0]};
        tag_ = tag;
    }

    const Tag& new_tag(const Name& name) {
        constexpr std::size_t kMostTags = 40;
        const std::string_view local =
            name.prefix.empty() ? name.whole : name.whole.substr(name.prefix.size() + 1);
        const bool is_item = iequals(local, "item") || iequals(local, "entry");
        Tag tag{.name = name,
                .written = std::string(name.whole),
                .bindings = needs_binding(name.prefix) ? &in_scope_[name.prefix] : nullptr,
                .is_item = is_item,
                .holds_fields = is_item || holds_elements_only(name.whole)};
        if (tags_.size() == kMostTags) return rare_tag_ = std::move(tag);
        tags_.push_back(std::move(tag));
        note(tags_.size() - 1);
        return tags_.back();
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

    void open(const Tag& tag, std::size_t bindings) {
        open_.push_back({.name = tag.name.whole,
                         .bindings = bindings,
                         .is_item = tag.is_item,
                         .holds_fields = tag.holds_fields});
        const bool nested = tag.is_item && items_open_++ > 0;
        if (nested || open_.size() > max_depth_) {
            scan_.plain = false;
            tree_.abandon();
        }
    }

    void close() {
        const pugi::xml_node ended = tree_.end();
        if (open_.back().is_item) close_item(ended);
        for (; bound_.size() > open_.back().bindings; bound_.pop_back())
            --in_scope_[bound_.back()];
        open_.pop_back();
    }

    void close_item(pugi::xml_node item) {
        --items_open_;
        if (items_ == nullptr || !scan_.plain) return;
        const double read = static_cast<double>(at_) / static_cast<double>(text_.size());
        if (items_->take(item, read)) tree_.write_over(item);
    }

    // Namespaces §4: at most one colon, inside. `whole` empty: no name, or not such a one.
    Name take_name() {
        const std::string_view whole = text_.substr(at_, name_end(text_, at_) - at_);
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
        const auto written = quoted_value();
        if (!written) return false;
        const auto value = values_.attribute(*written);
        if (!value) return false;
        if (name.starts_with("xmlns:")) {
            if (written->empty()) return false;  // Namespaces §5: only the default can be unbound
            bound_.push_back(name.substr(6));
            ++in_scope_[name.substr(6)];
        }
        tree_.attribute(name, *value);
        return true;
    }

    static bool needs_binding(std::string_view prefix) {
        return !prefix.empty() && prefix != "xml";
    }
    [[nodiscard]] bool known_prefix(std::string_view prefix) const {
        if (!needs_binding(prefix)) return true;
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
    std::vector<Tag> tags_{1};  // the first one is before the root's
    std::size_t tag_ = 0;       // in `tags_`, of the last start tag
    Tag rare_tag_;
    std::vector<std::string_view> attributes_;  // of the tag that is being read
    std::vector<std::string_view> bound_;       // prefixes, innermost last
    std::unordered_map<std::string_view, int> in_scope_;
    StrictTree& tree_;
    ItemTaker* items_;
    Scan scan_;
    StrictText values_{scan_.doctype};
};

}  // namespace

Scan scan_xml(std::string_view text, int max_depth, StrictTree& tree, ItemTaker* items) {
    return Scanner(text, max_depth, tree, items).scan();
}

}  // namespace feedd
