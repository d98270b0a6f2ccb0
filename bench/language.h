// Words of six scripts, as many as a newspaper uses, common and rare ones.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace feedd::bench {

using Random = std::mt19937_64;

[[nodiscard]] inline std::size_t below(Random& random, std::size_t count) {
    return static_cast<std::size_t>(random() % count);
}
[[nodiscard]] inline bool chance(Random& random, double probability) {
    return static_cast<double>(random() >> 11U) * 0x1.0p-53 < probability;
}
template <typename T>
[[nodiscard]] const T& one_of(Random& random, const std::vector<T>& of) {
    return of[below(random, of.size())];
}

struct Language {
    std::string script;
    bool spaced = true;
    bool capitals = false;
    std::string full_stop = ".";
    std::string comma = ",";
    std::vector<std::string> functions;  // the commonest words there are
    std::vector<std::string> words;      // the commonest first
    std::vector<std::string> names;      // of people, places and houses
    char32_t zero = U'0';                // of its own digits

    // By Zipf's law.
    [[nodiscard]] const std::string& word(Random& random) const;
    [[nodiscard]] std::string number(Random& random, std::size_t most) const;
};

// Latin, Cyrillic, Arabic, Devanagari, Han, Thai.
[[nodiscard]] std::vector<Language> languages(std::uint64_t seed);

using Sentence = std::vector<std::string>;
using Paragraph = std::vector<Sentence>;
using Prose = std::vector<Paragraph>;

[[nodiscard]] std::string written(const Language& language, const Sentence& sentence);
[[nodiscard]] std::string written(const Language& language, const Paragraph& paragraph);

}  // namespace feedd::bench
