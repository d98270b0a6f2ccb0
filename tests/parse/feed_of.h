// From a document as text to what the formats make of it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"
#include "model/document.h"
#include "parse/formats.h"
#include "parse/parse.h"
#include "parse/xml.h"

namespace feedd::test {

inline std::optional<Document> read_feed(std::string_view xml, const ParseHints& hints = {},
                                         const ParseLimits& limits = {}) {
    const auto tree = load_xml(std::string(xml), limits);
    if (!tree) return std::nullopt;
    return parse_xml_feed(tree->document, hints, limits);
}

// An empty document for what is no feed: the expectations that follow then fail by themselves.
inline Document feed_of(std::string_view xml, std::string_view base = {}) {
    ParseHints hints;
    hints.base = std::string(base);
    return read_feed(xml, hints).value_or(Document{});
}

inline std::string rss(std::string_view channel, std::string_view namespaces = {}) {
    return "<rss version=\"2.0\" " + std::string(namespaces) + "><channel>" + std::string(channel) +
           "</channel></rss>";
}

inline std::string atom(std::string_view inside, std::string_view attributes = {}) {
    return "<feed xmlns=\"http://www.w3.org/2005/Atom\" " + std::string(attributes) + ">" +
           std::string(inside) + "</feed>";
}

// The only item of a feed, from what stands inside it; an empty one if there is not one.
inline Item only_item(const Document& document) {
    return document.items.size() == 1 ? document.items.front() : Item{};
}
inline Item rss_item(std::string_view inside, std::string_view namespaces = {}) {
    return only_item(feed_of(rss("<item>" + std::string(inside) + "</item>", namespaces)));
}
inline Item atom_entry(std::string_view inside, std::string_view attributes = {}) {
    return only_item(feed_of(atom("<entry>" + std::string(inside) + "</entry>", attributes)));
}

inline std::string utc(const std::optional<Time>& time) {
    return time ? format_utc(*time) : "";
}

}  // namespace feedd::test
