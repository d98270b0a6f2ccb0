// Texts and attribute values of well-formed XML: what they say.
#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <optional>
#include <string_view>

#include "parse/doctype.h"

namespace feedd {

// As starts_with; with a `what` known to the compiler it comes down to comparing numbers.
inline bool begins(std::string_view text, std::string_view what) noexcept {
    return text.size() >= what.size() && std::equal(what.begin(), what.end(), text.begin());
}

class StrictText {
  public:
    // `doctype` must outlive it.
    explicit StrictText(const Doctype& doctype) : doctype_(doctype) {}

    // What stands in `text` from `at` to the next '<', where `at` is then, with the references of
    // XML 1.0 §4.1 resolved; nullopt: it is not well-formed. A view into `text`, or one that is
    // good until the next call.
    [[nodiscard]] std::optional<std::string_view> content(std::string_view text, std::size_t& at);
    // The same of an attribute's value, with white space as spaces (§3.3.3).
    [[nodiscard]] std::optional<std::string_view> attribute(std::string_view raw);

    // False: there was a reference among them of which more can be made than XML does, to an
    // entity or a number of windows-1252.
    [[nodiscard]] bool plain() const noexcept { return plain_; }

  private:
    template <typename IsSpecial, typename Meant>
    std::optional<std::string_view> resolved(std::string_view raw, std::size_t at,
                                             IsSpecial is_special, Meant meant);
    std::size_t reference(std::string_view text, char*& out);
    std::size_t number(std::string_view text, char*& out);
    std::size_t entity(std::string_view text);

    const Doctype& doctype_;
    bool plain_ = true;
    std::unique_ptr<char[]> room_;
    std::size_t room_size_ = 0;
};

}  // namespace feedd
