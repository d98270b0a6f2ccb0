// What element names mean to the repair of a broken document: which make up a feed's frame, where
// damage must stop, and which are HTML that strayed into it. Case does not count.
#pragma once

#include <cstddef>
#include <string_view>

namespace feedd {

// item and entry, of whatever prefix: what a feed has many of, and never one within another.
[[nodiscard]] bool is_item_name(std::string_view name) noexcept;

// What holds items: rss, RDF, feed, channel.
[[nodiscard]] bool is_frame_name(std::string_view name) noexcept;

// What only a whole document begins with: rss, RDF, feed.
[[nodiscard]] bool is_root_name(std::string_view name) noexcept;

// A feed's or item's own element that holds text or markup, but none of its siblings.
[[nodiscard]] bool is_text_field_name(std::string_view name) noexcept;

// A feed's or item's own element of which HTML has no namesake.
[[nodiscard]] bool is_unmistakable_field_name(std::string_view name) noexcept;

// Any of these.
[[nodiscard]] bool is_known_name(std::string_view name) noexcept;

// Without a prefix, what else holds elements that are called like fields: an image has a title.
[[nodiscard]] bool is_container_name(std::string_view name) noexcept;

// HTML without an end tag (and without a namesake in feeds that has one).
[[nodiscard]] bool is_void_html_name(std::string_view name) noexcept;

// How many bytes at the beginning of `text` are the name of a tag: a Name of XML, but a name that
// is known does not go on with bytes beyond ASCII, which some damage has put there.
[[nodiscard]] std::size_t tag_name_length(std::string_view text) noexcept;

// HTML that ends where its next sibling starts: p, li, td…
[[nodiscard]] bool is_self_ending_html_name(std::string_view name) noexcept;

// HTML that servers print in front of a document: warnings, scripts, line breaks.
[[nodiscard]] bool is_noise_html_name(std::string_view name) noexcept;

}  // namespace feedd
