// Which slots have a hash: a table in many parts, each of which grows by itself.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <utility>

namespace feedd {

// Any number of slots may have one hash. A posting takes some six bytes: five for itself, since the
// part that it stands in tells the rest of its hash, and the free room. As one table it would take
// three times that while it grows.
class SlotTable {
  public:
    using Slot = std::uint32_t;
    static constexpr unsigned kSlotBits = 21;
    static constexpr Slot kMostSlots = (Slot{1} << kSlotBits) - 1;  // numbered from 0
    static constexpr Slot kGone = ~Slot{0};

    // The slots that have the hash, until `visit` returns false.
    template <typename Visit>
    void for_slots(std::uint32_t hash, Visit visit) const {
        const std::uint32_t mixed = mix(hash);
        const Part& part = parts_[part_of(mixed)];
        if (part.size == 0) return;
        for (std::uint32_t at = home(mixed, part);; at = next(at, part)) {
            const Posting posting = part[at];
            if (posting == kFree) return;
            if (rest_of(posting) == rest_of_hash(mixed) && !visit(slot_of(posting))) return;
        }
    }

    void insert(std::uint32_t hash, Slot slot) {
        insert_unless(hash, slot, [](Slot) { return false; });
    }

    // Asks of each slot that has the hash, and inserts nothing once one `refuses`.
    template <typename Refuses>
    void insert_unless(std::uint32_t hash, Slot slot, Refuses refuses) {
        const std::uint32_t mixed = mix(hash);
        const std::uint32_t number = part_of(mixed);
        Part& part = parts_[number];
        if (part.size == 0) part = Part(kFirstSize + number % kFirstSize);
        const Posting made = Posting{rest_of_hash(mixed)} << kSlotBits | (slot + 1);
        std::uint32_t at = home(mixed, part);
        for (; part[at] != kFree; at = next(at, part)) {
            const Posting posting = part[at];
            if (rest_of(posting) == rest_of(made) && refuses(slot_of(posting))) return;
        }
        if ((part.posted + 1) * 20 > part.size * 17) {
            rebuild(part, part.posted, [](Slot one) { return one; });
            put(part, made);
        } else {
            part.set(at, made);
            ++part.posted;
        }
    }

    // Each slot becomes `moved` of it; what becomes kGone is dropped.
    template <typename Moved>
    void renumber(Moved moved) {
        for (Part& part : parts_) {
            std::uint32_t stay = 0;
            for (std::uint32_t at = 0; at < part.size; ++at)
                stay += part[at] != kFree && moved(slot_of(part[at])) != kGone ? 1 : 0;
            if (part.size > 0) rebuild(part, stay, moved);
        }
    }

    // Asks for the memory where the hash is sought, to go on meanwhile. Inlined always: of a
    // function that does nothing else GCC 12 drops the calls.
    [[gnu::always_inline]] void prefetch(std::uint32_t hash) const {
        const std::uint32_t mixed = mix(hash);
        const Part& part = parts_[part_of(mixed)];
        if (part.size > 0) __builtin_prefetch(part.cell(home(mixed, part)));
    }

    // Hashes with one number stand near each other.
    static constexpr unsigned kNeighbourhoodBits = 10;
    static constexpr std::size_t kNeighbourhoods = std::size_t{1} << kNeighbourhoodBits;
    [[nodiscard]] static std::size_t neighbourhood(std::uint32_t hash) noexcept {
        return mix(hash) >> (32U - kNeighbourhoodBits);
    }

  private:
    // What is left of the hash, and the slot that has it plus 1.
    using Posting = std::uint64_t;
    static constexpr Posting kFree = 0;
    static constexpr std::size_t kBytes = 5;
    static constexpr unsigned kPartBits = 13;
    static constexpr unsigned kRestBits = 32 - kPartBits;
    static_assert(kRestBits + kSlotBits == 8 * kBytes);
    // Not all grow at the same time, and where one has been another one finds room.
    static constexpr std::uint32_t kFirstSize = 8;

    struct Part {
        std::unique_ptr<std::uint8_t[]> cells;  // NOLINT(modernize-avoid-c-arrays): 16 bytes in all
        std::uint32_t size = 0;
        std::uint32_t posted = 0;

        Part() = default;
        explicit Part(std::uint32_t cells_)
            : cells(std::make_unique<std::uint8_t[]>(cells_ * kBytes)),  // NOLINT(*-c-arrays)
              size(cells_) {}
        [[nodiscard]] std::uint8_t* cell(std::uint32_t at) const { return &cells[at * kBytes]; }
        [[nodiscard]] Posting operator[](std::uint32_t at) const {
            std::uint32_t low = 0;
            std::memcpy(&low, cell(at), sizeof low);
            return Posting{cell(at)[sizeof low]} << 32U | low;
        }
        void set(std::uint32_t at, Posting posting) {
            const auto low = static_cast<std::uint32_t>(posting);
            std::memcpy(cell(at), &low, sizeof low);
            cell(at)[sizeof low] = static_cast<std::uint8_t>(posting >> 32U);
        }
    };

    // No two hashes become one: part and rest together tell which it was.
    static std::uint32_t mix(std::uint32_t hash) noexcept {
        constexpr std::uint32_t kGoldenRatio = 0x9E3779B1;
        return hash * kGoldenRatio;
    }
    static std::uint32_t part_of(std::uint32_t mixed) noexcept { return mixed >> kRestBits; }
    static std::uint32_t rest_of_hash(std::uint32_t mixed) noexcept {
        return mixed & ((1U << kRestBits) - 1);
    }
    static std::uint32_t rest_of(Posting posting) noexcept {
        return static_cast<std::uint32_t>(posting >> kSlotBits);
    }
    static Slot slot_of(Posting posting) noexcept {
        return (static_cast<Slot>(posting) & kMostSlots) - 1;
    }
    // A size need be no power of two: the rest as a fraction of it.
    static std::uint32_t home_of_rest(std::uint32_t rest, const Part& part) noexcept {
        return static_cast<std::uint32_t>(std::uint64_t{rest} * part.size >> kRestBits);
    }
    static std::uint32_t home(std::uint32_t mixed, const Part& part) noexcept {
        return home_of_rest(rest_of_hash(mixed), part);
    }
    static std::uint32_t next(std::uint32_t at, const Part& part) noexcept {
        return at + 1 == part.size ? 0 : at + 1;
    }

    static void put(Part& part, Posting posting) {
        std::uint32_t at = home_of_rest(rest_of(posting), part);
        while (part[at] != kFree)
            at = next(at, part);
        part.set(at, posting);
        ++part.posted;
    }

    template <typename Moved>
    static void rebuild(Part& part, std::uint32_t stay, Moved moved) {
        Part made(stay + stay / 2 + kFirstSize / 2);
        for (std::uint32_t at = 0; at < part.size; ++at) {
            const Posting posting = part[at];
            if (posting == kFree) continue;
            const Slot slot = moved(slot_of(posting));
            if (slot != kGone) put(made, Posting{rest_of(posting)} << kSlotBits | (slot + 1));
        }
        part = std::move(made);
    }

    std::array<Part, std::size_t{1} << kPartBits> parts_;
};

}  // namespace feedd
