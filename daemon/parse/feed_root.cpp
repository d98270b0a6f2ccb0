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

std::optional<FeedRoot> as_feed(pugi::xml_node node) {
    if (named(node, "rss")) return FeedRoot{node, version_of_rss(node)};
    if (named(node, "rdf")) return rdf_feed(node);
    if (named(node, "feed")) return FeedRoot{node, version_of_atom(node)};
    return std::nullopt;
}

bool is_no_feed(pugi::xml_node root) noexcept {
    static constexpr std::array<std::string_view, 14> kOthers = {
        "html",       "opml",      "kml",    "service", "categories",   "opensearchdescription",
        "stylesheet", "transform", "urlset", "svg",     "sitemapindex", "body",
        "workspace",  "head"};
    return std::any_of(kOthers.begin(), kOthers.end(),
                       [&](std::string_view name) { return iequals(local_name(root), name); });
}

// A feed inside another element (an envelope, an export). Only what cannot be anything else.
std::optional<FeedRoot> find_wrapped(pugi::xml_node outer, int depth) {
    constexpr int kDeepest = 4;
    if (depth > kDeepest) return std::nullopt;
    for (pugi::xml_node node = outer.first_child(); node; node = node.next_sibling()) {
        if (node.type() != pugi::node_element || is_no_feed(node)) continue;
        const bool named_so = named(node, "rss") || named(node, "rdf") ||
                              (named(node, "feed") && namespace_of_uri(uri_of(node)) == Ns::atom);
        if (named_so) {
            if (auto feed = as_feed(node)) return feed;
        }
        if (named(node, "channel") && child_named(node, "item")) return bare_channel(node);
        if (auto feed = find_wrapped(node, depth + 1)) return feed;
    }
    return std::nullopt;
}

}  // namespace

std::optional<FeedRoot> find_feed_root(const pugi::xml_document& tree) {
    // Repaired documents may have several roots: what a server printed before the feed is one.
    for (pugi::xml_node root = tree.first_child(); root; root = root.next_sibling()) {
        if (root.type() != pugi::node_element) continue;
        if (auto feed = as_feed(root)) return feed;
        if (named(root, "channel")) return bare_channel(root);
        // An entry document (RFC 4287 §2) is a feed of one.
        if (named(root, "entry") && namespace_of_uri(uri_of(root)) == Ns::atom) {
            return FeedRoot{root, version_of_atom(root)};
        }
    }
    for (pugi::xml_node root = tree.first_child(); root; root = root.next_sibling()) {
        if (root.type() != pugi::node_element || is_no_feed(root)) continue;
        if (auto feed = find_wrapped(root, 0)) return feed;
    }
    return std::nullopt;
}

}  // namespace feedd
