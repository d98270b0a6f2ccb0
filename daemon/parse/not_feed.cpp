#include "parse/not_feed.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "parse/wall.h"
#include "parse/xml_names.h"

namespace feedd {

namespace {

constexpr std::size_t kLongestTitle = 80;  // bytes of a page's title that fit into a line
constexpr std::size_t kLongestName = 40;   // bytes of an element's name, likewise
constexpr std::size_t kLongestList = 200;  // bytes of URLs that fit into a line
constexpr std::size_t kMostNamed = 2;      // feeds; the first is the one, nearly always

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

// Controls, separators of lines and marks that turn the direction of writing, which would have a
// terminal show something else than there is.
bool is_unprintable(char32_t c) noexcept {
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x200E || c == 0x200F || c == 0x061C ||
           (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

std::string printable(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const CodePoint c = code_point_at(text, at);
        if (!is_unprintable(c.value)) out += text.substr(at, c.length);
        at += c.length;
    }
    return out;
}

// A URL is shown whole or not at all: what is cut cannot be polled.
std::string name_feeds(const std::vector<FoundFeed>& feeds) {
    std::string named;
    std::size_t shown = 0;
    for (const FoundFeed& feed : feeds) {
        const std::string url = printable(feed.url);
        if (shown == kMostNamed || named.size() + url.size() > kLongestList) break;
        named += (shown == 0 ? "" : " and ") + url;
        ++shown;
    }
    const std::size_t more = feeds.size() - shown;
    if (shown == 0) return "it links to " + std::to_string(more) + " feed" + (more > 1 ? "s" : "");
    std::string line = feeds.size() == 1 ? "it links to the feed " : "it links to the feeds ";
    line += named;
    if (more > 0) line += " and " + std::to_string(more) + " more";
    return line;
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

bool is_html(const pugi::xml_document& tree) {
    const std::string_view name = local_of(tree.document_element().name());
    return std::any_of(kHtml.begin(), kHtml.end(),
                       [name](std::string_view other) { return iequals(name, other); });
}

std::string describe_tree(const pugi::xml_document& tree) {
    const pugi::xml_node root = tree.document_element();
    const std::string_view name = local_of(root.name());
    for (const Known& known : kRoots) {
        if (iequals(name, known.sign)) return std::string(known.what);
    }
    return "an XML document <" + std::string(truncate_utf8(root.name(), kLongestName)) + ">";
}

PageWords describe_page(const HtmlPage& page) {
    PageWords words{.what = "an HTML page", .hint = {}};
    const std::string title = printable(page.title);
    const std::string_view shown = truncate_utf8(title, kLongestTitle);
    if (!shown.empty()) {
        words.what += " ('" + std::string(shown) + (shown.size() < title.size() ? "…')" : "')");
    }
    const std::string_view wall = wall_titled(title);
    if (!page.feeds.empty()) {
        words.hint = name_feeds(page.feeds);
    } else if (!wall.empty()) {
        words.hint = "ask the site to let feed readers through";
    } else if (page.asks_for_password) {
        words.hint = "the feed may be for those who have an account";
    } else {
        words.hint = "it links to no feed";
    }
    // A page that names feeds and has a password field is an ordinary one with a login in its head.
    if (!wall.empty()) {
        words.what.append(", ").append(wall);
    } else if (page.asks_for_password && page.feeds.empty()) {
        words.what += ", a login page";
    }
    return words;
}

}  // namespace feedd
