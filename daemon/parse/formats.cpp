#include "parse/formats.h"

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

#include "base/text.h"
#include "base/url.h"
#include "parse/cdf.h"
#include "parse/dispatch.h"
#include "parse/feed_root.h"
#include "parse/rss.h"

namespace feedd {

namespace {

// Content-Language may name several: the first is the main one.
std::string header_language(std::string_view header) {
    return language_tag(header.substr(0, header.find(',')));
}

}  // namespace

class FeedReader {
  public:
    FeedReader(const FeedRoot& root, const ParseHints& hints, const ParseLimits& limits)
        : reading_(hints.base, root.format), hints_(hints), limits_(limits) {
        document_.format = root.format;
        root_ = reading_.root(root.node);
        note_language(root_);
    }

    // Once; of what read_item_in_frame has not read.
    Document read() {
        const Element& root = root_;
        reserve_items(root);
        if (is_item(root)) {
            read_item(root);
        } else if (iequals(root.name, "rss") || iequals(root.name, "rdf")) {
            read_envelope(root);
        } else {
            read_channel(root);
        }
        finish();
        return std::move(document_);
    }

    // What holds the items: the root or a channel in it. False: it is neither.
    bool enter(pugi::xml_node frame) {
        const bool is_root = frame == root_.node;
        const bool is_channel = frame.parent() == root_.node && iequals(frame.name(), "channel") &&
                                !iequals(root_.name, "feed");
        if (is_root) frame_ = root_;
        if (is_channel) frame_ = root_.child(frame);
        return is_root || is_channel;
    }

    // The next item of what was entered; `read` as in ItemTaker. False: it is none.
    bool read_item_in_frame(pugi::xml_node node, double read) {
        const Element item = frame_.child(node);
        if (!is_item(item)) return false;
        make_room(read);
        read_item(item);
        return true;
    }

  private:
    // Items are large: rather than to move them whenever the list has doubled, it gets as long as
    // it will be if all are like those so far.
    void make_room(double read) {
        constexpr std::size_t kFew = 8;
        constexpr std::size_t kSample = 64;
        constexpr double kReserve = 1.1;  // the last may be shorter than the others
        const std::size_t count = document_.items.size();
        if (count < document_.items.capacity()) return;
        const auto expected =
            static_cast<std::size_t>(static_cast<double>(count) / read * kReserve);
        const std::size_t room =
            count < kSample ? std::max(kFew, 2 * count) : std::max(expected, count + kSample);
        document_.items.reserve(std::min(room, std::max(limits_.max_items, count + 1)));
    }

    // Items are large: moving them whenever the list grows would cost more than counting them.
    void reserve_items(const Element& root) {
        std::size_t count = 0;
        const auto count_items = [&](pugi::xml_node parent) {
            for (pugi::xml_node node = parent.first_child(); node; node = node.next_sibling()) {
                const std::string_view name = node.name();
                if (iequals(name, "item") || iequals(name, "entry")) ++count;
            }
        };
        count_items(root.node);
        for (pugi::xml_node node = root.node.first_child(); node; node = node.next_sibling()) {
            if (iequals(node.name(), "channel")) count_items(node);
        }
        document_.items.reserve(document_.items.size() + std::min(count, limits_.max_items));
    }

    // <rss> and <rdf:RDF>: a channel, with its items inside or beside it; damaged ones have the
    // channel's elements directly.
    void read_envelope(const Element& root) {
        bool has_channel = false;
        for_children(root, [&](const Element& child) {
            has_channel = has_channel || iequals(child.name, "channel");
        });
        for_children(root, [&](const Element& child) {
            if (iequals(child.name, "channel")) {
                read_channel(child);
            } else if (is_item(child)) {
                read_item(child);
            } else if (iequals(child.name, "image")) {
                read_rss_image(child, feed_);
            } else if (!has_channel && find_row(child) == nullptr) {
                read_misnamed(child);
            } else if (!has_channel) {
                apply(child, feed_);
            }
        });
    }

    void read_channel(const Element& channel) {
        note_language(channel);
        if (document_.format == Format::cdf) {
            read_cdf_channel(reading_.rebased(channel, channel.attribute("base")));
            return;
        }
        if (feed_.id.empty() && document_.format == Format::rss10) {
            feed_.id = std::string(channel.attribute(Ns::rdf, "about"));
        }
        for_children(channel, [&](const Element& child) { read_channel_child(child); });
    }

    void read_cdf_channel(const Element& channel) {
        read_cdf_attributes(channel, feed_);
        for_children(channel, [&](const Element& child) { read_channel_child(child); });
    }

    void read_channel_child(const Element& child) {
        if (is_item(child)) {
            read_item(child);
        } else if (iequals(child.name, "channel")) {
            read_channel(child);  // CDF nests channels; the outermost comes first and wins
        } else if (find_row(child) == nullptr) {
            read_items_inside(child);
        } else {
            apply(child, feed_);
            take_strays(feed_, nullptr);
        }
    }

    // Elements of RSS itself are right inside <rss>, or in a <channel> that is spelt otherwise.
    void read_misnamed(const Element& element) {
        bool has_items = false;
        for_children(element,
                     [&](const Element& child) { has_items = has_items || is_item(child); });
        if (has_items) read_channel(element);
    }

    // Of an element that means nothing to us: something unclosed that stands before the items, or
    // a list that the publisher has put around them. The tree bounds the depth.
    void read_items_inside(const Element& element) {
        for_children(element, [&](const Element& child) {
            if (is_item(child)) {
                read_item(child);
            } else {
                read_items_inside(child);
            }
        });
    }

