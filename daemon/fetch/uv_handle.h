// Ownership of libuv handles: a handle may only be freed after its close callback has run.
#pragma once

#include <memory>

#include <uv.h>

namespace feedd {

struct UvClosed {
    template <typename T>
    void operator()(T* handle) const noexcept {
        uv_close(reinterpret_cast<uv_handle_t*>(handle),
                 [](uv_handle_t* closed) { delete reinterpret_cast<T*>(closed); });
    }
};

// Closed by its owner's end, freed by the loop's next turn.
template <typename T>
using UvHandle = std::unique_ptr<T, UvClosed>;

}  // namespace feedd
