// What holds whatever bytes come: checked by the fuzz targets on inputs that nobody has seen, and
// by the tests on the corpus, so that what was found once is not lost again.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace feedd::fuzz {

// Collects the first promise that is broken.
class Promises {
  public:
    void hold(bool holds, std::string_view what, std::string_view shown = {}) {
        if (holds || !broken_.empty()) return;
        broken_ = std::string(what);
        if (!shown.empty()) broken_ += ": " + std::string(shown);
    }
    [[nodiscard]] std::string broken() && { return std::move(broken_); }

  private:
    std::string broken_;
};

// Far above what any input takes, even under sanitizers: what is above it is no longer linear.
[[nodiscard]] constexpr std::chrono::duration<double> most_time(std::size_t bytes) {
    return std::chrono::duration<double>(1.0 + 5e-6 * static_cast<double>(bytes));
}

// Bytes → Document → Articles. The first byte picks what is known from outside (a Content-Type and
// the address of the feed, see feed_promises.cpp: '0' is neither odd nor helpful), the rest is the
// document. "" if all holds, else what does not.
[[nodiscard]] std::string broken_promise_of_feed(std::string_view input);

// Markup → safe HTML and its text.
[[nodiscard]] std::string broken_promise_of_html(std::string_view input);

// A soup of tags, a byte each (fuzz/soup.h): the sanitiser's two ways, without the tree builder and
// through it, give the same.
[[nodiscard]] std::string broken_promise_of_html_paths(std::string_view input);

}  // namespace feedd::fuzz
