#include "parse/repair.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "base/text.h"
#include "parse/references.h"
#include "parse/vocabulary.h"
#include "parse/xml_names.h"
#include "parse/xml_tokens.h"

namespace feedd {

namespace {

constexpr std::size_t kLongestMisspelling = 32;  // bytes; longer names are compared exactly
constexpr std::size_t kNone = static_cast<std::size_t>(-1);

// One letter wrong, or two in a long name; never in names so short that others are as near.
bool misspells(std::string_view written, std::string_view meant) {
    if (written.size() < 4 || meant.size() < 4) return false;
    if (written.size() > kLongestMisspelling || meant.size() > kLongestMisspelling) return false;
    if (to_lower(written.front()) != to_lower(meant.front())) return false;
    return edit_distance(lower(written), lower(meant)) <= (meant.size() >= 8 ? 2U : 1U);
}

class TreeBuilder {
  public:
    TreeBuilder(pugi::xml_document& tree, References& references, bool well_formed, int max_depth)
        : tree_(tree),
          references_(references),
          guessing_(!well_formed),
          max_depth_(static_cast<std::size_t>(std::max(max_depth, 1))) {}

    [[nodiscard]] std::string_view innermost() const {
        return open_.empty() || overflow_ > 0 ? std::string_view{} : open_.back().name;
    }
    // A second document has begun: nothing more is wanted.
    [[nodiscard]] bool finished() const { return finished_; }

    void text(std::string_view raw) {
        if (!open_.empty()) references_.append(text_, raw);
    }

    void literal(std::string_view content) {
        if (open_.empty()) return;
        flush_text();
        open_.back().node.append_child(pugi::node_cdata).set_value(content.data(), content.size());
    }

    void start(const XmlToken& tag) {
        flush_text();
        if (!prepare(tag)) return;
        if (open_.size() >= max_depth_) {
            if (!tag.empty) ++overflow_;
            return;
        }
        const pugi::xml_node node = append(tag);
        const bool is_void = guessing_ && is_void_html_name(tag.text);
        if (node == root_ && tag.empty) root_closed_ = true;
        if (tag.empty || is_void) return;
        if (open_.size() == 1 && iequals(local_of(tag.text), "channel")) channel_ = node;
        open(node, tag.text);
    }

    void end(std::string_view name) {
        flush_text();
        if (open_.empty()) return;
        if (overflow_ > 0) {
            const bool surfaces = is_structural(name) && match(name) != kNone;
            if (!surfaces) {
                --overflow_;
                return;
            }
        }
        if (name.empty()) {
            close_down_to(open_.size() - 1);
            return;
        }
        if (guessing_ && is_void_html_name(name) && !iequals(name, open_.back().name)) return;
        if (const std::size_t at = match(name); at != kNone) close_down_to(at);
    }

    void finish() { flush_text(); }
    [[nodiscard]] bool cut_short() const { return root_ && !root_closed_; }

  private:
    struct Open {
        std::string_view name;
        pugi::xml_node node;
        std::size_t key = 0;  // key_of(name)
        bool item = false;
    };

    // Equal for names that differ in case and prefix only: one comparison says that an end tag
    // has nothing in common with an open element.
    static std::size_t key_of(std::string_view name) {
        return std::hash<std::string>{}(lower(local_of(name)));
    }

    void open(pugi::xml_node node, std::string_view name) {
        open_.push_back({name, node, key_of(name), is_item_name(name)});
    }

    static bool is_structural(std::string_view name) {
        return is_item_name(name) || is_frame_name(name);
    }

    void flush_text() {
        if (!text_.empty() && !open_.empty()) {
            open_.back().node.append_child(pugi::node_pcdata).set_value(text_.data(), text_.size());
        }
        text_.clear();
    }

    void close_down_to(std::size_t at) {
        open_.resize(std::min(at, open_.size()));
        overflow_ = 0;
        root_closed_ = root_closed_ || open_.empty();
    }

    // Closes and opens what must be before `tag` can be put into the tree. False: it has no place.
    bool prepare(const XmlToken& tag) {
        if (open_.empty() && !prepare_top(tag)) return false;
        if (is_item_name(tag.text)) {
            close_item(tag.text);
        } else if (guessing_) {
            if (!open_.empty() && is_root_name(tag.text) && iequals(tag.text, root_.name())) {
                if (has_items_) finished_ = true;  // a second document, the first was cut off
                return false;
            }
            if (!open_.empty()) close_ended(tag.text);
        }
        return true;
    }

    // Outside of the root element.
    bool prepare_top(const XmlToken& tag) {
        if (!root_) return !(guessing_ && is_noise_html_name(tag.text));
        if (is_item_name(tag.text) && is_frame_name(root_.name())) {
            open(root_, root_.name());
            return true;
        }
        if (is_root_name(tag.text)) finished_ = true;
        return false;
    }

