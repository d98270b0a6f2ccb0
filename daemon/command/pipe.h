// The two ends of a command that works in a pipe: standard output that may be closed by whoever
// reads it, and numbers that come back on standard input.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace feedd {

// All of `text`, at once: nothing is kept in a buffer. False: the reader has gone, which is the
// usual end of a pipe. SIGPIPE must be ignored.
[[nodiscard]] Result<bool> write_to_output(std::string_view text);

// The reader of standard output has gone, as far as can be told without writing.
[[nodiscard]] bool output_closed();

// Whole numbers, one a line, from standard input as they come; never waits.
class NumbersIn {
  public:
    // The last number among the lines that have come since the last call. Error usage: a line that
    // is none.
    [[nodiscard]] Result<std::optional<std::int64_t>> latest();
    [[nodiscard]] bool ended() const noexcept { return ended_; }

  private:
    void read_what_came();
    std::string pending_;
    bool ended_ = false;
};

}  // namespace feedd
