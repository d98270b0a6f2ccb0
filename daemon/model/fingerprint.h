#pragma once

#include <cstdint>
#include <vector>

namespace feedd {

// What a text is found by (dedup/fingerprint). Empty: it is too short to be a story.
struct Fingerprint {
    std::vector<std::uint32_t>
        kept;  // hashes of few of its passages, ascending: what the store keeps
    std::vector<std::uint32_t> asked;  // of many: what it is looked up by
    std::vector<std::uint32_t> terms;  // of its words, each once
    [[nodiscard]] bool empty() const { return kept.empty(); }
};

}  // namespace feedd
