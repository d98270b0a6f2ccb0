#include "dedup/resemblance.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <span>
#include <tuple>

#include "dedup/words.h"

namespace feedd {

namespace {

// Hashes, looked up and no more.
class HashSet {
  public:
    explicit HashSet(std::size_t most) : slots_(std::bit_ceil(2 * most + 2)) {}
    // False: it was there.
    bool insert(std::uint32_t hash) {
        for (std::size_t at = hash & mask();; at = (at + 1) & mask()) {
            if (slots_[at] == hash + 1) return false;
            if (slots_[at] != 0) continue;
            slots_[at] = hash + 1;
            return true;
        }
    }
    [[nodiscard]] bool contains(std::uint32_t hash) const {
        for (std::size_t at = hash & mask();; at = (at + 1) & mask()) {
            if (slots_[at] == hash + 1) return true;
            if (slots_[at] == 0) return false;
        }
    }

  private:
    [[nodiscard]] std::size_t mask() const { return slots_.size() - 1; }
    std::vector<std::uint64_t> slots_;
};

// For each word whether it stands in a passage of `other`.
std::vector<bool> covered(std::span<const Word> words, std::span<const Word> other) {
    HashSet passages(other.size());
    for (std::size_t i = 0; i < other.size(); ++i) {
        if (const std::uint32_t hash = passage_at(other, i); hash != 0) passages.insert(hash);
    }
    std::vector<bool> out(words.size());
    std::size_t until = 0;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::uint32_t hash = passage_at(words, i);
        if (hash != 0 && passages.contains(hash)) {
            until = std::max(until, i + passage_length(words[i].kind));
        }
        out[i] = i < until;
    }
    return out;
}

constexpr std::size_t kStretch = 4;  // passages as long as one: a dozen words
constexpr double kOfStretch = 0.2;   // that must be shared: half of it at random is more

double share(std::size_t part, std::size_t whole) {
    return whole == 0 ? 1 : static_cast<double>(part) / static_cast<double>(whole);
}

// The stretches of a text that have enough in common with the other one.
struct Stretches {
    double share = 0;           // of all
    double of_first_half = 0;   // of those in the first half of the text
    std::vector<bool> of_word;  // whether a word stands in one
};

Stretches stretches_of(const std::vector<bool>& shared, std::size_t length) {
    Stretches out{.of_word = std::vector<bool>(shared.size())};
    const auto at = [&](std::size_t i) { return static_cast<std::ptrdiff_t>(i); };
    std::size_t alike = 0;
    std::size_t early = 0;
    const std::size_t count = std::max<std::size_t>(1, shared.size() / length);
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t begin = i * shared.size() / count;
        const std::size_t end = (i + 1) * shared.size() / count;
        const auto words = std::count(shared.begin() + at(begin), shared.begin() + at(end), true);
        if (static_cast<double>(words) < kOfStretch * static_cast<double>(end - begin)) continue;
        ++alike;
        if (2 * i < count) ++early;
        std::fill(out.of_word.begin() + at(begin), out.of_word.begin() + at(end), true);
    }
    out.share = share(alike, count);
    out.of_first_half = share(early, (count + 1) / 2);
    return out;
}

// Of the words, those that stand in a row of at least `length` without a passage of the other text.
double in_gaps(const std::vector<bool>& shared, std::size_t length) {
    std::size_t words = 0;
    for (std::size_t i = 0; i < shared.size();) {
        std::size_t end = i;
        while (end < shared.size() && !shared[end])
            ++end;
        if (end - i >= length) words += end - i;
        i = end + 1;
    }
    return share(words, shared.size());
}

struct Term {
    std::uint32_t hash = 0;
    bool salient = false;  // a name or a number
    bool number = false;
    bool in_other = false;
    std::uint16_t count = 0;
};

// Of the words that `counted` says.
std::vector<Term> terms_of(std::span<const Word> words, const std::vector<bool>& counted,
                           std::span<const Word> other, const Frequencies& frequencies) {
    HashSet others(other.size());
    for (std::size_t i = 0; i < other.size(); ++i)
        others.insert(term_at(other, i));
    HashSet seen(words.size());
    std::vector<Term> terms;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (!counted[i]) continue;
        const std::uint32_t hash = term_at(words, i);
        if (!seen.insert(hash)) continue;
        terms.push_back({.hash = hash,
                         .salient = words[i].name || words[i].number,
                         .number = words[i].number,
                         .in_other = others.contains(hash),
                         .count = frequencies.count(hash)});
    }
    return terms;
}

// Of one kind of words: how many there are, and how many of them stand in the other text.
struct Agreement {
    double same = 0;
    double other = 0;
    void add(bool in_other) { ++(in_other ? same : other); }
};

