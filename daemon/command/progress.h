// A bar on stderr while feeds are polled; silent where stderr is no terminal.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>

#include "service/poller.h"

namespace feedd {

class Progress {
  public:
    explicit Progress(bool shown) : shown_(shown) {}
    ~Progress() { clear(); }
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

    void begin(std::size_t feeds);
    void update(const PollTotals& totals);
    void clear();  // before anything else is printed

  private:
    const bool shown_;
    std::size_t feeds_ = 0;
    std::chrono::steady_clock::time_point drawn_{};
    bool on_screen_ = false;
};

// "[#####.....] 12/24 feeds  31 new  1 failed"
[[nodiscard]] std::string progress_line(std::size_t feeds, const PollTotals& totals);

}  // namespace feedd
