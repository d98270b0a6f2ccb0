#include "dedup/alike.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <string>
#include <vector>

#include "base/text.h"

namespace feedd {

namespace {

constexpr std::size_t kEnoughOfATitle = 512;  // bytes: a 'title' of a megabyte is not compared

bool counts(char c) noexcept {
    return !is_ascii(c) || is_alpha(c) || is_digit(c);
}

// One number for each character of valid UTF-8: its bytes, packed.
std::vector<std::uint32_t> characters(std::string_view title) {
    std::vector<std::uint32_t> out;
    for (const char raw : fold_case(truncate_utf8(title, kEnoughOfATitle))) {
        if (!counts(raw)) continue;
        const auto byte = static_cast<unsigned char>(raw);
        if (is_continuation(raw) && !out.empty()) {
            out.back() = out.back() << 8U | byte;
        } else {
            out.push_back(byte);
        }
    }
    return out;
}

std::vector<std::uint64_t> pairs(std::string_view title) {
    const std::vector<std::uint32_t> text = characters(title);
    std::vector<std::uint64_t> out;
    // A lone character is paired with nothing, so that it still counts.
    if (text.size() == 1) out.push_back(text.front());
    for (std::size_t i = 1; i < text.size(); ++i)
        out.push_back(std::uint64_t{text[i - 1]} << 32U | text[i]);
    std::sort(out.begin(), out.end());
    return out;
}

std::string digits_of(std::string_view text) {
    std::string out;
    std::copy_if(text.begin(), text.end(), std::back_inserter(out), is_digit);
    return out;
}

}  // namespace

double likeness(std::string_view a, std::string_view b) {
    const std::vector<std::uint64_t> left = pairs(a);
    const std::vector<std::uint64_t> right = pairs(b);
    if (left.empty() || right.empty()) return left.empty() && right.empty() ? 1 : 0;
    std::vector<std::uint64_t> both;
    std::set_intersection(left.begin(), left.end(), right.begin(), right.end(),
                          std::back_inserter(both));
    return 2.0 * static_cast<double>(both.size()) / static_cast<double>(left.size() + right.size());
}

bool same_digits(std::string_view a, std::string_view b) {
    return digits_of(a) == digits_of(b);
}

}  // namespace feedd