// What two texts of one template have in common. A rewritten text has the same share of each kind.
struct TemplateShares {
    double rare = 0.50;
    double common = 0.94;
    // What one term says: those that are made of several characters overlap, and say it several
    // times.
    double weight = 1;
};
TemplateShares shares_of(Word::Kind kind) {
    switch (kind) {
        case Word::Kind::word:
            break;
        case Word::Kind::ideograph:
            return {.rare = 0.50, .common = 0.88, .weight = 0.5};
        case Word::Kind::letter:
            return {.rare = 0.62, .common = 0.86, .weight = 0.125};
    }
    return {};
}
constexpr double kNumbersOfTemplate = 0.12;
constexpr double kMostCertain = 0.95;

double log_odds(const Agreement& agreement, double of_template, double of_copy) {
    return agreement.same * std::log(of_template / of_copy) +
           agreement.other * std::log((1 - of_template) / (1 - of_copy));
}

// A template differs from its like in the names and numbers that were filled in, a rewritten text
// in whatever words: the rarest third is counted apart from the rest.
double template_odds(std::vector<Term>& terms, const TemplateShares& shares) {
    const auto salient = static_cast<std::size_t>(
        std::count_if(terms.begin(), terms.end(), [](const Term& term) { return term.salient; }));
    // A text all in capitals has no names to go by.
    const bool names = salient * 2 <= terms.size();
    std::stable_sort(terms.begin(), terms.end(), [&](const Term& a, const Term& b) {
        const auto rank = [&](const Term& term) {
            return std::tuple(names ? !term.salient : !term.number, term.count);
        };
        return rank(a) < rank(b);
    });
    const std::size_t rarest = std::max(names ? salient : 0, terms.size() / 3);
    Agreement numbers;
    Agreement rare;
    Agreement common;
    for (std::size_t i = 0; i < terms.size(); ++i) {
        Agreement& kind = terms[i].number ? numbers : i < rarest ? rare : common;
        kind.add(terms[i].in_other);
    }
    const double same = rare.same + common.same + 1;
    const double all = same + rare.other + common.other + 1;
    const double copy = std::min(same / all, kMostCertain);
    return log_odds(numbers, kNumbersOfTemplate, copy) +
           shares.weight *
               (log_odds(rare, shares.rare, copy) + log_odds(common, shares.common, copy));
}

bool before(std::string_view a, std::string_view b) {
    return std::tuple(a.size(), a) < std::tuple(b.size(), b);
}

}  // namespace

Resemblance resemblance(std::string_view a, std::string_view b, const Frequencies& frequencies) {
    std::vector<Word> shorter = words_of(a);
    std::vector<Word> longer = words_of(b);
    const bool swap =
        shorter.size() != longer.size() ? longer.size() < shorter.size() : before(b, a);
    if (swap) std::swap(shorter, longer);
    Resemblance out;
    if (shorter.empty()) return out;
    const std::vector<bool> shared = covered(shorter, longer);
    const Word::Kind kind = shorter[shorter.size() / 2].kind;
    const std::size_t length = passage_length(kind);
    const Stretches stretches = stretches_of(shared, kStretch * length);
    out.shared = share(static_cast<std::size_t>(std::count(shared.begin(), shared.end(), true)),
                       shared.size());
    out.of_letters = kind == Word::Kind::letter;
    out.spread = stretches.share;
    out.gaps = in_gaps(shared, kStretch * length);
    out.early = stretches.of_first_half;
    out.words = static_cast<int>(shorter.size() * passage_length(Word::Kind::word) / length);
    std::vector<Term> terms = terms_of(shorter, stretches.of_word, longer, frequencies);
    out.terms = share(static_cast<std::size_t>(std::count_if(
                          terms.begin(), terms.end(), [](const Term& t) { return t.in_other; })),
                      terms.size());
    out.template_odds = template_odds(terms, shares_of(kind));
    if (kind != Word::Kind::word) {
        // Where no spaces part words, each edit makes rare ones of its own at its edges: of the two
        // texts, the one that fewer edits were made in is the better witness.
        const Stretches others = stretches_of(covered(longer, shorter), kStretch * length);
        std::vector<Term> other_terms = terms_of(longer, others.of_word, shorter, frequencies);
        out.template_odds =
            std::min(out.template_odds, template_odds(other_terms, shares_of(kind)));
    }
    return out;
}

std::vector<std::string> shared_passages(std::string_view text, std::string_view other) {
    const std::vector<Word> words = words_of(text);
    const std::vector<bool> shared = covered(words, words_of(other));
    std::vector<std::string> passages;
    for (std::size_t i = 0; i < words.size();) {
        if (!shared[i]) {
            ++i;
            continue;
        }
        std::size_t end = i;
        while (end < words.size() && shared[end])
            ++end;
        passages.emplace_back(text.substr(words[i].begin, words[end - 1].end - words[i].begin));
        i = end;
    }
    return passages;
}

}  // namespace feedd
