// The elements that are open at a place in a broken document, and which of them a tag ends.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include <pugixml.hpp>

namespace feedd {

class OpenTags {
  public:
    static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

    // `guessing`: the document is not well-formed, names may be misspelt and end tags missing.
    explicit OpenTags(bool guessing) : guessing_(guessing) {}

    // `name` must outlive it.
    void open(pugi::xml_node node, std::string_view name);
    // Closes the element at `at` and all inside of it.
    void close_from(std::size_t at);
    // The prefix that every element of the feed has, which then means nothing.
    void ignore_prefix(std::string_view prefix) noexcept { ignored_prefix_ = prefix; }

    [[nodiscard]] bool empty() const noexcept { return list_.empty(); }
    [[nodiscard]] std::size_t size() const noexcept { return list_.size(); }
    [[nodiscard]] std::string_view name(std::size_t at) const { return list_[at].name; }
    [[nodiscard]] pugi::xml_node node(std::size_t at) const { return list_[at].node; }
    [[nodiscard]] pugi::xml_node innermost() const { return list_.back().node; }
    [[nodiscard]] std::size_t innermost_item() const;
    // The innermost of exactly that name, case aside.
    [[nodiscard]] std::size_t innermost_named(std::string_view name) const;
    [[nodiscard]] std::size_t innermost_frame() const;

    // The element that an end tag ends; kNone: it is surplus. Only the end tags of items and of
    // the frame reach out of an item.
    [[nodiscard]] std::size_t ended_by_end_tag(std::string_view name) const;
    // The element that has lost its own end tag, as one of that name cannot be within it; kNone:
    // there is none.
    [[nodiscard]] std::size_t ended_by_start_tag(std::string_view name) const;
    // Right under an item or the frame, and what is in it are fields that no such element has.
    [[nodiscard]] bool swallows_fields(std::size_t at) const;

  private:
    struct Open {
        std::string_view name;
        std::string_view meaning;  // the name without a prefix that means nothing
        pugi::xml_node node;
        std::size_t key = 0;  // equal for names that differ in case and prefix only
        bool item = false;
    };

    [[nodiscard]] std::string_view meaning_of(std::string_view name) const;
    [[nodiscard]] std::size_t nearest_alike(std::string_view name, std::size_t lowest) const;
    [[nodiscard]] std::size_t below_markup(std::size_t at) const;
    [[nodiscard]] bool is_under_structure(std::size_t at) const;
    [[nodiscard]] bool excludes_fields(std::size_t at) const;
    [[nodiscard]] bool excludes_common_fields(std::size_t at) const;

    bool guessing_;
    std::vector<Open> list_;
    std::string_view ignored_prefix_;
};

}  // namespace feedd
