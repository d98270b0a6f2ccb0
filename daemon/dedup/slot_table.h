// Which slots have a hash: a table in many parts, each of which grows by itself.
#pragma once

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <utility>
#include <vector>

namespace feedd {

// Any number of slots may have one hash. A posting takes some six bytes: five for itself, since the
// part that it stands in tells the rest of its hash, and the free room. As one table it would take
// three times that while it grows.
//
// A part is an open table whose postings stand in the order of their hashes, each at its home or as
// near behind it as there is room: who looks for what is not there soon meets a greater one.
class SlotTable {
  public:
    using Slot = std::uint32_t;
    static constexpr unsigned kSlotBits = 21;
    static constexpr Slot kMostSlots = (Slot{1} << kSlotBits) - 1;  // numbered from 0
    static constexpr Slot kGone = ~Slot{0};

    // The slots that have the hash, until `visit` returns false.
    template <typename Visit>
    void for_slots(std::uint32_t hash, Visit visit) const {
        if (parts_.empty()) return;
        const std::uint32_t mixed = mix(hash);
        const Part& part = parts_[part_of(mixed)];
        const std::uint32_t rest = rest_of_hash(mixed);
        for (std::uint32_t at = home(rest, part); at < part.size; ++at) {
            const Posting posting = part[at];
            if (posting == kFree || rest_of(posting) > rest) return;
            if (rest_of(posting) == rest && !visit(slot_of(posting))) return;
        }
    }

    [[nodiscard]] std::size_t postings() const noexcept {
        std::size_t all = 0;
        for (const Part& part : parts_)
            all += part.posted;
        return all;
    }

    // Makes room for so many in all: while it is filled little is moved then.
    void reserve(std::size_t postings) {
        if (parts_.empty()) parts_.resize(kParts);
        const auto each = static_cast<std::uint32_t>(postings / kParts * 8 / 7) + kLeastSize;
        for (Part& part : parts_) {
            if (part.size < each) resize(part, each, [](Slot one) { return one; });
        }
    }

    void insert(std::uint32_t hash, Slot slot) {
        insert_unless(hash, slot, [](Slot) { return Holder::other; });
    }

    // What there is to say of a slot that has the hash already.
    enum class Holder : std::uint8_t {
        other,
        enough,  // nothing is inserted
        gone,    // its place may be taken
    };
    template <typename Judge>
    void insert_unless(std::uint32_t hash, Slot slot, Judge judge) {
        if (parts_.empty()) parts_.resize(kParts);
        const std::uint32_t mixed = mix(hash);
        Part& part = parts_[part_of(mixed)];
        const std::uint32_t rest = rest_of_hash(mixed);
        std::uint32_t at = home(rest, part);
        std::uint32_t gone = part.size;
        for (; at < part.size; ++at) {
            const Posting posting = part[at];
            if (posting == kFree || rest_of(posting) > rest) break;
            if (rest_of(posting) != rest) continue;
            const Holder holder = judge(slot_of(posting));
            if (holder == Holder::enough) return;
            if (holder == Holder::gone && gone == part.size) gone = at;
        }
        if (gone < part.size) return part.set(gone, posting_of(rest, slot));
        const bool full = (part.posted + 1) * 10 > part.size * 9;
        if (!full && put(part, at, posting_of(rest, slot))) return;
        // Not all parts are to grow at the same time: where one has been another one finds room.
        const std::uint32_t more = part.size == 0 ? part_of(mixed) % kLeastSize : 1;
        rebuild(part, (full ? part.posted : part.size) + more, [](Slot one) { return one; });
        insert(hash, slot);
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
        if (parts_.empty()) return;
        const std::uint32_t mixed = mix(hash);
        const Part& part = parts_[part_of(mixed)];
        if (part.size > 0) __builtin_prefetch(part.cell(home(rest_of_hash(mixed), part)));
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
    static constexpr std::size_t kParts = std::size_t{1} << kPartBits;
    static constexpr unsigned kRestBits = 32 - kPartBits;
    static_assert(kRestBits + kSlotBits == 8 * kBytes);
    static constexpr std::uint32_t kLeastSize = 8;

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
    static Posting posting_of(std::uint32_t rest, Slot slot) noexcept {
        assert(slot < kMostSlots);
        return Posting{rest} << kSlotBits | (slot + 1);
    }
    // A size need be no power of two: the rest as a fraction of it. At the end there is room for
    // what is behind its home.
    static std::uint32_t home(std::uint32_t rest, const Part& part) noexcept {
        const std::uint32_t homes = part.size - part.size / 16 - (part.size == 0 ? 0 : 4);
        return static_cast<std::uint32_t>(std::uint64_t{rest} * homes >> kRestBits);
    }

    // At `at`, from where on all go one further. False: there is no room left behind it.
    static bool put(Part& part, std::uint32_t at, Posting posting) {
        std::uint32_t free = at;
        while (free < part.size && part[free] != kFree)
            ++free;
        if (free >= part.size) return false;
        std::memmove(part.cell(at + 1), part.cell(at), (free - at) * kBytes);
        part.set(at, posting);
        ++part.posted;
        return true;
    }

    // Makes room for `postings`, and more.
    template <typename Moved>
    static void rebuild(Part& part, std::uint32_t postings, Moved moved) {
        resize(part, with_room(postings), moved);
    }
    static std::uint32_t with_room(std::uint32_t postings) noexcept {
        return postings + postings / 3 + kLeastSize;
    }

    // Should the size not be enough, since all may stand at the end, it becomes larger.
    template <typename Moved>
    static void resize(Part& part, std::uint32_t size, Moved moved) {
        Part made(size);
        while (!copy(part, made, moved))
            made = Part(with_room(made.size));
        part = std::move(made);
    }

    template <typename Moved>
    static bool copy(const Part& from, Part& to, Moved moved) {
        std::uint32_t next = 0;
        for (std::uint32_t at = 0; at < from.size; ++at) {
            const Posting posting = from[at];
            const Slot slot = posting == kFree ? kGone : moved(slot_of(posting));
            if (slot == kGone) continue;
            next = std::max(next, home(rest_of(posting), to));
            if (next == to.size) return false;
            to.set(next++, posting_of(rest_of(posting), slot));
            ++to.posted;
        }
        return true;
    }

    std::vector<Part> parts_;  // all, or none while there are no postings
};

}  // namespace feedd
