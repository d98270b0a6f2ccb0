// Ownership of C handles: no naked handle beyond the line that makes it.
#pragma once

#include <memory>

namespace feedd {

template <auto Free>
struct Freed {
    template <typename T>
    void operator()(T* handle) const noexcept {
        Free(handle);
    }
};

// using CurlUrl = Handle<CURLU, curl_url_cleanup>;
template <typename T, auto Free>
using Handle = std::unique_ptr<T, Freed<Free>>;

}  // namespace feedd
