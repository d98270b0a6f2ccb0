#include "parse/open_tags.h"

#include <algorithm>
#include <functional>
#include <string>

#include "base/text.h"
#include "parse/vocabulary.h"
#include "parse/xml_names.h"

namespace feedd {

namespace {

constexpr std::size_t kLongestMisspelling = 32;  // bytes; longer names are compared exactly

bool has_prefix(std::string_view name) {
    return !prefix_of(name).empty();
}

// One letter wrong, or two in a long name; never in names so short that others are as near.
bool misspells(std::string_view written, std::string_view meant) {
    if (written.size() < 4 || meant.size() < 4) return false;
    if (written.size() > kLongestMisspelling || meant.size() > kLongestMisspelling) return false;
    if (to_lower(written.front()) != to_lower(meant.front())) return false;
    return edit_distance(lower(written), lower(meant)) <= (meant.size() >= 8 ? 2U : 1U);
}

bool is_structural(std::string_view name) {
    return is_item_name(name) || is_frame_name(name);
}

// One comparison of keys says that an end tag has nothing in common with an open element.
std::size_t key_of(std::string_view name) {
    return std::hash<std::string>{}(lower(local_of(name)));
}

// No image, author or source has one.
bool is_of_items_only(std::string_view name) {
    return iequals(name, "guid") || iequals(name, "pubdate") || iequals(name, "enclosure");
}

// Whether there is such a child before the last, which is the one that is open. A title after the
// title is one of HTML, in a text that has no missing end.
bool has_had(pugi::xml_node parent, std::string_view name) {
    constexpr int kFields = 64;  // of an honest item
    pugi::xml_node node = parent.first_child();
    for (int i = 0; node.next_sibling() && i < kFields; node = node.next_sibling(), ++i) {
        if (node.type() == pugi::node_element && iequals(node.name(), name)) return true;
    }
    return false;
}

}  // namespace

void OpenTags::open(pugi::xml_node node, std::string_view name) {
    list_.push_back({name, meaning_of(name), node, key_of(name), is_item_name(name)});
}

void OpenTags::close_from(std::size_t at) {
    list_.resize(std::min(at, list_.size()));
}

std::size_t OpenTags::innermost_item() const {
    for (std::size_t i = list_.size(); i-- > 0;) {
        if (list_[i].item) return i;
    }
    return kNone;
}

std::size_t OpenTags::innermost_named(std::string_view name) const {
    for (std::size_t i = list_.size(); i-- > 0;) {
        if (iequals(list_[i].name, name)) return i;
    }
    return kNone;
}

std::size_t OpenTags::innermost_frame() const {
    for (std::size_t i = list_.size(); i-- > 0;) {
        if (is_frame_name(list_[i].name)) return i;
    }
    return kNone;
}

std::size_t OpenTags::ended_by_end_tag(std::string_view name) const {
    const std::size_t item = innermost_item();
    const bool confined = item != kNone && !is_structural(name);
    const std::size_t lowest = confined ? item : 0;
    if (const std::size_t at = nearest_alike(name, lowest); at != kNone) return at;
    if (!guessing_) return kNone;
    if (misspells(name, list_.back().name)) return list_.size() - 1;
    if (item == kNone) return kNone;
    return misspells(local_of(name), local_of(list_[item].name)) ? item : kNone;
}

std::size_t OpenTags::ended_by_start_tag(std::string_view tag_name) const {
    const std::string_view name = meaning_of(tag_name);
    const std::size_t top = list_.size() - 1;
    if (is_unmistakable_field_name(name)) {
        for (std::size_t i = list_.size(); i-- > 0 && !is_structural(list_[i].name);) {
            if (excludes_fields(i)) return i;
        }
        return kNone;
    }
    if (is_self_ending_html_name(name) && iequals(list_[top].name, name)) return top;
    if (!is_text_field_name(name)) return kNone;
    const std::size_t at = below_markup(top);
    const bool next_field = excludes_common_fields(at) && !has_had(list_[at - 1].node, tag_name);
    return next_field ? at : kNone;
}

bool OpenTags::swallows_fields(std::size_t at) const {
    const std::string_view name = list_[at].meaning;
    if (is_text_field_name(name) || !is_under_structure(at)) return false;
    const bool is_container = is_unmistakable_field_name(name) || is_container_name(name);
    const auto inside = list_[at].node.children();
    return std::any_of(inside.begin(), inside.end(), [&](const pugi::xml_node& node) {
        const std::string_view field = meaning_of(node.name());
        return is_container ? is_of_items_only(field) : is_text_field_name(field);
    });
}

// Down from an element over HTML in which a field cannot be meant to stand, as it is itself within
// an element that is none of the feed's.
std::size_t OpenTags::below_markup(std::size_t at) const {
    std::size_t below = at;
    while (!is_under_structure(below) && below > 0 && is_noise_html_name(list_[below].name))
        --below;
    const bool in_field = is_text_field_name(list_[below].meaning);
    return in_field ? at : below;
}

// <x:title> is <title> where the root is <x:feed>, <atom:title> everywhere.
std::string_view OpenTags::meaning_of(std::string_view name) const {
    const std::string_view prefix = prefix_of(name);
    const bool redundant = !prefix.empty() && (prefix == ignored_prefix_ || prefix == "atom");
    return redundant ? local_of(name) : name;
}

// The innermost open element of that name; else in another case; else with another prefix.
std::size_t OpenTags::nearest_alike(std::string_view name, std::size_t lowest) const {
    const std::size_t key = key_of(name);
    std::size_t same_letters = kNone;
    std::size_t same_local = kNone;
    for (std::size_t i = list_.size(); i-- > lowest;) {
        if (list_[i].key != key) continue;
        if (list_[i].name == name) return i;
        if (same_letters == kNone && iequals(list_[i].name, name)) same_letters = i;
        if (same_local == kNone) same_local = i;
    }
    if (!guessing_) return kNone;
    return same_letters != kNone ? same_letters : same_local;
}

// Whether the element stands right under an item or the frame, and is neither.
bool OpenTags::is_under_structure(std::size_t at) const {
    return at > 0 && is_structural(list_[at - 1].name) && !is_structural(list_[at].name);
}

// There, no other field can be inside of an element, whatever it is.
bool OpenTags::excludes_fields(std::size_t at) const {
    const std::string_view name = list_[at].meaning;
    return is_under_structure(at) &&
           (is_text_field_name(name) || (!has_prefix(name) && !is_container_name(name)));
}

// Likewise, for fields whose names have other meanings elsewhere: HTML that was never closed and,
// if there is text in it already, an element with a misspelt name do not hold a <title>.
bool OpenTags::excludes_common_fields(std::size_t at) const {
    const std::string_view name = list_[at].meaning;
    if (!is_under_structure(at)) return false;
    if (is_text_field_name(name) || is_noise_html_name(name)) return true;
    const std::string_view first = list_[at].node.first_child().value();
    return !has_prefix(name) && !is_container_name(name) && !trim(first).empty();
}

}  // namespace feedd
