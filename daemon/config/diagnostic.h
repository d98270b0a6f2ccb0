// What is wrong with the list, and where.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace feedd {

// Counted from 1, in bytes, as compilers do. Line 0: the file as a whole.
struct Position {
    std::size_t line = 0;
    std::size_t column = 0;
};

// "feeds.yaml:12:5", or the file alone.
[[nodiscard]] std::string to_string(std::string_view file, Position position);

// Collects the errors of all files.
class Diagnostics {
  public:
    // Whoever only asks where the store is need not know the secrets of the feeds.
    enum class Unset : std::uint8_t { refused, tolerated };
    explicit Diagnostics(Unset unset = Unset::refused) : unset_(unset) {}

    // What comes next is of this file; returns its number.
    std::size_t begin_file(std::string name);
    // Back to a file that was begun earlier.
    void resume_file(std::size_t number);
    [[nodiscard]] std::size_t current_file() const { return current_; }
    [[nodiscard]] const std::string& file_name(std::size_t number) const { return files_[number]; }

    void add(Position position, std::string what, std::string hint = {});
    // An error of reading one value; an unset variable is none where that is tolerated.
    void add(Position position, const Error& error);
    void add_in(std::size_t file, Position position, std::string what, std::string hint = {});

    [[nodiscard]] bool empty() const { return entries_.empty(); }
    [[nodiscard]] std::size_t count() const { return entries_.size(); }
    // So much is wrong that reading on is no use.
    [[nodiscard]] bool full() const;

    // In the order of the files and lines. A file broken throughout gives the first hundred
    // and a count of the rest.
    [[nodiscard]] std::vector<Error> errors() const;

  private:
    struct Entry {
        std::size_t file;
        Position position;
        std::string what;
        std::string hint;
    };
    Unset unset_;
    std::vector<std::string> files_;
    std::vector<Entry> entries_;
    std::size_t current_ = 0;
};

// "did you mean 'interval'?", or the list of what is known if nothing is near.
[[nodiscard]] std::string suggestion(std::string_view word,
                                     std::span<const std::string_view> known);

// 'text', shortened and with control characters escaped, to stand in an error.
[[nodiscard]] std::string in_quotes(std::string_view text);

}  // namespace feedd
