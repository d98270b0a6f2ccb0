// Texts that share passages: what do two of them share that others of their kind lack?
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "dedup/reading.h"

namespace feedd {

class Family {
  public:
    void add(std::string_view text);
    [[nodiscard]] std::size_t size() const noexcept { return readings_.size(); }
    [[nodiscard]] const TextReading& operator[](std::size_t i) const { return readings_[i]; }

    // Of text `i`, what stands in passages of text `j`.
    [[nodiscard]] const Mask& shared(std::size_t i, std::size_t j);
    [[nodiscard]] double share(std::size_t i, std::size_t j);
    // What a third one, of another story, does not explain: two that have in common no more than
    // what that one has as well share a template, or what stands below everything that a publisher
    // writes.
    struct Beyond {
        double own = 0;     // of the words of `i`, those that none of `beside` has
        double shared = 0;  // of these, those that `j` has
    };
    [[nodiscard]] Beyond beyond(std::size_t i, std::size_t j, std::span<const std::size_t> beside);
    // Copies were changed each at places of its own; where two of them differ, the third agrees
    // with one of them. Where a template is filled in all three differ.
    [[nodiscard]] bool follow_template(std::size_t a, std::size_t b, std::size_t c);

  private:
    struct Agreement {
        std::size_t differing = 0;  // words of the one that the other lacks
        std::size_t agreeing = 0;   // of these, those that the third text has
    };
    struct View {
        std::size_t text;
        std::size_t other;
        std::size_t third;
    };
    [[nodiscard]] Agreement agreement(const View& view, bool of_frame);
    [[nodiscard]] bool all_differ(std::size_t a, std::size_t b, std::size_t c, bool of_frame);

    std::vector<TextReading> readings_;
    std::vector<std::vector<Mask>> shared_;
};

}  // namespace feedd
