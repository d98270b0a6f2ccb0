// Which texts have a passage: a hash table in parts, of which one at a time grows.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace feedd {

// Texts are numbered by slots. Any number of them may have one passage. As one table it would take
// three times its room while it grows; in parts, once they are many, it takes at most 15 bytes a
// posting.
class PassageTable {
  public:
    using Slot = std::uint32_t;
    static constexpr Slot kGone = ~Slot{0};

    // The slots that have the passage, until `visit` returns false.
    template <typename Visit>
    void for_slots(std::uint32_t passage, Visit visit) const {
        const Part& part = parts_[part_of(passage)];
        for (std::size_t at = home(passage, part.postings.size());; at = next(at, part)) {
            const Posting posting = part.postings[at];
            if (posting == 0) return;
            if (passage_of(posting) == passage && !visit(slot_of(posting))) return;
        }
    }

    // `is_alive`: what is not is left out when a part has to grow.
    template <typename IsAlive>
    void insert(std::uint32_t passage, Slot slot, IsAlive is_alive) {
        Part& part = parts_[part_of(passage)];
        if ((part.posted + 1) * 4 > part.postings.size() * 3)
            rebuild(part, [&](Slot one) { return is_alive(one) ? one : kGone; });
        put(part, posting_of(passage, slot));
    }

    // Each slot becomes `moved` of it; what becomes kGone is dropped.
    template <typename Moved>
    void renumber(Moved moved) {
        for (Part& part : parts_)
            rebuild(part, moved);
    }

    // Asks for the memory where the passage is sought, to go on meanwhile.
    void prefetch(std::uint32_t passage) const {
        const Part& part = parts_[part_of(passage)];
        __builtin_prefetch(&part.postings[home(passage, part.postings.size())]);
    }

    // Passages with one number stand near each other.
    static constexpr unsigned kNeighbourhoodBits = 10;
    static constexpr std::size_t kNeighbourhoods = std::size_t{1} << kNeighbourhoodBits;
    [[nodiscard]] static std::size_t neighbourhood(std::uint32_t passage) noexcept {
        return static_cast<std::size_t>(mixed(passage) >> (64U - kNeighbourhoodBits));
    }

  private:
    // The hash of a passage and the slot that has it, plus 1; 0: free.
    using Posting = std::uint64_t;
    static constexpr std::size_t kFirstSize = 64;
    static constexpr unsigned kPartBits = 6;
    static constexpr std::size_t kParts = std::size_t{1} << kPartBits;
    struct Part {
        std::vector<Posting> postings = std::vector<Posting>(kFirstSize);
        std::size_t posted = 0;
    };

    static Posting posting_of(std::uint32_t passage, Slot slot) noexcept {
        return Posting{passage} << 32U | (Posting{slot} + 1);
    }
    static std::uint32_t passage_of(Posting posting) noexcept {
        return static_cast<std::uint32_t>(posting >> 32U);
    }
    static Slot slot_of(Posting posting) noexcept { return static_cast<Slot>(posting) - 1; }

    static std::uint64_t mixed(std::uint32_t passage) noexcept {
        constexpr std::uint64_t kGoldenRatio = 0x9E3779B97F4A7C15;
        return passage * kGoldenRatio;
    }
    static std::size_t part_of(std::uint32_t passage) noexcept {
        return static_cast<std::size_t>(mixed(passage) >> (64U - kPartBits));
    }
    // A size need be no power of two: the hash as a fraction of it.
    static std::size_t home(std::uint32_t passage, std::size_t size) noexcept {
        const std::uint64_t fraction = mixed(passage) << kPartBits >> 32U;
        return static_cast<std::size_t>(fraction * size >> 32U);
    }
    static std::size_t next(std::size_t at, const Part& part) noexcept {
        return at + 1 == part.postings.size() ? 0 : at + 1;
    }

    static void put(Part& part, Posting posting) {
        std::size_t at = home(passage_of(posting), part.postings.size());
        while (part.postings[at] != 0)
            at = next(at, part);
        part.postings[at] = posting;
        ++part.posted;
    }

    template <typename Moved>
    static void rebuild(Part& part, Moved moved) {
        std::size_t stay = 0;
        for (const Posting posting : part.postings)
            stay += posting != 0 && moved(slot_of(posting)) != kGone ? 1 : 0;
        Part made{.postings = std::vector<Posting>(std::max(kFirstSize, stay + stay * 4 / 5))};
        for (const Posting posting : part.postings) {
            if (posting == 0) continue;
            const Slot slot = moved(slot_of(posting));
            if (slot != kGone) put(made, posting_of(passage_of(posting), slot));
        }
        part = std::move(made);
    }

    std::array<Part, kParts> parts_;
};

}  // namespace feedd