    // Items inside an item come after it. The tree bounds the depth.
    void read_item(const Element& element) {
        if (document_.items.size() >= limits_.max_items) {
            document_.truncated = true;
            return;
        }
        std::vector<Element> nested;
        read_fields(element, nested);
        for (const Element& inner : nested)
            read_item(inner);
    }

    void read_fields(const Element& element, std::vector<Element>& nested) {
        Draft draft(true);
        if (document_.format == Format::cdf) read_cdf_attributes(element, draft);
        for_children(element, [&](const Element& child) {
            if (const Row* row = find_row(child)) {
                if (row->of_item != nullptr) row->of_item(child, draft);
                if (!reading_.strays.empty()) take_strays(draft, &nested);
            } else if (is_item(child)) {
                nested.push_back(child);
            }
        });
        use_about(element, draft);
        const bool language_said = finish_item(draft, document_.items.emplace_back());
        inheriting_.push_back(!language_said);
    }

    // RSS 1.0 names its items by rdf:about, usually the address of the article; so are Atom's ids
    // where entries have no link.
    static void use_about(const Element& element, Draft& draft) {
        const bool named = !draft.id.empty();
        if (named && !(draft.url.empty() && element.reading->is_atom())) return;
        if (!named) draft.id = std::string(element.attribute(Ns::rdf, "about"));
        if (is_web_url(draft.id)) draft.url.offer(rank::kAbout, element.resolved(draft.id));
    }

    // What a missing end tag had put inside a text. `nested` null: of the channel.
    void take_strays(Draft& draft, std::vector<Element>* nested) {
        while (!reading_.strays.empty()) {
            const std::vector<Element> strays = std::exchange(reading_.strays, {});
            for (const Element& stray : strays) {
                if (!is_item(stray)) {
                    apply(stray, draft);
                } else if (nested != nullptr) {
                    nested->push_back(stray);
                } else {
                    read_item(stray);
                }
            }
        }
    }

    void note_language(const Element& element) {
        if (element.scope->language != nullptr && !element.scope->language->empty()) {
            feed_.language.offer(rank::kItunes, *element.scope->language);
        }
    }

    void finish() {
        document_.feed = finished_feed(feed_);
        if (document_.feed.language.empty()) {
            document_.feed.language = header_language(hints_.content_language);
        }
        for (std::size_t i = 0; i < document_.items.size(); ++i) {
            Item& item = document_.items[i];
            if (inheriting_[i]) item.language = document_.feed.language;
            inherit_authors(item);
        }
    }

    // RFC 4287 §4.2.1: an entry's own authors, else its source's, else the feed's. Of RSS, whose
    // managing editor is no author, the source's.
    void inherit_authors(Item& item) const {
        if (!item.authors.empty()) return;
        if (!item.source.empty()) item.authors = item.source.front().authors;
        if (item.authors.empty() && reading_.is_atom()) item.authors = document_.feed.authors;
    }

    Reading reading_;
    Element root_;
    Element frame_;
    const ParseHints& hints_;
    const ParseLimits& limits_;
    Document document_;
    Draft feed_{false};
    std::vector<bool> inheriting_;  // of each item: its language is the feed's
};

namespace {

// What follows the first document (a cached copy after one that was cut off, mostly) adds its
// items.
void append_items(Document& document, Document more, const ParseLimits& limits) {
    const std::size_t room = limits.max_items - std::min(limits.max_items, document.items.size());
    const std::size_t taken = std::min(room, more.items.size());
    document.truncated = document.truncated || more.truncated || taken < more.items.size();
    std::move(more.items.begin(), more.items.begin() + static_cast<std::ptrdiff_t>(taken),
              std::back_inserter(document.items));
}

}  // namespace

std::optional<Document> parse_xml_feed(const pugi::xml_document& tree, const ParseHints& hints,
                                       const ParseLimits& limits, bool remains) {
    const std::vector<FeedRoot> roots = remains ? find_remains(tree) : find_feed_roots(tree);
    if (roots.empty()) return std::nullopt;
    Document document = FeedReader(roots.front(), hints, limits).read();
    for (std::size_t i = 1; i < roots.size(); ++i) {
        append_items(document, FeedReader(roots[i], hints, limits).read(), limits);
    }
    return document;
}

FeedStream::FeedStream(const ParseHints& hints, const ParseLimits& limits)
    : hints_(hints), limits_(limits) {}

FeedStream::~FeedStream() = default;

// From the first item on that is not where the others were all stay in the tree: the order of the
// document is kept.
bool FeedStream::take(pugi::xml_node item, double read) {
    const pugi::xml_node parent = item.parent();
    refuses_ = refuses_ || (parent != frame_ && !enter(parent)) ||
               !reader_->read_item_in_frame(item, read);
    return !refuses_;
}

bool FeedStream::enter(pugi::xml_node frame) {
    if (reader_) return false;
    pugi::xml_node root = frame;
    while (root.parent().type() == pugi::node_element)
        root = root.parent();
    const auto feed = as_feed(root);
    if (!feed) return false;
    reader_ = std::make_unique<FeedReader>(*feed, hints_, limits_);
    frame_ = frame;
    return reader_->enter(frame);
}

void FeedStream::forget() {
    reader_.reset();
    frame_ = {};
    refuses_ = false;
}

std::optional<Document> FeedStream::document(const pugi::xml_document& tree) {
    if (!reader_) return parse_xml_feed(tree, hints_, limits_);
    return reader_->read();  // there is one root in what is in order
}

}  // namespace feedd
