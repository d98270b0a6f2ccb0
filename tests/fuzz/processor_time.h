// Time that this process has worked: what others do on the machine does not count.
#pragma once

#include <chrono>
#include <ctime>

namespace feedd::fuzz {

class ProcessorTime {
  public:
    [[nodiscard]] std::chrono::duration<double> passed() const {
        return std::chrono::duration<double>(static_cast<double>(std::clock() - began_) /
                                             CLOCKS_PER_SEC);
    }

  private:
    std::clock_t began_ = std::clock();
};

}  // namespace feedd::fuzz
