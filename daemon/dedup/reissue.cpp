#include "dedup/reissue.h"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <unordered_map>

#include "base/hash.h"
#include "base/text.h"

namespace feedd {

namespace {

constexpr std::size_t kFewest = 3;      // items: fewer in common are no re-issue of the whole feed
constexpr std::size_t kMostAlike = 64;  // items that share a sign; more share nothing of their own

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
    const bool title = agree(a.title, b.title);
    // The dates may be made anew, too.
    if (title && (agree(a.date, b.date) || agree(a.words, b.words))) return true;
    if (title && !a.words && !b.words && !differ(a.date, b.date)) return true;
    return agree(a.words, b.words) && !differ(a.date, b.date);
}

using Rule = bool (*)(const Signs&, const Signs&);

// Every rule wants one of these to agree, so that only what shares one has to be compared.
std::vector<std::uint64_t> handles_of(const Signs& signs) {
    std::vector<std::uint64_t> handles;
    const auto add = [&](std::uint64_t kind, std::uint64_t value) {
        handles.push_back(value ^ (kind * 0x9E3779B97F4A7C15U));
    };
    if (!signs.address.empty()) add(1, quick_hash(signs.address));
    if (!signs.alias.empty()) add(2, quick_hash(signs.alias));
    if (!signs.path.empty()) add(3, quick_hash(signs.path));
    if (signs.title) add(4, *signs.title);
    if (signs.words) add(5, *signs.words);
    return handles;
}

// Only what has one counterpart, and is the only one for it, is paired by a rule: a column's title
// over ten items proves nothing.
class Pairing {
  public:
    Pairing(std::span<const Signs> unknown, std::span<const Signs> gone)
        : unknown_(unknown), gone_(gone), pairs_(unknown.size()), taken_(gone.size(), false) {
        for (std::size_t k = 0; k < gone.size(); ++k) {
            for (const std::uint64_t handle : handles_of(gone[k]))
                by_handle_[handle].push_back(k);
        }
    }

    void pair(Rule rule) {
        constexpr std::size_t kSeveral = SIZE_MAX;
        std::unordered_map<std::size_t, std::size_t>
            counterparts;  // of gone: an unknown, or several
        Pairs found(unknown_.size());
        for (std::size_t i = 0; i < unknown_.size(); ++i) {
            if (pairs_[i]) continue;
            for (const std::size_t k : comparable(unknown_[i])) {
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
    // Each of `gone` once.
    [[nodiscard]] std::vector<std::size_t> comparable(const Signs& signs) const {
        std::vector<std::size_t> found;
        for (const std::uint64_t handle : handles_of(signs)) {
            const auto at = by_handle_.find(handle);
            if (at == by_handle_.end() || at->second.size() > kMostAlike) continue;
            found.insert(found.end(), at->second.begin(), at->second.end());
        }
        std::sort(found.begin(), found.end());
        found.erase(std::unique(found.begin(), found.end()), found.end());
        return found;
    }

    std::span<const Signs> unknown_;
    std::span<const Signs> gone_;
    Pairs pairs_;
    std::vector<bool> taken_;
    std::unordered_map<std::uint64_t, std::vector<std::size_t>> by_handle_;  // of gone
    std::size_t count_ = 0;
};

}  // namespace

std::optional<std::uint64_t> sign_of(std::string_view text) {
    const std::string words = collapse_space(text);
    if (words.empty()) return std::nullopt;
    return quick_hash(words);
}

Pairs reissued(std::span<const Signs> unknown, std::span<const Signs> gone) {
    Pairing sure(unknown, gone);
    sure.pair(surely);
    Pairing lenient = sure;
    lenient.pair(likely);
    const std::size_t most = std::min(unknown.size(), gone.size());
    const bool whole_feed = lenient.count() >= kFewest && lenient.count() * 5 >= most * 4;
    return whole_feed ? lenient.pairs() : sure.pairs();
}

}  // namespace feedd
