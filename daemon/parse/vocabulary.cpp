#include "parse/vocabulary.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "parse/xml_names.h"

namespace feedd {

namespace {

constexpr std::array<std::string_view, 30> kTextFields = {
    "title",     "link",      "description", "guid",      "pubdate",        "author",
    "category",  "comments",  "language",    "copyright", "managingeditor", "webmaster",
    "docs",      "generator", "ttl",         "id",        "lastbuilddate",  "updated",
    "published", "summary",   "content",     "subtitle",  "rights",         "modified",
    "issued",    "created",   "tagline",     "abstract",  "rating",         "expirationdate"};

constexpr std::array<std::string_view, 14> kUnmistakableFields = {
    "guid",          "pubdate",  "description", "comments", "enclosure",
    "lastbuilddate", "category", "published",   "updated",  "managingeditor",
    "webmaster",     "tagline",  "issued",      "modified"};

// Namespaces of which every element belongs to a feed or item itself.
constexpr std::array<std::string_view, 9> kFieldPrefixes = {
    "dc", "dcterms", "content", "itunes", "media", "wfw", "slash", "sy", "feedburner"};

// Of those, what holds elements or nothing.
constexpr std::array<std::string_view, 6> kContainers = {"itunes:owner",  "itunes:category",
                                                         "itunes:image",  "media:group",
                                                         "media:content", "content:items"};

// Without prefix, what else holds elements that are called like fields.
constexpr std::array<std::string_view, 12> kHolders = {
    "image",  "textinput", "author", "contributor", "source",    "items",
    "object", "schedule",  "cloud",  "thumbnail",   "skiphours", "redirect"};

constexpr std::array<std::string_view, 8> kVoidHtml = {"br",    "img", "hr",    "wbr",
                                                       "input", "col", "embed", "area"};

constexpr std::array<std::string_view, 9> kSelfEndingHtml = {"p",  "li", "dt",     "dd", "tr",
                                                             "td", "th", "option", "rp"};

constexpr std::array<std::string_view, 31> kNoiseHtml = {
    "a",     "b",     "br",    "center", "code", "div", "em",  "font",  "h1",     "h2",   "h3",
    "hr",    "i",     "img",   "li",     "ol",   "p",   "pre", "small", "script", "span", "strong",
    "style", "table", "tbody", "td",     "th",   "tr",  "tt",  "u",     "ul"};

template <std::size_t N>
bool among(const std::array<std::string_view, N>& names, std::string_view name) noexcept {
    return std::any_of(names.begin(), names.end(),
                       [name](std::string_view candidate) { return iequals(candidate, name); });
}

bool has_field_prefix(std::string_view name) noexcept {
    return among(kFieldPrefixes, prefix_of(name));
}

}  // namespace

bool is_item_name(std::string_view name) noexcept {
    const std::string_view local = local_of(name);
    return iequals(local, "item") || iequals(local, "entry");
}

bool is_frame_name(std::string_view name) noexcept {
    return is_root_name(name) || iequals(local_of(name), "channel");
}

bool is_root_name(std::string_view name) noexcept {
    const std::string_view local = local_of(name);
    return iequals(local, "rss") || iequals(local, "rdf") || iequals(local, "feed");
}

bool is_text_field_name(std::string_view name) noexcept {
    if (has_field_prefix(name)) return !among(kContainers, name);
    return among(kTextFields, name);
}

bool is_unmistakable_field_name(std::string_view name) noexcept {
    return has_field_prefix(name) || among(kUnmistakableFields, name);
}

bool is_known_name(std::string_view name) noexcept {
    return is_item_name(name) || is_frame_name(name) || is_text_field_name(name) ||
           is_unmistakable_field_name(name);
}

std::size_t tag_name_length(std::string_view text) noexcept {
    const std::string_view name = text.substr(0, name_length(text));
    const auto beyond = std::find_if(name.begin(), name.end(), [](char c) { return !is_ascii(c); });
    const auto length = static_cast<std::size_t>(beyond - name.begin());
    if (length == name.size() || length == 0) return name.size();
    const std::string_view known = name.substr(0, length);
    return is_known_name(known) ? length : name.size();
}

bool is_container_name(std::string_view name) noexcept {
    return among(kHolders, name);
}

bool is_void_html_name(std::string_view name) noexcept {
    return among(kVoidHtml, name);
}

bool is_self_ending_html_name(std::string_view name) noexcept {
    return among(kSelfEndingHtml, name);
}

bool is_noise_html_name(std::string_view name) noexcept {
    return among(kNoiseHtml, name);
}

}  // namespace feedd
