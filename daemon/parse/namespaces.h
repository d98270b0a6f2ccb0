// The XML namespaces that feeds use, and the spellings under which they are met.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace feedd {

// Several URIs mean one namespace: versions, misspellings, all of RSS's.
enum class Ns : std::uint8_t {
    none,     // no namespace, and nothing that says which was meant
    foreign,  // a namespace that we do not read
    rss,
    atom,
    cdf,
    rdf,
    dublin_core,
    dcterms,
    content,
    media,
    itunes,
    podcast,
    georss,
    gml,
    geo,  // the W3C's latitude and longitude
    slash,
    wfw,
    feedburner,
    syndication,
    creative_commons,
    threading,
    podlove,
    xhtml,
    xml,
};

// By URI: case, white space around it and a trailing slash or # do not count.
[[nodiscard]] Ns namespace_of_uri(std::string_view uri);

// What a prefix means in documents that forget to declare it.
[[nodiscard]] std::optional<Ns> namespace_of_prefix(std::string_view prefix) noexcept;

}  // namespace feedd
