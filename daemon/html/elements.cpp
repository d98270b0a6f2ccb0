#include "html/elements.h"

#include <algorithm>
#include <array>
#include <functional>
#include <initializer_list>

namespace feedd {

namespace {

template <typename T>
struct Named {
    std::string_view name;
    T value;
};

template <typename T, std::size_t N>
const T* find(const std::array<Named<T>, N>& table, std::string_view name) noexcept {
    const auto* const found = std::lower_bound(
        table.begin(), table.end(), name,
        [](const Named<T>& entry, std::string_view wanted) { return entry.name < wanted; });
    return found != table.end() && found->name == name ? &found->value : nullptr;
}

template <typename T, std::size_t N>
constexpr bool is_sorted_by_name(const std::array<Named<T>, N>& table) {
    return std::is_sorted(table.begin(), table.end(),
                          [](const auto& a, const auto& b) { return a.name < b.name; });
}

// In the order of Tag.
constexpr std::array<std::string_view, kTags> kTagNames = {
    "",       "a",       "abbr",       "address", "article", "aside",  "audio", "b",
    "bdi",    "bdo",     "blockquote", "br",      "caption", "cite",   "code",  "dd",
    "del",    "details", "dfn",        "div",     "dl",      "dt",     "em",    "figcaption",
    "figure", "footer",  "h1",         "h2",      "h3",      "h4",     "h5",    "h6",
    "header", "hr",      "i",          "img",     "ins",     "kbd",    "li",    "mark",
    "nav",    "ol",      "p",          "picture", "pre",     "q",      "rp",    "rt",
    "ruby",   "s",       "samp",       "section", "small",   "source", "span",  "strong",
    "sub",    "summary", "sup",        "table",   "tbody",   "td",     "tfoot", "th",
    "thead",  "time",    "tr",         "u",       "ul",      "var",    "video", "wbr"};

constexpr std::size_t index_of(Tag tag) noexcept {
    return static_cast<std::size_t>(tag);
}

using Traits = std::array<std::uint8_t, kTags>;

constexpr void mark(Traits& traits, std::uint8_t bits, std::initializer_list<Tag> tags) {
    for (const Tag tag : tags)
        traits.at(index_of(tag)) = static_cast<std::uint8_t>(traits.at(index_of(tag)) | bits);
}

constexpr Traits make_traits() {
    Traits traits{};
    mark(traits, kVoid, {Tag::br, Tag::hr, Tag::img, Tag::source, Tag::wbr});
    mark(traits, kFormatting,
         {Tag::a, Tag::b, Tag::code, Tag::em, Tag::i, Tag::s, Tag::small, Tag::strong, Tag::u});
    mark(traits, kClosesP | kSpecial | kBlock,
         {Tag::address, Tag::article, Tag::aside,   Tag::blockquote, Tag::dd,     Tag::details,
          Tag::div,     Tag::dl,      Tag::dt,      Tag::figcaption, Tag::figure, Tag::footer,
          Tag::h1,      Tag::h2,      Tag::h3,      Tag::h4,         Tag::h5,     Tag::h6,
          Tag::header,  Tag::hr,      Tag::li,      Tag::nav,        Tag::ol,     Tag::p,
          Tag::pre,     Tag::section, Tag::summary, Tag::table,      Tag::ul});
    mark(traits, kSpecial | kTablePart | kBlock,
         {Tag::caption, Tag::tbody, Tag::td, Tag::tfoot, Tag::th, Tag::thead, Tag::tr});
    mark(traits, kSpecial, {Tag::br, Tag::img, Tag::source, Tag::wbr});
    return traits;
}
constexpr Traits kTraits = make_traits();

constexpr ElementRule kept(Tag tag) {
    return {tag, Fate::keep};
}
constexpr ElementRule kErased{Tag::none, Fate::erase};
constexpr ElementRule kPlayer{Tag::none, Fate::player};
constexpr ElementRule kQuoted{Tag::none, Fate::quote};

// Kept under another name: what says the same today, or an element that breaks the line.
constexpr auto kOtherElements = std::to_array<Named<ElementRule>>({
    {"acronym", kept(Tag::abbr)},
    {"center", kept(Tag::div)},
    {"dir", kept(Tag::ul)},
    {"fieldset", kept(Tag::div)},
    {"iframe", kPlayer},
    {"image", kept(Tag::img)},
    {"listing", kept(Tag::pre)},
    {"main", kept(Tag::div)},  // of today, but gumbo nests it otherwise than browsers
    {"menu", kept(Tag::ul)},
    {"script", kErased},
    {"strike", kept(Tag::s)},
    {"style", kErased},
    {"textarea", kQuoted},
    {"title", kQuoted},
    {"tt", kept(Tag::code)},
    {"xmp", kept(Tag::pre)},
});
static_assert(is_sorted_by_name(kOtherElements));

// The rest of HTML, for telling markup from text.
constexpr auto kUnwrapped = std::to_array<std::string_view>(
    {"applet", "area",   "base",      "basefont", "bgsound",  "big",      "blink",    "body",
     "button", "canvas", "col",       "colgroup", "data",     "datalist", "dialog",   "embed",
     "font",   "form",   "frame",     "frameset", "head",     "hgroup",   "html",     "input",
     "keygen", "label",  "legend",    "link",     "map",      "marquee",  "math",     "meta",
     "meter",  "nobr",   "noembed",   "noframes", "noscript", "object",   "optgroup", "option",
     "output", "param",  "plaintext", "portal",   "progress", "rb",       "rtc",      "search",
     "select", "slot",   "spacer",    "svg",      "template", "track"});
static_assert(std::is_sorted(kUnwrapped.begin(), kUnwrapped.end()));

constexpr auto kAttributes = std::to_array<Named<Attribute>>({
    {"alt", Attribute::alt},
    {"cite", Attribute::cite},
    {"colspan", Attribute::colspan},
    {"controls", Attribute::controls},
    {"data-lazy-src", Attribute::data_src},
    {"data-lazy-srcset", Attribute::data_srcset},
    {"data-original", Attribute::data_src},
    {"data-src", Attribute::data_src},
    {"data-srcset", Attribute::data_srcset},
    {"datetime", Attribute::datetime},
    {"dir", Attribute::dir},
    {"headers", Attribute::headers},
    {"height", Attribute::height},
    {"hidden", Attribute::hidden},
    {"href", Attribute::href},
    {"lang", Attribute::lang},
    {"media", Attribute::media},
    {"open", Attribute::open},
    {"poster", Attribute::poster},
    {"reversed", Attribute::reversed},
    {"rowspan", Attribute::rowspan},
    {"scope", Attribute::scope},
    {"sizes", Attribute::sizes},
    {"src", Attribute::src},
    {"srcset", Attribute::srcset},
    {"start", Attribute::start},
    {"style", Attribute::style},
    {"title", Attribute::title},
    {"type", Attribute::type},
    {"value", Attribute::value},
    {"width", Attribute::width},
    {"xml:lang", Attribute::lang},
});
static_assert(is_sorted_by_name(kAttributes));

bool one_of(Tag tag, std::initializer_list<Tag> tags) noexcept {
    return std::find(tags.begin(), tags.end(), tag) != tags.end();
}

}  // namespace

std::string_view name_of(Tag tag) noexcept {
    return kTagNames[index_of(tag)];
}

std::uint8_t traits_of(Tag tag) noexcept {
    return kTraits[index_of(tag)];
}

ElementRule element_named(std::string_view name) noexcept {
    static_assert(std::is_sorted(kTagNames.begin(), kTagNames.end()));
    const auto* const found = std::lower_bound(kTagNames.begin(), kTagNames.end(), name);
    if (found != kTagNames.end() && *found == name && !name.empty()) {
        return kept(static_cast<Tag>(found - kTagNames.begin()));
    }
    const ElementRule* other = find(kOtherElements, name);
    return other != nullptr ? *other : ElementRule{};
}

bool is_html_element(std::string_view name) noexcept {
    return element_named(name).fate != Fate::unwrap ||
           std::binary_search(kUnwrapped.begin(), kUnwrapped.end(), name);
}

Attribute attribute_named(std::string_view name) noexcept {
    const Attribute* found = find(kAttributes, name);
    return found != nullptr ? *found : Attribute::none;
}

std::string_view name_of(Attribute attribute) noexcept {
    const auto* const found =
        std::find_if(kAttributes.begin(), kAttributes.end(),
                     [attribute](const auto& entry) { return entry.value == attribute; });
    return found != kAttributes.end() ? found->name : std::string_view{};
}

ValueKind value_kind(Tag tag, Attribute attribute) noexcept {
    const auto on = [tag](std::initializer_list<Tag> tags, ValueKind kind) {
        return one_of(tag, tags) ? kind : ValueKind::none;
    };
    switch (attribute) {
        case Attribute::dir:
        case Attribute::lang:
        case Attribute::title:
            return ValueKind::text;
        case Attribute::href:
            return on({Tag::a}, ValueKind::link);
        case Attribute::cite:
            return on({Tag::blockquote, Tag::del, Tag::ins, Tag::q}, ValueKind::link);
        case Attribute::src:
            return tag == Tag::img ? ValueKind::image
                                   : on({Tag::audio, Tag::source, Tag::video}, ValueKind::media);
        case Attribute::poster:
            return on({Tag::video}, ValueKind::media);
        case Attribute::srcset:
            return on({Tag::img, Tag::source}, ValueKind::image_set);
        case Attribute::sizes:
            return on({Tag::img, Tag::source}, ValueKind::text);
        case Attribute::alt:
            return on({Tag::img}, ValueKind::text);
        case Attribute::width:
        case Attribute::height:
            return on({Tag::img, Tag::source, Tag::video}, ValueKind::number);
        case Attribute::controls:
            return on({Tag::audio, Tag::video}, ValueKind::flag);
        case Attribute::type:
            return on({Tag::ol, Tag::source}, ValueKind::text);
        case Attribute::media:
            return on({Tag::source}, ValueKind::text);
        case Attribute::datetime:
            return on({Tag::del, Tag::ins, Tag::time}, ValueKind::text);
        case Attribute::colspan:
        case Attribute::rowspan:
            return on({Tag::td, Tag::th}, ValueKind::number);
        case Attribute::headers:
        case Attribute::scope:
            return on({Tag::td, Tag::th}, ValueKind::text);
        case Attribute::start:
            return on({Tag::ol}, ValueKind::number);
        case Attribute::reversed:
            return on({Tag::ol}, ValueKind::flag);
        case Attribute::value:
            return on({Tag::li}, ValueKind::number);
        case Attribute::open:
            return on({Tag::details}, ValueKind::flag);
        default:
            return ValueKind::none;
    }
}

}  // namespace feedd
