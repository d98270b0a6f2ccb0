#include "parse/not_feed.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "parse/xml_names.h"

namespace feedd {

namespace {

constexpr std::size_t kLongestTitle = 80;  // bytes of a page's title that fit into a line
constexpr std::size_t kLongestName = 40;   // bytes of an element's name, likewise

struct Known {
    std::string_view sign;
    std::string_view what;
};

constexpr std::array kMagic = {
    Known{"%PDF-", "a PDF file"},           Known{"\x89PNG", "a PNG image"},
    Known{"GIF8", "a GIF image"},           Known{"\xFF\xD8\xFF", "a JPEG image"},
    Known{"\x1F\x8B", "gzip data"},         Known{"PK\x03\x04", "a ZIP archive"},
    Known{"\x28\xB5\x2F\xFD", "zstd data"}, Known{"BZh", "bzip2 data"},
    Known{"\x7F\x45LF", "a program"},       Known{"ID3", "an MP3 file"},
    Known{"OggS", "an Ogg file"},           Known{"wOF2", "a web font"},
};

constexpr std::array kRoots = {
    Known{"opml", "an OPML list of feeds"},
    Known{"urlset", "a sitemap"},
    Known{"sitemapindex", "a sitemap index"},
    Known{"service", "an Atom service document"},
    Known{"categories", "an Atom category document"},
    Known{"entry", "a single Atom entry"},
    Known{"opensearchdescription", "an OpenSearch description"},
    Known{"kml", "a KML file"},
    Known{"gpx", "a GPX track"},
    Known{"svg", "an SVG image"},
    Known{"envelope", "a SOAP message"},
    Known{"error", "an error message in XML"},
    Known{"xrd", "an XRD document"},
    Known{"xbel", "an XBEL bookmark file"},
    Known{"plist", "a property list"},
};

constexpr std::array<std::string_view, 22> kHtml = {
    "html", "head",   "body", "title",  "meta",   "script",  "style", "div",
    "p",    "h1",     "h2",   "center", "table",  "form",    "a",     "span",
    "main", "header", "link", "base",   "iframe", "noscript"};

pugi::xml_node find_title(const pugi::xml_node& root) {
    if (iequals(root.name(), "title")) return root;
    return root.find_node([](const pugi::xml_node& node) { return iequals(node.name(), "title"); });
}

std::string describe_html(const pugi::xml_node& root) {
    std::string_view title = find_title(root).text().get();
    const std::string line = collapse_space(title);
    title = truncate_utf8(line, kLongestTitle);
    if (title.empty()) return "an HTML page";
    return "an HTML page ('" + std::string(title) + (title.size() < line.size() ? "…')" : "')");
}

}  // namespace

std::string_view binary_kind(std::string_view bytes) noexcept {
    for (const Known& magic : kMagic) {
        if (bytes.starts_with(magic.sign)) return magic.what;
    }
    return {};
}

std::string describe_text(std::string_view text) {
    text = trim(text);
    if (text.empty()) return "an empty document";
    if (text.starts_with("<?php")) return "a PHP program";
    const bool markup = text.front() == '<' || text.find("</") != text.npos;
    return markup ? "a fragment of HTML" : "plain text";
}

std::string describe_tree(const pugi::xml_document& tree) {
    const pugi::xml_node root = tree.document_element();
    const std::string_view name = local_of(root.name());
    const auto same = [name](std::string_view other) { return iequals(name, other); };
    if (std::any_of(kHtml.begin(), kHtml.end(), same)) return describe_html(root);
    for (const Known& known : kRoots) {
        if (same(known.sign)) return std::string(known.what);
    }
    return "an XML document <" + std::string(truncate_utf8(root.name(), kLongestName)) + ">";
}

}  // namespace feedd
