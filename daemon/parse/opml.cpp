#include "parse/opml.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "parse/encoding.h"
#include "parse/not_feed.h"
#include "parse/xml.h"
#include "parse/xml_names.h"

namespace feedd {

namespace {

constexpr std::size_t kMostTags = 100;  // of a feed, likewise the list's own limit

// An attribute whatever its case and prefix, the first that says anything.
std::string_view attribute(pugi::xml_node node, std::string_view wanted) {
    for (const pugi::xml_attribute& each : node.attributes()) {
        const std::string_view value = each.value();
        if (iequals(local_of(each.name()), wanted) && !trim(value).empty()) return value;
    }
    return {};
}

std::string printable_line(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const CodePoint c = code_point_at(text, at);
        const bool control = c.value < 0x20 || (c.value >= 0x7F && c.value < 0xA0) ||
                             c.value == 0x2028 || c.value == 0x2029;
        if (control) out += ' ';
        if (!control) out += text.substr(at, c.length);
        at += c.length;
    }
    return std::string(trim(out));
}

std::string name_of(pugi::xml_node outline) {
    std::string name = printable_line(attribute(outline, "text"));
    return name.empty() ? printable_line(attribute(outline, "title")) : name;
}

// Of OPML 2.0 it is xmlUrl; "url" is what some programs write for it.
std::string_view address_of(pugi::xml_node outline) {
    const std::string_view address = attribute(outline, "xmlUrl");
    if (!address.empty()) return trim(address);
    const std::string_view type = trim(attribute(outline, "type"));
    const bool feed = iequals(type, "rss") || iequals(type, "atom");
    return feed ? trim(attribute(outline, "url")) : std::string_view{};
}

void add_tag(std::vector<std::string>& tags, std::string tag) {
    const bool known = std::find(tags.begin(), tags.end(), tag) != tags.end();
    if (!tag.empty() && !known && tags.size() < kMostTags) tags.push_back(std::move(tag));
}

// OPML 2.0: "comma-separated slash-delimited category strings"; one without a slash before it is a
// tag by itself, one with it has a tag on each of its levels.
void add_categories(std::vector<std::string>& tags, std::string_view categories) {
    for (const std::string_view category : split(categories, ',')) {
        if (!category.starts_with('/')) {
            add_tag(tags, printable_line(category));
            continue;
        }
        for (const std::string_view level : split(category, '/'))
            add_tag(tags, printable_line(level));
    }
}

class OutlineReader {
  public:
    explicit OutlineReader(Opml& opml) : opml_(opml) {}

    // The tree is no deeper than ParseLimits::max_depth.
    void read(pugi::xml_node parent) {
        for (const pugi::xml_node node : parent.children()) {
            if (node.type() != pugi::node_element) continue;
            const std::string_view name = local_of(node.name());
            if (iequals(name, "head")) {
                read_head(node);
            } else if (iequals(name, "outline")) {
                read_outline(node);
            } else {
                read(node);
            }
        }
    }

  private:
    void read_head(pugi::xml_node head) {
        for (const pugi::xml_node node : head.children()) {
            if (iequals(local_of(node.name()), "title"))
                opml_.title = printable_line(node.child_value());
        }
    }

    // A feed may have outlines below it where an end tag is missing: they are no part of it.
    void read_outline(pugi::xml_node outline) {
        std::string name = name_of(outline);
        const std::string_view address = address_of(outline);
        if (!address.empty()) {
            OpmlFeed feed{.url = std::string(address), .name = std::move(name), .tags = folders_};
            add_categories(feed.tags, attribute(outline, "category"));
            opml_.feeds.push_back(std::move(feed));
            read(outline);
            return;
        }
        const std::vector<std::string> around = folders_;
        add_tag(folders_, std::move(name));
        read(outline);
        folders_ = around;
    }

    Opml& opml_;
    std::vector<std::string> folders_;
};

}  // namespace

Result<Opml> read_opml(std::string_view bytes) {
    const ParseLimits limits;
    const auto no_opml = [](std::string what) {
        return fail(ErrorKind::not_feed, {}, "not an OPML file: this is " + std::move(what));
    };
    if (bytes.size() > limits.max_bytes)
        return fail(ErrorKind::refused, {}, "the file is too large");
    if (const auto kind = binary_kind(bytes); !kind.empty()) return no_opml(std::string(kind));
    const Decoded decoded = decode(bytes, {});
    const auto tree = load_xml(decoded.text(), limits);
    if (!tree) {
        if (tree.error().kind == ErrorKind::not_feed)
            return no_opml(describe_text(decoded.text().substr(0, 4096)));
        return tl::unexpected<Error>(tree.error());
    }
    Opml opml{.title = {}, .feeds = {}, .recovered = tree->recovered || decoded.repaired};
    OutlineReader(opml).read(tree->document.root());
    const std::string_view root = local_of(tree->document.document_element().name());
    if (opml.feeds.empty() && !iequals(root, "opml")) {
        if (is_html(tree->document)) return no_opml("an HTML page");
        const bool feed = iequals(root, "rss") || iequals(root, "feed") || iequals(root, "RDF");
        return no_opml(feed ? "a feed, for 'feedd add'" : describe_tree(tree->document));
    }
    return opml;
}

}  // namespace feedd
