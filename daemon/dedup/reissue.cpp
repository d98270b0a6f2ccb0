#include "dedup/reissue.h"

#include <algorithm>
#include <string_view>
#include <unordered_map>

#include "base/hash.h"
#include "base/text.h"

namespace feedd {

namespace {

constexpr std::size_t kFewest = 3;   // items: fewer in common are no re-issue of the whole feed
constexpr std::size_t kMost = 1000;  // of each side are compared: every one with every other

using Pairs = std::vector<std::optional<std::size_t>>;

// Two signs that are there and the same.
template <typename Sign>
bool agree(const std::optional<Sign>& a, const std::optional<Sign>& b) {
    return a && b && *a == *b;
}
bool agree(std::string_view a, std::string_view b) {
    return !a.empty() && a == b;
}

bool differ(const std::optional<Time>& a, const std::optional<Time>& b) {
    return a && b && *a != *b;
}

bool surely(const Signs& a, const Signs& b) {
    const bool title = agree(a.title, b.title);
    const bool words = agree(a.words, b.words);
    const bool date = agree(a.date, b.date);
    if (agree(a.address, b.address)) return title || words || date;
    // Every weblog has begun with '?p=1', 'Hello world!': two of them, in a planet's feed.
    if (agree(a.alias, b.alias) || agree(a.path, b.path)) {
        return words || date || (title && !differ(a.date, b.date));
    }
    // 'Good morning' every day, without a date, is another item every day.
    return title && words && date;
}

bool likely(const Signs& a, const Signs& b) {
    if (surely(a, b)) return true;
    if (agree(a.title, b.title) && agree(a.date, b.date)) return true;
    return agree(a.words, b.words) && !differ(a.date, b.date);
}

using Rule = bool (*)(const Signs&, const Signs&);

// Only what has one counterpart, and is the only one for it, is paired by a rule: a column's title
// over ten items proves nothing.
class Pairing {
  public:
    Pairing(std::span<const Signs> unknown, std::span<const Signs> gone)
        : unknown_(unknown), gone_(gone), pairs_(unknown.size()), taken_(gone.size(), false) {}

    void pair(Rule rule) {
        constexpr std::size_t kSeveral = SIZE_MAX;
        std::unordered_map<std::size_t, std::size_t>
            counterparts;  // of gone: an unknown, or several
        Pairs found(unknown_.size());
        for (std::size_t i = 0; i < unknown_.size(); ++i) {
            if (pairs_[i]) continue;
            for (std::size_t k = 0; k < gone_.size(); ++k) {
                if (taken_[k] || !rule(unknown_[i], gone_[k])) continue;
                found[i] = found[i] ? kSeveral : k;
                const auto [at, first] = counterparts.emplace(k, i);
                if (!first) at->second = kSeveral;
            }
        }
        for (std::size_t i = 0; i < unknown_.size(); ++i) {
            if (!found[i] || *found[i] == kSeveral || counterparts.at(*found[i]) == kSeveral)
                continue;
            pairs_[i] = found[i];
            taken_[*found[i]] = true;
            ++count_;
        }
    }

    [[nodiscard]] std::size_t count() const noexcept { return count_; }
    [[nodiscard]] const Pairs& pairs() const noexcept { return pairs_; }

  private:
    std::span<const Signs> unknown_;
    std::span<const Signs> gone_;
    Pairs pairs_;
    std::vector<bool> taken_;
    std::size_t count_ = 0;
};

}  // namespace

std::optional<std::uint64_t> sign_of(std::string_view text) {
    const std::string words = collapse_space(text);
    if (words.empty()) return std::nullopt;
    return quick_hash(words);
}

Pairs reissued(std::span<const Signs> unknown, std::span<const Signs> gone) {
    const std::size_t all = unknown.size();
    unknown = unknown.first(std::min(unknown.size(), kMost));
    gone = gone.first(std::min(gone.size(), kMost));
    Pairing sure(unknown, gone);
    sure.pair(surely);
    Pairing lenient = sure;
    lenient.pair(likely);
    const std::size_t most = std::min(unknown.size(), gone.size());
    const bool whole_feed = lenient.count() >= kFewest && lenient.count() * 5 >= most * 4;
    Pairs pairs = whole_feed ? lenient.pairs() : sure.pairs();
    pairs.resize(all);
    return pairs;
}

}  // namespace feedd
