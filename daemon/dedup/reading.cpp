#include "dedup/reading.h"

#include <algorithm>

namespace feedd {

TextReading::TextReading(std::string_view text)
    : words_(words_of(text)),
      kind_(kind_of(words_)),
      passages_(passages_of(words_)),
      terms_(terms_of(words_)),
      known_passages_(words_.size()),
      known_terms_(words_.size()) {
    for (std::size_t i = 0; i < words_.size(); ++i) {
        if (passages_[i] != 0) known_passages_.insert(passages_[i], i);
        known_terms_.insert(terms_[i]);
    }
}

Mask covered(const TextReading& text, const TextReading& other) {
    Mask out(text.size());
    std::size_t until = 0;
    for (std::size_t i = 0; i < out.size(); ++i) {
        const std::uint32_t passage = text.passages()[i];
        if (passage != 0 && other.has_passage(passage)) {
            until = std::max(until, i + passage_length(text.words()[i].kind));
        }
        out[i] = i < until ? 1 : 0;
    }
    return out;
}

std::size_t count(const Mask& mask) {
    return static_cast<std::size_t>(std::count(mask.begin(), mask.end(), std::uint8_t{1}));
}

}  // namespace feedd
