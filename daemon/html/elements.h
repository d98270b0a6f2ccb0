// What an article may be made of: the elements that are kept, and what becomes of the others.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace feedd {

// The elements of safe HTML. `none` is every other one.
enum class Tag : std::uint8_t {
    none,
    a,
    abbr,
    address,
    article,
    aside,
    audio,
    b,
    bdi,
    bdo,
    blockquote,
    br,
    caption,
    cite,
    code,
    dd,
    del,
    details,
    dfn,
    div,
    dl,
    dt,
    em,
    figcaption,
    figure,
    footer,
    h1,
    h2,
    h3,
    h4,
    h5,
    h6,
    header,
    hr,
    i,
    img,
    ins,
    kbd,
    li,
    mark,
    nav,
    ol,
    p,
    picture,
    pre,
    q,
    rp,
    rt,
    ruby,
    s,
    samp,
    section,
    small,
    source,
    span,
    strong,
    sub,
    summary,
    sup,
    table,
    tbody,
    td,
    tfoot,
    th,
    thead,
    time,
    tr,
    u,
    ul,
    var,
    video,
    wbr,
};
inline constexpr std::size_t kTags = static_cast<std::size_t>(Tag::wbr) + 1;

[[nodiscard]] std::string_view name_of(Tag tag) noexcept;

// How the tree builder of HTML treats an element (WHATWG HTML, 13.2.4 and 13.2.6.4).
enum Trait : std::uint8_t {
    kVoid = 1U << 0U,        // has no content and no end tag
    kFormatting = 1U << 1U,  // reopened where it was closed out of order
    kClosesP = 1U << 2U,     // its start tag ends an open paragraph
    kSpecial = 1U << 3U,     // an end tag of an ordinary element does not reach past it
    kTablePart = 1U << 4U,   // means nothing outside a table
    kBlock = 1U << 5U,       // stands in lines of its own
};
[[nodiscard]] std::uint8_t traits_of(Tag tag) noexcept;
[[nodiscard]] inline bool is(Tag tag, Trait trait) noexcept {
    return (traits_of(tag) & trait) != 0;
}

// What to do with a tag found in the source.
enum class Fate : std::uint8_t {
    keep,    // as `tag`, which may be today's name of an obsolete element
    unwrap,  // the tags go, what is between them stays
    erase,   // goes with its content, which is no markup: script, style
    player,  // the tags go; a known video player leaves a link in place of its content: iframe
    quote,   // the tags go, the content is text even where it looks like markup: textarea, title
};
struct ElementRule {
    Tag tag = Tag::none;
    Fate fate = Fate::unwrap;
};
// `name` in lower case. Unknown elements are unwrapped.
[[nodiscard]] ElementRule element_named(std::string_view name) noexcept;

// Whether HTML has, or had, an element of that name; `name` in lower case.
[[nodiscard]] bool is_html_element(std::string_view name) noexcept;

// The attributes that are kept on some element, and those that are read to decide.
enum class Attribute : std::uint8_t {
    none,
    alt,
    cite,
    colspan,
    controls,
    data_src,
    data_srcset,
    datetime,
    dir,
    headers,
    height,
    hidden,
    href,
    lang,
    media,
    open,
    poster,
    reversed,
    rowspan,
    scope,
    sizes,
    src,
    srcset,
    start,
    style,
    title,
    type,
    value,
    width,
};
[[nodiscard]] std::string_view name_of(Attribute attribute) noexcept;
// `name` in lower case.
[[nodiscard]] Attribute attribute_named(std::string_view name) noexcept;

// How an attribute's value is made safe; `none`: the attribute is dropped.
enum class ValueKind : std::uint8_t { none, text, flag, number, link, media, image, image_set };
[[nodiscard]] ValueKind value_kind(Tag tag, Attribute attribute) noexcept;

}  // namespace feedd
