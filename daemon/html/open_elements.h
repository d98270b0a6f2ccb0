// The elements that are open while tags go by, kept as a browser's tree builder would.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "html/elements.h"

namespace feedd {

// Follows the stack of open elements of WHATWG HTML, 13.2.6, for the kept elements, as long as the
// tags are in order; writes the end tags that are given or implied. When they are not in order
// (formatting elements across blocks, content between table parts) `misnested` says so: then what
// was written is for the tree builder, and the stack is an estimate that still bounds depth.
class OpenElements {
  public:
    explicit OpenElements(std::string& out) : out_(out) {}

    // Makes room for a start tag, which the caller writes next. False: drop the tag.
    [[nodiscard]] bool start(Tag tag);
    void end(Tag tag);
    void text(std::string_view text);
    void close_all();

    [[nodiscard]] bool misnested() const noexcept { return misnested_; }

  private:
    static constexpr std::size_t npos = static_cast<std::size_t>(-1);

    [[nodiscard]] Tag current() const noexcept { return open_.empty() ? Tag::none : open_.back(); }
    [[nodiscard]] std::size_t count(Tag tag) const noexcept {
        return counts_[static_cast<std::size_t>(tag)];
    }
    // The topmost `tag` that an end tag here would reach (13.2.4.2); npos: none.
    [[nodiscard]] std::size_t find_in_scope(Tag tag) const noexcept;
    [[nodiscard]] std::size_t find_heading_in_scope() const noexcept;
    [[nodiscard]] std::size_t find_for_ordinary_end(Tag tag) const noexcept;
    [[nodiscard]] std::size_t table_context() const noexcept;

    void close_implied(Tag tag);
    void close_paragraph();
    void close_item(Tag tag, Tag other);
    void close_ruby_text();
    void close_link();
    void enter_table_part(Tag tag);
    void end_formatting(Tag tag);
    void close_from(std::size_t index);
    bool forget_reopened(Tag tag);
    void forget_cell();
    void push(Tag tag);
    void pop();
    void erase(std::size_t index);

    std::string& out_;
    std::vector<Tag> open_;
    std::array<std::size_t, kTags> counts_{};   // of open_, for each tag
    std::array<std::size_t, kTags> dropped_{};  // start tags dropped, whose end tags shall follow
    // Formatting elements that were closed out of order: the tree builder reopens them wherever
    // text follows, until their own end tags come. kCellBegin is where a cell begins.
    std::vector<Tag> reopened_;
    static constexpr Tag kCellBegin = Tag::none;
    std::size_t formatting_ = 0;  // open and reopened ones
    bool misnested_ = false;
};

}  // namespace feedd
