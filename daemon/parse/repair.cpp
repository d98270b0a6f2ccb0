#include "parse/repair.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <unordered_set>

#include "base/text.h"
#include "parse/open_tags.h"
#include "parse/references.h"
#include "parse/vocabulary.h"
#include "parse/xml_names.h"
#include "parse/xml_tokens.h"

namespace feedd {

namespace {

constexpr std::size_t kNone = OpenTags::kNone;

// Unlike CDF's, whose channels nest.
bool holds_channels(std::string_view root) {
    return iequals(local_of(root), "rss") || iequals(local_of(root), "rdf");
}

class TreeBuilder {
  public:
    TreeBuilder(pugi::xml_document& tree, References& references, bool well_formed, int max_depth)
        : tree_(tree),
          references_(references),
          guessing_(!well_formed),
          max_depth_(static_cast<std::size_t>(std::max(max_depth, 1))),
          open_(guessing_) {}

    [[nodiscard]] std::string_view innermost() const {
        return open_.empty() || overflow_ > 0 ? std::string_view{} : open_.name(open_.size() - 1);
    }

    void text(std::string_view raw) {
        if (!open_.empty()) references_.append(text_, raw);
    }

    void literal(std::string_view content) {
        if (open_.empty()) return;
        flush_text();
        open_.innermost().append_child(pugi::node_cdata).set_value(content.data(), content.size());
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
        open_.open(node, tag.text);
    }

    void end(std::string_view name) {
        flush_text();
        if (open_.empty()) return;
        if (overflow_ > 0) {
            const bool structural = is_item_name(name) || is_frame_name(name);
            const bool surfaces = structural && open_.ended_by_end_tag(name) != kNone;
            if (!surfaces) {
                --overflow_;
                return;
            }
        }
        if (name.empty()) {  // "</>"
            if (!is_item_name(innermost()) && !is_frame_name(innermost()))
                close_down_to(open_.size() - 1, true);
            return;
        }
        if (guessing_ && is_void_html_name(name) && !iequals(name, innermost())) return;
        const std::size_t at = open_.ended_by_end_tag(name);
        if (at == kNone || reaches_out_of_feed(name, at)) return;
        // Within an item, it stands in a text, or the item's own end is missing: what comes next
        // will tell.
        const bool too_early = guessing_ && is_frame_name(name) && open_.innermost_item() != kNone;
        if (!too_early) close_down_to(at, true);
        root_closed_ = root_closed_ || at == 0;
    }

    void finish() {
        flush_text();
        dissolve_strays(0);
    }
    [[nodiscard]] bool cut_short() const { return root_ && !root_closed_; }

  private:
    // "</body></html>", which a server has printed into the middle of the feed.
    [[nodiscard]] bool reaches_out_of_feed(std::string_view name, std::size_t at) const {
        if (!guessing_ || is_frame_name(name)) return false;
        const std::size_t frame = open_.innermost_frame();
        return frame != kNone && at < frame;
    }

    void flush_text() {
        if (!text_.empty() && !open_.empty()) {
            open_.innermost().append_child(pugi::node_pcdata).set_value(text_.data(), text_.size());
        }
        text_.clear();
    }

    // `by_end_tag`: the one at `at` has ended as it should, those inside of it have not.
    void close_down_to(std::size_t at, bool by_end_tag = false) {
        dissolve_strays(by_end_tag ? at + 1 : at);
        open_.close_from(at);
        overflow_ = 0;
        root_closed_ = root_closed_ || open_.empty();
    }

    // Of what is open from `at` on, nothing has its end tag. A start tag that only damage has made
    // has swallowed the fields behind it: they belong where it stands.
    void dissolve_strays(std::size_t at) {
        if (!guessing_) return;
        for (std::size_t i = open_.size(); i-- > at;) {
            if (!open_.swallows_fields(i)) continue;
            pugi::xml_node stray = open_.node(i);
            pugi::xml_node parent = stray.parent();
            while (pugi::xml_node child = stray.first_child())
                parent.insert_move_before(child, stray);
            parent.remove_child(stray);
        }
    }

