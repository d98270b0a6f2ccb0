#include "dedup/template_odds.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <tuple>
#include <vector>

namespace feedd {

namespace {

struct Term {
    bool name = false;
    bool number = false;
    bool kept = false;  // the other text has it
    std::uint16_t count = 0;
};

std::vector<Term> terms_of(const TextReading& text, const Mask& counted, const TextReading& other,
                           const Frequencies& frequencies) {
    HashIndex seen(text.size());
    std::vector<Term> terms;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const std::uint32_t hash = text.terms()[i];
        if (counted[i] == 0 || !seen.insert(hash)) continue;
        const Word& word = text.words()[i];
        terms.push_back({.name = word.name,
                         .number = word.number,
                         .kept = other.has_term(hash),
                         .count = frequencies.count(hash)});
    }
    return terms;
}

// Terms of one kind.
struct Tally {
    double kept = 0;
    double lost = 0;
    Tally& operator+=(const Tally& other) {
        kept += other.kept;
        lost += other.lost;
        return *this;
    }
};

struct Tallies {
    Tally numbers;
    Tally rare;  // names, where capitals show them; else what few articles have
    Tally common;
};

// The rarest third of the terms, the names before all others.
Tallies tallies_of(std::vector<Term> terms, double weight) {
    std::stable_sort(terms.begin(), terms.end(), [](const Term& a, const Term& b) {
        return std::tuple(a.number, !a.name, a.count) < std::tuple(b.number, !b.name, b.count);
    });
    const auto names = static_cast<std::size_t>(std::count_if(
        terms.begin(), terms.end(), [](const Term& term) { return term.name && !term.number; }));
    const auto numbers = static_cast<std::size_t>(
        std::count_if(terms.begin(), terms.end(), [](const Term& term) { return term.number; }));
    const std::size_t third = (terms.size() - numbers) / 3;
    // Few names: the rest is no rarer for that. Many: it is a text in capitals, or in German.
    const std::size_t rarest = names == 0 ? third : std::min(names, third);
    Tallies out;
    for (std::size_t i = 0; i < terms.size(); ++i) {
        const bool number = terms[i].number;
        Tally& tally = number ? out.numbers : i < rarest ? out.rare : out.common;
        (terms[i].kept ? tally.kept : tally.lost) += number ? 1 : weight;
    }
    return out;
}

// Stirling's series: exact enough from 8 on, up to where the recurrence leads.
double log_gamma(double x) {
    constexpr double kEnough = 8;
    double lower = 0;
    for (; x < kEnough; ++x)
        lower += std::log(x);
    constexpr double kHalfLogTau = 0.918938533204672742;
    return (x - 0.5) * std::log(x) - x + kHalfLogTau + 1 / (12 * x) - 1 / (360 * x * x * x) - lower;
}

double log_beta(double a, double b) {
    return log_gamma(a) + log_gamma(b) - log_gamma(a + b);
}

// What is known beforehand of the share of terms that is kept: as if so many had been seen.
struct Prior {
    double kept = 1;
    double lost = 1;
};

// Logarithm of the probability of what was seen, over all shares that there may be.
double evidence(const Tally& seen, Prior prior) {
    return log_beta(prior.kept + seen.kept, prior.lost + seen.lost) -
           log_beta(prior.kept, prior.lost);
}

double log_sum(double a, double b) {
    const double most = std::max(a, b);
    return most + std::log(std::exp(a - most) + std::exp(b - most));
}

double of_template(const Tallies& seen) {
    const double numbers = evidence(seen.numbers, {1, 5});
    const double rare =
        log_sum(evidence(seen.rare, {1, 4}), evidence(seen.rare, {4, 4})) - std::log(2);
    const double common = evidence(seen.common, {20, 1});
    return numbers + rare + common;
}

double of_copy(const Tallies& seen) {
    Tally all = seen.numbers;
    all += seen.rare;
    all += seen.common;
    const double alike = evidence(all, {3, 1});
    // Numbers were brought up to date, or names are written in another way.
    Tally words = seen.rare;
    words += seen.common;
    const double numbers = evidence(words, {9, 1}) + evidence(seen.numbers, {1, 1});
    Tally rest = seen.numbers;
    rest += seen.common;
    const double names = evidence(rest, {9, 1}) + evidence(seen.rare, {1, 1});
    constexpr double kSeldom = -3;
    return log_sum(alike, kSeldom + log_sum(numbers, names));
}

// Terms that are made of several characters overlap, and say the same several times.
double weight_of(Word::Kind kind) {
    switch (kind) {
        case Word::Kind::word:
            break;
        case Word::Kind::ideograph:
            return 0.5;
        case Word::Kind::letter:
            return 0.2;
    }
    return 1;
}

}  // namespace

double template_odds(const TextReading& text, const Mask& counted, const TextReading& other,
                     const Frequencies& frequencies) {
    const Tallies seen =
        tallies_of(terms_of(text, counted, other, frequencies), weight_of(text.kind()));
    return of_template(seen) - of_copy(seen);
}

}  // namespace feedd
