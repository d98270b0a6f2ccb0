// In how many of the texts seen lately each word occurs.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace feedd {

class Frequencies {
  public:
    Frequencies();
    // Of one text, each term once.
    void learn(std::span<const std::uint32_t> terms);
    // At least so often; more if other terms have the same place. 0 while few texts were seen.
    [[nodiscard]] std::uint16_t count(std::uint32_t term) const noexcept;
    void clear();

  private:
    std::vector<std::uint16_t> counts_;
    std::size_t texts_ = 0;
};

}  // namespace feedd
