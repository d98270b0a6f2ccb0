#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string_view>

#include "fuzz/promises.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto broken = feedd::fuzz::broken_promise_of_html_paths(
        std::string_view(reinterpret_cast<const char*>(data), size));
    if (broken.empty()) return 0;
    std::cerr << "broken promise: " << broken << '\n';
    std::abort();
}
