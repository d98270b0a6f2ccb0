// Where in a text each hash stands first. Put in once, looked up and no more.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace feedd {

class HashIndex {
  public:
    explicit HashIndex(std::size_t most) : slots_(std::bit_ceil(2 * most + 2)) {}
    // False: it was there, and keeps its place.
    bool insert(std::uint32_t hash, std::size_t place = 0) {
        Slot& slot = slots_[find(hash)];
        if (slot.place != 0) return false;
        slot = {hash, static_cast<std::uint32_t>(place) + 1};
        return true;
    }
    [[nodiscard]] bool contains(std::uint32_t hash) const { return slots_[find(hash)].place != 0; }
    [[nodiscard]] std::optional<std::size_t> place(std::uint32_t hash) const {
        const Slot& slot = slots_[find(hash)];
        if (slot.place == 0) return std::nullopt;
        return slot.place - 1;
    }

  private:
    struct Slot {
        std::uint32_t hash = 0;
        std::uint32_t place = 0;  // plus 1; 0: free
    };
    [[nodiscard]] std::size_t find(std::uint32_t hash) const {
        const std::size_t mask = slots_.size() - 1;
        std::size_t at = hash & mask;
        while (slots_[at].place != 0 && slots_[at].hash != hash)
            at = (at + 1) & mask;
        return at;
    }
    std::vector<Slot> slots_;
};

}  // namespace feedd
