#include "dedup/fingerprint.h"

#include <algorithm>
#include <cstddef>
#include <vector>

#include "dedup/hash_index.h"
#include "dedup/words.h"

namespace feedd {

namespace {

using Hashes = std::vector<std::uint32_t>;

constexpr std::size_t kFewestPassages = 4;  // as long as one: a dozen words
// Summaries are mostly made of a text's beginning: of that, more is kept and asked.
constexpr std::size_t kLead = 40;  // passages as long as one
constexpr std::size_t kKept = 24;
constexpr std::size_t kMostKept = 56;
constexpr std::size_t kKeptShare = 10;  // of a long text one passage in so many
constexpr std::size_t kKeptOfLead = 28;
constexpr std::size_t kAsked = 96;
constexpr std::size_t kAskedOfLead = 64;

void sort_unique(Hashes& hashes) {
    std::sort(hashes.begin(), hashes.end());
    hashes.erase(std::unique(hashes.begin(), hashes.end()), hashes.end());
}

// Adds the smallest of hashes[0 … among): `kept` of them, and `asked`, which are more.
void add_smallest(Fingerprint& to, Hashes& hashes, std::size_t among, std::size_t kept,
                  std::size_t asked) {
    const auto at = [&](std::size_t i) {
        return hashes.begin() + static_cast<std::ptrdiff_t>(std::min({i, among, hashes.size()}));
    };
    std::nth_element(hashes.begin(), at(asked), at(among));
    std::nth_element(hashes.begin(), at(kept), at(asked));
    to.asked.insert(to.asked.end(), hashes.begin(), at(asked));
    to.kept.insert(to.kept.end(), hashes.begin(), at(kept));
}

}  // namespace

Fingerprint fingerprint_of(std::string_view text) {
    const std::vector<Word> words = words_of(text);
    Fingerprint out;
    if (words.empty()) return out;
    const std::size_t length = passage_length(kind_of(words));
    if (words.size() < kFewestPassages * length) return out;
    Hashes passages = passages_of(words);
    std::erase(passages, 0U);
    HashIndex known(words.size());
    for (const std::uint32_t term : terms_of(words)) {
        if (known.insert(term)) out.terms.push_back(term);
    }
    // The lead first: taking its smallest only changes the order within it.
    const std::size_t lead = kLead * length;
    add_smallest(out, passages, lead, kKeptOfLead, kAskedOfLead);
    const std::size_t kept = std::clamp(passages.size() / kKeptShare, kKept, kMostKept);
    add_smallest(out, passages, passages.size(), kept, kAsked);
    sort_unique(out.kept);
    sort_unique(out.asked);
    return out;
}

}  // namespace feedd
