#include "support/patience.h"

#include <chrono>
#include <thread>

namespace feedd::test {

bool comes_true(const std::function<bool()>& is_so) {
    constexpr std::chrono::seconds kPatience{20};
    constexpr std::chrono::milliseconds kLook{5};
    const auto end = std::chrono::steady_clock::now() + kPatience;
    while (!is_so()) {
        if (std::chrono::steady_clock::now() > end) return false;
        std::this_thread::sleep_for(kLook);
    }
    return true;
}

}  // namespace feedd::test
