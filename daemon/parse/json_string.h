// A string of JSON as publishers write it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace feedd {

// Reads strings one after another, in ascending order, so that nothing is read twice.
class JsonStringReader {
  public:
    // `text` is valid UTF-8 and must outlive it.
    explicit JsonStringReader(std::string_view text) : text_(text) {}

    // Appends the string that begins with the quote at `at` to `out`, as valid JSON: line breaks
    // and controls escaped, bad escapes taken out, quotes inside of it escaped. Returns the
    // position after it, npos if it has no end.
    [[nodiscard]] std::size_t append(std::string& out, std::size_t at);

  private:
    [[nodiscard]] std::size_t past_space(std::size_t at);
    [[nodiscard]] bool ends_value(std::size_t after);
    [[nodiscard]] bool is_next_member(std::size_t at);
    [[nodiscard]] bool is_next_item(std::size_t at);
    [[nodiscard]] std::size_t copy_escape(std::string& out, std::size_t at) const;
    [[nodiscard]] std::size_t copy_unicode_escape(std::string& out, std::size_t at) const;

    std::string_view text_;
    std::size_t space_begin_ = 0;  // a run of white space that was measured
    std::size_t space_end_ = 0;
};

}  // namespace feedd