    // An item has begun: the one before has ended, and whatever of the frame was not closed.
    void close_item(std::string_view name) {
        has_items_ = true;
        for (std::size_t i = open_.size(); i-- > 0;) {
            if (!iequals(open_[i].name, name)) continue;
            close_down_to(i);
            break;
        }
        if (!guessing_) return;
        for (std::size_t i = open_.size(); i-- > 0;) {
            if (!is_frame_name(open_[i].name)) continue;
            close_down_to(i + 1);
            break;
        }
        // RSS whose channel was closed too early.
        if (open_.size() != 1 || !iequals(local_of(open_[0].name), "rss")) return;
        if (channel_) open(channel_, channel_.name());
    }

    // Whether element `i` stands right under an item or the frame.
    [[nodiscard]] bool is_field(std::size_t i) const {
        return i > 0 && is_structural(open_[i - 1].name) && is_text_field_name(open_[i].name);
    }

    // Elements that lack their end tag, and that `name` cannot be within.
    void close_ended(std::string_view name) {
        if (overflow_ > 0) return;
        const std::size_t top = open_.size() - 1;
        if (is_unmistakable_field_name(name)) {
            for (std::size_t i = open_.size(); i-- > 0 && !is_structural(open_[i].name);) {
                if (!is_field(i)) continue;
                close_down_to(i);
                return;
            }
            return;
        }
        const bool next_of_its_kind =
            is_self_ending_html_name(name) && iequals(open_[top].name, name);
        const bool next_field = is_text_field_name(name) && is_field(top);
        if (next_of_its_kind || next_field) close_down_to(top);
    }

    // The open element that an end tag ends; kNone: it is surplus. Only the end tags of items and
    // of the frame reach out of an item.
    [[nodiscard]] std::size_t match(std::string_view name) const {
        const std::size_t item = innermost_item();
        const bool confined = item != kNone && !is_structural(name);
        const std::size_t lowest = confined ? item : 0;
        if (const std::size_t at = nearest_alike(name, lowest); at != kNone) return at;
        if (!guessing_) return kNone;
        if (misspells(name, open_.back().name)) return open_.size() - 1;
        if (item == kNone) return kNone;
        return misspells(local_of(name), local_of(open_[item].name)) ? item : kNone;
    }

    [[nodiscard]] std::size_t innermost_item() const {
        for (std::size_t i = open_.size(); i-- > 0;) {
            if (open_[i].item) return i;
        }
        return kNone;
    }

    // The innermost open element of that name; else in another case; else with another prefix.
    [[nodiscard]] std::size_t nearest_alike(std::string_view name, std::size_t lowest) const {
        const std::size_t key = key_of(name);
        std::size_t same_letters = kNone;
        std::size_t same_local = kNone;
        for (std::size_t i = open_.size(); i-- > lowest;) {
            if (open_[i].key != key) continue;
            if (open_[i].name == name) return i;
            if (same_letters == kNone && iequals(open_[i].name, name)) same_letters = i;
            if (same_local == kNone) same_local = i;
        }
        if (!guessing_) return kNone;
        return same_letters != kNone ? same_letters : same_local;
    }

    pugi::xml_node append(const XmlToken& tag) {
        const bool top = open_.empty();
        pugi::xml_node node = top ? tree_.append_child(pugi::node_element)
                                  : open_.back().node.append_child(pugi::node_element);
        node.set_name(std::string(tag.text).c_str());
        seen_.clear();
        for (const XmlAttribute& attribute : tag.attributes) {
            if (!seen_.insert(attribute.name).second) continue;
            std::string raw(attribute.value);
            std::replace_if(raw.begin(), raw.end(), is_space, ' ');  // XML 1.0 §3.3.3
            value_.clear();
            references_.append(value_, raw);
            pugi::xml_attribute added = node.append_attribute(std::string(attribute.name).c_str());
            added.set_value(value_.data(), value_.size());
        }
        if (top) root_ = node;
        return node;
    }

    pugi::xml_document& tree_;
    References& references_;
    bool guessing_;
    std::size_t max_depth_;
    std::vector<Open> open_;
    std::size_t overflow_ = 0;  // open elements that are too deep to be in the tree
    pugi::xml_node root_;
    pugi::xml_node channel_;  // right under it
    bool has_items_ = false;
    bool root_closed_ = false;
    bool finished_ = false;
    std::string text_;
    std::string value_;
    std::unordered_set<std::string_view> seen_;
};

}  // namespace

bool repair_xml(std::string_view text, bool well_formed, int max_depth, pugi::xml_document& tree) {
    XmlTokenizer tokens(text, well_formed);
    References references(tokens.doctype(), text.size());
    TreeBuilder builder(tree, references, well_formed, max_depth);
    while (!builder.finished()) {
        const auto token = tokens.next(builder.innermost());
        if (!token) break;
        switch (token->kind) {
            case XmlToken::Kind::text:
                builder.text(token->text);
                break;
            case XmlToken::Kind::literal:
                builder.literal(token->text);
                break;
            case XmlToken::Kind::start:
                builder.start(*token);
                break;
            case XmlToken::Kind::end:
                builder.end(token->text);
                break;
            case XmlToken::Kind::skipped:
                break;
        }
    }
    builder.finish();
    return !builder.cut_short();
}

}  // namespace feedd
