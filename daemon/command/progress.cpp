#include "command/progress.h"

#include <cstdio>

#include <fmt/format.h>

namespace feedd {

namespace {

constexpr std::size_t kBar = 24;                  // columns
constexpr std::chrono::milliseconds kRedraw{50};  // no faster than eyes are
constexpr const char* kClearLine = "\r\x1b[K";

}  // namespace

std::string progress_line(std::size_t feeds, const PollTotals& totals) {
    const std::size_t filled = feeds == 0 ? kBar : kBar * totals.polls / feeds;
    return fmt::format("[{}{}] {}/{} feeds  {} new  {} failed", std::string(filled, '#'),
                       std::string(kBar - filled, '.'), totals.polls, feeds, totals.added,
                       totals.failed);
}

void Progress::begin(std::size_t feeds) {
    feeds_ = feeds;
    update({});
}

void Progress::update(const PollTotals& totals) {
    const auto now = std::chrono::steady_clock::now();
    if (!shown_ || (now - drawn_ < kRedraw && totals.polls < feeds_)) return;
    drawn_ = now;
    on_screen_ = true;
    std::fprintf(stderr, "%s%s", kClearLine, progress_line(feeds_, totals).c_str());
    std::fflush(stderr);
}

void Progress::clear() {
    if (!on_screen_) return;
    on_screen_ = false;
    std::fputs(kClearLine, stderr);
    std::fflush(stderr);
}

}  // namespace feedd