    // Closes and opens what must be before `tag` can be put into the tree. False: it has no place.
    bool prepare(const XmlToken& tag) {
        if (open_.empty() && !prepare_top(tag)) return false;
        if (is_item_name(tag.text)) {
            close_item(tag.text);
        } else if (guessing_ && !open_.empty()) {
            if (is_frame_name(tag.text) && !prepare_frame(tag)) return false;
            if (open_.empty() || overflow_ > 0) return true;
            if (const std::size_t at = open_.ended_by_start_tag(tag.text); at != kNone)
                close_down_to(at);
        }
        return true;
    }

    // Outside of the root element. What is no feed's may be followed by a feed, or by items of one
    // that lost its beginning.
    bool prepare_top(const XmlToken& tag) {
        if (is_frame_name(root_.name())) {
            if (is_item_name(tag.text)) {
                open_.open(root_, root_.name());
                return true;
            }
            return is_root_name(tag.text);  // a second document
        }
        return !(guessing_ && is_noise_html_name(tag.text));
    }

    // A part of the frame inside of something open. False: it is to be passed over.
    bool prepare_frame(const XmlToken& tag) {
        const bool in_item = open_.innermost_item() != kNone;
        if (!is_root_name(tag.text)) {
            if (iequals(local_of(open_.name(0)), "feed")) return false;  // Atom has none
            if (!holds_channels(open_.name(0))) return true;
            if (in_item && channel_) return false;  // in a text
            close_down_to(1);                       // whatever stands before the channel
            return true;
        }
        const bool twice = iequals(tag.text, root_.name());
        if (!in_item && !twice) {
            close_fields();
            return true;
        }
        const bool begins_document = has_items_ && !tag.attributes.empty();
        if (begins_document) close_down_to(0);  // the first was cut off
        return begins_document;
    }

    // No field of a channel holds a part of the frame.
    void close_fields() {
        if (const std::size_t at = open_.innermost_frame(); at != kNone) close_down_to(at + 1);
    }

    // An item has begun: the one before has ended, and whatever of the frame was not closed.
    void close_item(std::string_view name) {
        has_items_ = true;
        if (const std::size_t at = open_.innermost_named(name); at != kNone) close_down_to(at);
        if (!guessing_) return;
        close_fields();
        // RSS whose channel was closed too early.
        if (open_.size() != 1 || !iequals(local_of(open_.name(0)), "rss")) return;
        if (channel_) open_.open(channel_, channel_.name());
    }

    pugi::xml_node append(const XmlToken& tag) {
        const bool top = open_.empty();
        pugi::xml_node node = top ? tree_.append_child(pugi::node_element)
                                  : open_.innermost().append_child(pugi::node_element);
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
        if (top) begin_root(node, tag.text);
        return node;
    }

    void begin_root(pugi::xml_node node, std::string_view name) {
        root_ = node;
        root_closed_ = false;
        channel_ = {};
        has_items_ = is_item_name(name);
        open_.ignore_prefix(iequals(local_of(name), "feed") ? prefix_of(name) : "");
    }

    pugi::xml_document& tree_;
    References& references_;
    bool guessing_;
    std::size_t max_depth_;
    OpenTags open_;
    std::size_t overflow_ = 0;  // open elements that are too deep to be in the tree
    pugi::xml_node root_;
    pugi::xml_node channel_;  // right under it
    bool has_items_ = false;
    bool root_closed_ = false;
    std::string text_;
    std::string value_;
    std::unordered_set<std::string_view> seen_;
};

}  // namespace

bool repair_xml(std::string_view text, bool well_formed, int max_depth, pugi::xml_document& tree) {
    XmlTokenizer tokens(text, well_formed);
    References references(tokens.doctype(), text.size());
    TreeBuilder builder(tree, references, well_formed, max_depth);
    while (const auto token = tokens.next(builder.innermost())) {
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
