// Waiting for what another thread or process does, where there is no event to wait for.
#pragma once

#include <functional>

namespace feedd::test {

// Whether it is so within twenty seconds, asked again and again.
[[nodiscard]] bool comes_true(const std::function<bool()>& is_so);

}  // namespace feedd::test
