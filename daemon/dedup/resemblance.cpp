#include "dedup/resemblance.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "dedup/template_odds.h"

namespace feedd {

namespace {

constexpr double kOfStretch = 0.2;  // that must be shared: half of it at random is more

double share(std::size_t part, std::size_t whole) {
    return whole == 0 ? 1 : static_cast<double>(part) / static_cast<double>(whole);
}

// The stretches of a text that have enough in common with the other one.
struct Stretches {
    double share = 0;          // of all
    double of_first_half = 0;  // of those in the first half of the text
    Mask of_word;              // whether a word stands in one
};

Stretches stretches_of(const Mask& shared, std::size_t length) {
    Stretches out{.of_word = Mask(shared.size())};
    const auto at = [&](std::size_t i) { return static_cast<std::ptrdiff_t>(i); };
    std::size_t alike = 0;
    std::size_t early = 0;
    const std::size_t count = std::max<std::size_t>(1, shared.size() / length);
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t begin = i * shared.size() / count;
        const std::size_t end = (i + 1) * shared.size() / count;
        const auto words = std::count(shared.begin() + at(begin), shared.begin() + at(end), 1);
        if (static_cast<double>(words) < kOfStretch * static_cast<double>(end - begin)) continue;
        ++alike;
        if (2 * i < count) ++early;
        std::fill(out.of_word.begin() + at(begin), out.of_word.begin() + at(end), 1);
    }
    out.share = share(alike, count);
    out.of_first_half = share(early, (count + 1) / 2);
    return out;
}

// Of the different words that `counted` says, those that stand in the other text.
double terms_in_other(const TextReading& text, const Mask& counted, const TextReading& other) {
    HashIndex seen(text.size());
    std::size_t all = 0;
    std::size_t kept = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (counted[i] == 0 || !seen.insert(text.terms()[i])) continue;
        ++all;
        if (other.has_term(text.terms()[i])) ++kept;
    }
    return share(kept, all);
}

struct Pair {
    std::size_t shorter = 0;
    std::size_t longer = 0;
};
Pair by_length(const Family& family, std::size_t a, std::size_t b) {
    return is_shorter(family[a], family[b]) ? Pair{a, b} : Pair{b, a};
}

// With the words that stand in stretches with enough in common.
std::pair<Overlap, Mask> overlap_of(const TextReading& text, const Mask& shared) {
    Stretches stretches = stretches_of(shared, text.stretch());
    const Overlap out{
        .shared = shared.empty() ? 0 : share(count(shared), shared.size()),
        .spread = stretches.share,
        .early = stretches.of_first_half,
        .words = static_cast<int>(text.size() * passage_length(Word::Kind::word) / text.passage()),
        .of_letters = text.kind() == Word::Kind::letter};
    return {out, std::move(stretches.of_word)};
}

}  // namespace

bool is_shorter(const TextReading& a, const TextReading& b) {
    if (a.size() != b.size()) return a.size() < b.size();
    return std::ranges::lexicographical_compare(a.terms(), b.terms());
}

Overlap overlap(Family& family, std::size_t a, std::size_t b) {
    const auto [shorter, longer] = by_length(family, a, b);
    return overlap_of(family[shorter], family.shared(shorter, longer)).first;
}

Resemblance resemblance(Family& family, std::size_t a, std::size_t b,
                        const Frequencies& frequencies) {
    const auto pair = by_length(family, a, b);
    const TextReading& shorter = family[pair.shorter];
    const TextReading& longer = family[pair.longer];
    if (shorter.size() == 0) return {};
    const Mask& shared = family.shared(pair.shorter, pair.longer);
    const auto& [overlap, stretches] = overlap_of(shorter, shared);
    Resemblance out{.overlap = overlap,
                    .aligned = alignment(shorter, shared, longer),
                    .terms = terms_in_other(shorter, stretches, longer),
                    .template_odds = template_odds(shorter, stretches, longer, frequencies)};
    if (shorter.kind() != Word::Kind::word) {
        // Where no spaces part words, each edit makes rare ones of its own at its edges: of the two
        // texts, the one that fewer edits were made in is the better witness.
        const Mask others = overlap_of(longer, family.shared(pair.longer, pair.shorter)).second;
        out.template_odds =
            std::min(out.template_odds, template_odds(longer, others, shorter, frequencies));
    }
    return out;
}

std::vector<std::string> shared_passages(std::string_view text, std::string_view other) {
    const TextReading reading(text);
    const std::span<const Word> words = reading.words();
    const Mask shared = covered(reading, TextReading(other));
    std::vector<std::string> passages;
    for (std::size_t i = 0; i < words.size();) {
        if (shared[i] == 0) {
            ++i;
            continue;
        }
        std::size_t end = i;
        while (end < words.size() && shared[end] != 0)
            ++end;
        passages.emplace_back(text.substr(words[i].begin, words[end - 1].end - words[i].begin));
        i = end;
    }
    return passages;
}

}  // namespace feedd
