// libuv with owners: a loop, and handles that close themselves.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include <uv.h>

namespace feedd {

// One event loop, of the thread that runs it. Only post() may be called from other threads.
class Loop {
  public:
    Loop();
    ~Loop();  // every handle on it must be gone or closing
    Loop(const Loop&) = delete;
    Loop& operator=(const Loop&) = delete;

    void run();  // until stop()
    void stop();
    // Runs `work` on the loop's thread, soon and in the order of the calls.
    void post(std::function<void()> work);
    // Runs what was posted at once; on the loop's thread, while the loop does not run.
    void drain() { run_posted(); }
    [[nodiscard]] uv_loop_t* raw() noexcept { return &loop_; }

  private:
    void run_posted();

    uv_loop_t loop_{};
    uv_async_t wake_{};
    std::mutex mutex_;
    std::vector<std::function<void()>> posted_;
};

namespace detail {

// A libuv handle lives until libuv has closed it, which may be after its owner is gone.
template <typename Handle>
struct UvBox {
    Handle handle{};
    std::function<void()> call;
};
template <typename Handle>
struct CloseUv {
    void operator()(UvBox<Handle>* box) const noexcept {
        box->call = nullptr;
        uv_close(reinterpret_cast<uv_handle_t*>(&box->handle),
                 [](uv_handle_t* handle) { delete static_cast<UvBox<Handle>*>(handle->data); });
    }
};
template <typename Handle>
using UvOwned = std::unique_ptr<UvBox<Handle>, CloseUv<Handle>>;

}  // namespace detail

class Timer {
  public:
    Timer(Loop& loop, const std::function<void()>& call);
    void once(std::chrono::milliseconds after);
    void every(std::chrono::milliseconds period);
    void stop();

  private:
    detail::UvOwned<uv_timer_t> box_;
};

class Signal {
  public:
    Signal(Loop& loop, int number, const std::function<void()>& call);

  private:
    detail::UvOwned<uv_signal_t> box_;
};

// Calls when one of the files is written, replaced, made or removed, or any YAML file in one of the
// directories. Files are watched through their directories, since editors save by renaming a new
// file over the old one.
class FileWatch {
  public:
    FileWatch(Loop& loop, const std::vector<std::string>& files,
              const std::vector<std::string>& directories, const std::function<void()>& call);

  private:
    struct Directory {
        uv_fs_event_t handle{};
        std::vector<std::string> names;
        bool all = false;  // every YAML file
        std::function<void()> call;
        [[nodiscard]] bool concerns(const char* name) const;
    };
    struct Close {
        void operator()(Directory* directory) const noexcept;
    };
    std::vector<std::unique_ptr<Directory, Close>> directories_;
};

}  // namespace feedd
