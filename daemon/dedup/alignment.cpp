#include "dedup/alignment.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace feedd {

namespace {

using Terms = std::span<const std::uint32_t>;

// A row without a passage in common that is shorter says nothing; words that are replaced at random
// leave such rows, in which half of the words still are as they were.
constexpr std::size_t kRow = 2;          // passages as long as one
constexpr std::size_t kRowUnspaced = 3;  // there is no telling where words end
constexpr std::size_t kLongest = 20;     // that is looked at word by word
constexpr double kKeptOfRow = 0.34;      // common words stand in any row
constexpr double kKeptUnspaced = 0.2;

// Length of the longest common subsequence.
std::size_t in_common(Terms a, Terms b) {
    std::vector<std::uint32_t> last(b.size() + 1);
    std::vector<std::uint32_t> now(b.size() + 1);
    for (const std::uint32_t one : a) {
        for (std::size_t j = 0; j < b.size(); ++j)
            now[j + 1] = one == b[j] ? last[j] + 1 : std::max(last[j + 1], now[j]);
        std::swap(last, now);
    }
    return last.back();
}

class Aligning {
  public:
    Aligning(const TextReading& text, const Mask& shared, const TextReading& other)
        : text_(text),
          shared_(shared),
          other_(other),
          unit_(text.passage()),
          spaced_(text.kind() == Word::Kind::word) {}

    Alignment align() {
        Alignment out;
        const std::size_t size = shared_.size();
        if (size == 0) return out;
        std::size_t lead = 0;
        std::size_t foreign = 0;
        std::size_t kept = count(shared_);
        for (std::size_t i = 0; i < size; ++i) {
            if (shared_[i] != 0) continue;
            std::size_t end = i;
            while (end < size && shared_[end] == 0)
                ++end;
            const std::size_t same = kept_of_row(i, end);
            const std::size_t length = end - i;
            if (length >= (spaced_ ? kRow : kRowUnspaced) * unit_ &&
                static_cast<double>(same) <
                    (spaced_ ? kKeptOfRow : kKeptUnspaced) * static_cast<double>(length)) {
                (i == 0 ? lead : foreign) += length;
            } else {
                kept += same;
            }
            i = end;
        }
        out.ordered = ordered();
        const auto whole = static_cast<double>(size);
        out.lead = static_cast<double>(lead) / whole;
        out.foreign = static_cast<double>(foreign) / whole;
        out.kept = lead == size ? 0 : static_cast<double>(kept) / static_cast<double>(size - lead);
        return out;
    }

  private:
    // The longest chain of passages that follow each other in both texts, as a share of those in
    // both.
    double ordered() const {
        std::vector<std::size_t> ends;  // of the chains of each length, where the last one stands
        std::size_t common = 0;
        for (const std::uint32_t passage : text_.passages()) {
            const auto place = passage == 0 ? std::nullopt : other_.place(passage);
            if (!place) continue;
            ++common;
            const auto at = std::ranges::upper_bound(ends, *place);
            if (at == ends.end()) {
                ends.push_back(*place);
            } else {
                *at = *place;
            }
        }
        return common == 0 ? 1 : static_cast<double>(ends.size()) / static_cast<double>(common);
    }
    // Of text[begin … end), which no passage of the other text covers, the words that the other
    // text has at that place, too.
    std::size_t kept_of_row(std::size_t begin, std::size_t end) const {
        const std::size_t length = end - begin;
        if (length > kLongest * unit_) return 0;
        const Terms row = text_.terms().subspan(begin, length);
        std::optional<std::size_t> after;   // the other's words before the row end here
        std::optional<std::size_t> before;  // and those behind it begin here
        if (begin >= unit_) {
            after = other_.place(text_.passages()[begin - unit_]);
            if (after) *after += unit_;
        }
        if (end < text_.size()) before = other_.place(text_.passages()[end]);
        const std::size_t reach = length + length / 4 + unit_;
        if (after && before && *after <= *before && *before - *after <= 2 * reach) {
            return in_common(row, other_.terms().subspan(*after, *before - *after));
        }
        std::size_t most = 0;
        if (after) {
            const std::size_t until = std::min(other_.size(), *after + reach);
            if (*after < until) {
                most = in_common(row, other_.terms().subspan(*after, until - *after));
            }
        }
        if (before) {
            const std::size_t from = *before > reach ? *before - reach : 0;
            most = std::max(most, in_common(row, other_.terms().subspan(from, *before - from)));
        }
        return most;
    }

    const TextReading& text_;
    const Mask& shared_;
    const TextReading& other_;
    std::size_t unit_;
    bool spaced_;
};

}  // namespace

Alignment alignment(const TextReading& text, const Mask& shared, const TextReading& other) {
    return Aligning(text, shared, other).align();
}

}  // namespace feedd
