#include "parse/feed_root.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "base/text.h"
#include "parse/namespaces.h"

namespace feedd {

namespace {

std::string_view local_name(pugi::xml_node node) noexcept {
    const std::string_view name = node.name();
    const auto colon = name.find(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

std::string_view prefix_of(pugi::xml_node node) noexcept {
    const std::string_view name = node.name();
    const auto colon = name.find(':');
    return colon == std::string_view::npos ? std::string_view{} : name.substr(0, colon);
}

bool named(pugi::xml_node node, std::string_view name) noexcept {
    return node.type() == pugi::node_element && iequals(local_name(node), name);
}

pugi::xml_node child_named(pugi::xml_node parent, std::string_view name) noexcept {
    for (pugi::xml_node node = parent.first_child(); node; node = node.next_sibling()) {
        if (named(node, name)) return node;
    }
    return {};
}

// The URI of the element's own namespace as it or an ancestor declares it; "" if none does.
std::string_view uri_of(pugi::xml_node node) {
    std::string declaration = "xmlns";
    if (const auto prefix = prefix_of(node); !prefix.empty())
        declaration.append(":").append(prefix);
    for (pugi::xml_node at = node; at; at = at.parent()) {
        if (const auto found = at.attribute(declaration.c_str())) return found.value();
    }
    return {};
}

Format version_of_rss(pugi::xml_node rss) {
    std::string_view version;
    for (const pugi::xml_attribute at : rss.attributes()) {
        if (iequals(at.name(), "version")) version = trim(at.value());
    }
    if (version.starts_with("0.91")) return Format::rss091;
    if (version.starts_with("0.92")) return Format::rss092;
    if (version.starts_with("0.93")) return Format::rss093;
    if (version.starts_with("0.94")) return Format::rss094;
    if (version == "2" || version.starts_with("2.")) return Format::rss20;
    return Format::rss;
}

Format version_of_atom(pugi::xml_node feed) {
    const std::string uri = lower(trim(uri_of(feed)));
    if (uri.find("2005/atom") != std::string::npos) return Format::atom10;
    const std::string_view version = trim(feed.attribute("version").value());
    if (version.starts_with("0.")) return Format::atom03;
    // The names of Atom before it was 1.0.
    const bool old = namespace_of_uri(uri) == Ns::atom;
    return old ? Format::atom03 : Format::atom10;
}

// The version that a namespace of RSS in RDF stands for.
std::optional<Format> version_of_uri(std::string_view uri) {
    if (namespace_of_uri(uri) != Ns::rss) return std::nullopt;
    const bool old = lower(uri).find("rdf/simple/0.9") != std::string::npos;
    return old ? Format::rss090 : Format::rss10;
}

// RSS 0.90 and 1.0; other RDF (a person, a licence) has no channel or item of theirs.
std::optional<FeedRoot> rdf_feed(pugi::xml_node rdf) {
    for (pugi::xml_node node = rdf.first_child(); node; node = node.next_sibling()) {
        if (!named(node, "channel") && !named(node, "item")) continue;
        return FeedRoot{rdf, version_of_uri(uri_of(node)).value_or(Format::rss10)};
    }
    // Without either, only what declares RSS is an empty feed.
    for (const pugi::xml_attribute at : rdf.attributes()) {
        if (!std::string_view(at.name()).starts_with("xmlns")) continue;
        if (const auto version = version_of_uri(at.value())) return FeedRoot{rdf, *version};
    }
    return std::nullopt;
}

// A <channel> alone: CDF, or RSS that lost its root.
FeedRoot bare_channel(pugi::xml_node channel) {
    for (pugi::xml_node node = channel.first_child(); node; node = node.next_sibling()) {
        for (pugi::xml_node inner = node.first_child(); named(node, "item") && inner;
             inner = inner.next_sibling()) {
            if (named(inner, "link") || named(inner, "description") || named(inner, "guid")) {
                return {channel, Format::rss};
            }
        }
        if (named(node, "link") || named(node, "description")) return {channel, Format::rss};
    }
    return {channel, Format::cdf};
}

// What mentions feeds, or makes them, and is none.
bool is_no_feed(pugi::xml_node root) noexcept {
    static constexpr std::array<std::string_view, 11> kOthers = {
        "opml",       "kml",       "service", "categories", "opensearchdescription",
        "stylesheet", "transform", "urlset",  "svg",        "sitemapindex",
        "workspace"};
    return std::any_of(kOthers.begin(), kOthers.end(),
                       [&](std::string_view name) { return iequals(local_name(root), name); });
}

bool is_page(pugi::xml_node node) noexcept {
    return named(node, "html") || named(node, "body") || named(node, "head");
}

bool is_called_item(pugi::xml_node node) noexcept {
    return named(node, "item") || named(node, "entry");
}

// Whether it has so many of the fields that items of feeds have.
bool has_fields(pugi::xml_node node, int enough) noexcept {
    static constexpr std::array<std::string_view, 11> kFields = {
        "title",   "link",    "description", "guid",    "id",     "pubdate",
        "summary", "content", "updated",     "encoded", "creator"};
    int found = 0;
    for (const std::string_view field : kFields) {
        if (child_named(node, field) && ++found == enough) return true;
    }
    return false;
}

// An item of a feed has two at least; what else is called an item has none.
bool is_feed_item(pugi::xml_node node) noexcept {
    constexpr int kEnough = 2;
    return is_called_item(node) && has_fields(node, kEnough);
}

// As the root of a document it needs no more.
bool is_lone_item(pugi::xml_node node) noexcept {
    return is_called_item(node) && has_fields(node, 1);
}

// Holds something, and nobody says that it is no feed's.
bool is_item_of_remains(pugi::xml_node node) noexcept {
    return is_called_item(node) &&
           node.find_child([](pugi::xml_node inner) { return inner.type() == pugi::node_element; });
}

using IsItem = bool (*)(pugi::xml_node) noexcept;

pugi::xml_node first_item(pugi::xml_node parent, IsItem is_item) noexcept {
    for (pugi::xml_node node = parent.first_child(); node; node = node.next_sibling()) {
        if (is_item(node)) return node;
    }
    return {};
}

pugi::xml_node first_feed_item(pugi::xml_node parent) noexcept {
    return first_item(parent, is_feed_item);
}

// Whether there is an item in a feed's root: pages, which may show the markup of feeds, have none.
bool has_items(pugi::xml_node root, IsItem is_item = is_feed_item) noexcept {
    for (pugi::xml_node node = root.first_child(); node; node = node.next_sibling()) {
        if (is_item(node)) return true;
        if (named(node, "channel") && first_item(node, is_item)) return true;
    }
    return false;
}

bool is_inside(pugi::xml_node inner, pugi::xml_node outer) noexcept {
    for (; inner; inner = inner.parent()) {
        if (inner == outer) return true;
    }
    return false;
}

// What a search may go through; the tree bounds the depth too, and tighter if it is so configured.
constexpr int kDeepest = 64;

// A <feed> by its namespace, or by its items where it has lost it.
bool is_atom_feed(pugi::xml_node node) {
    if (!named(node, "feed")) return false;
    const std::string_view uri = uri_of(node);
    return namespace_of_uri(uri) == Ns::atom || (uri.empty() && has_items(node));
}

// Feeds inside another element: an envelope, an export, a page that a browser saved. Only what
// cannot be anything else.
void find_wrapped(pugi::xml_node outer, bool in_page, int depth, std::vector<FeedRoot>& feeds) {
    if (depth > kDeepest) return;
    for (pugi::xml_node node = outer.first_child(); node; node = node.next_sibling()) {
        if (node.type() != pugi::node_element || is_no_feed(node)) continue;
        const bool named_so = named(node, "rss") || named(node, "rdf") || is_atom_feed(node);
        std::optional<FeedRoot> feed;
        if (named_so && (!in_page || has_items(node, is_item_of_remains))) feed = as_feed(node);
        const bool holds_items =
            named(node, "channel") && (in_page ? first_feed_item(node) : child_named(node, "item"));
        if (!feed && holds_items) feed = bare_channel(node);
        if (feed) {
            feeds.push_back(*feed);
        } else {
            find_wrapped(node, in_page || is_page(node), depth + 1, feeds);
        }
    }
}

// The format that items without a feed around them can be of.
Format format_of_item(pugi::xml_node item) noexcept {
    if (named(item, "entry")) return Format::atom10;
    return item.attribute("rdf:about") ? Format::rss10 : Format::rss;
}

// The elements that items stand in, whatever they are called, or the document.
class ItemSearch {
  public:
    explicit ItemSearch(IsItem is_item) : is_item_(is_item) {}

    // `in_page`: a page may show an item's markup; only several are a feed's.
    void search(pugi::xml_node outer, bool in_page = false, int depth = 0) {
        if (depth > kDeepest) return;
        in_page = in_page || is_page(outer);
        const pugi::xml_node item = first_item(outer, is_item_);
        if (item && (!in_page || has_another(item))) {
            parents.push_back({outer, format_of_item(item)});
            return;
        }
        for (pugi::xml_node node = outer.first_child(); node; node = node.next_sibling()) {
            if (node.type() == pugi::node_element && !is_no_feed(node))
                search(node, in_page, depth + 1);
        }
    }

    std::vector<FeedRoot> parents;

  private:
    [[nodiscard]] bool has_another(pugi::xml_node item) const noexcept {
        for (pugi::xml_node node = item.next_sibling(); node; node = node.next_sibling()) {
            if (is_item_(node)) return true;
        }
        return false;
    }

    IsItem is_item_;
};

// Repaired documents may have several roots: what a server printed before the feed is one, and a
// second feed after the first another. Items beside feeds are feeds too.
std::vector<FeedRoot> top_level_feeds(const pugi::xml_document& tree) {
    std::vector<FeedRoot> feeds;
    bool found = false;
    for (pugi::xml_node root = tree.first_child(); root; root = root.next_sibling()) {
        if (root.type() != pugi::node_element) continue;
        if (auto feed = as_feed(root)) {
            feeds.push_back(*feed);
            found = true;
        } else if (named(root, "channel")) {
            feeds.push_back(bare_channel(root));
            found = true;
        } else if (named(root, "entry") && namespace_of_uri(uri_of(root)) == Ns::atom) {
            feeds.push_back({root, version_of_atom(root)});  // an entry document (RFC 4287 §2)
            found = true;
        } else if (is_feed_item(root)) {
            feeds.push_back({root, format_of_item(root)});
        } else if (!is_no_feed(root) && !is_page(root)) {
            ItemSearch items(is_feed_item);  // a feed whose root has another name
            items.search(root);
            feeds.insert(feeds.end(), items.parents.begin(), items.parents.end());
        }
    }
    if (!found) feeds.clear();
    return feeds;
}

}  // namespace

std::optional<FeedRoot> as_feed(pugi::xml_node node) {
    if (named(node, "rss")) return FeedRoot{node, version_of_rss(node)};
    if (named(node, "rdf")) return rdf_feed(node);
    if (named(node, "feed")) return FeedRoot{node, version_of_atom(node)};
    return std::nullopt;
}

std::vector<FeedRoot> find_feed_roots(const pugi::xml_document& tree) {
    std::vector<FeedRoot> feeds = top_level_feeds(tree);
    if (feeds.empty()) find_wrapped(tree.root(), false, 0, feeds);
    if (feeds.size() > 1 || (!feeds.empty() && has_items(feeds.front().node))) return feeds;
    // The feed may have been closed before its items, or have lost its root.
    ItemSearch items(is_feed_item);
    items.search(tree.root());
    if (items.parents.empty() && feeds.empty()) {
        if (const pugi::xml_node item = first_item(tree.root(), is_lone_item))
            return {{tree.root(), format_of_item(item)}};
    }
    if (items.parents.empty()) return feeds;
    if (!feeds.empty() && is_inside(items.parents.front().node, feeds.front().node)) return feeds;
    return std::move(items.parents);
}

std::vector<FeedRoot> find_remains(const pugi::xml_document& tree) {
    ItemSearch items(is_item_of_remains);
    items.search(tree.root());
    return std::move(items.parents);
}

}  // namespace feedd
