#include "service/loop.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <stdexcept>
#include <utility>

#include <spdlog/spdlog.h>

#include "base/log.h"

namespace feedd {

namespace {

// libuv fails here only without memory or file descriptors: nothing could run then.
void must(int status, const char* what) {
    if (status < 0) throw std::runtime_error(std::string(what) + ": " + uv_strerror(status));
}

template <typename Handle>
detail::UvOwned<Handle> boxed(const std::function<void()>& call, int (*init)(uv_loop_t*, Handle*),
                              uv_loop_t* loop) {
    auto fresh = std::make_unique<detail::UvBox<Handle>>();
    fresh->call = call;
    must(init(loop, &fresh->handle), "libuv handle");
    fresh->handle.data = fresh.get();
    return detail::UvOwned<Handle>(fresh.release());
}

// noexcept: nothing may unwind through libuv's frames.
template <typename Handle>
void call_box(Handle* handle) noexcept {
    const auto* box = static_cast<detail::UvBox<Handle>*>(handle->data);
    if (!box->call) return;
    const auto call = box->call;  // the owner may go away within its own call
    call();
}

}  // namespace

Loop::Loop() {
    must(uv_loop_init(&loop_), "uv_loop_init");
    must(uv_async_init(
             &loop_, &wake_,
             [](uv_async_t* wake) noexcept { static_cast<Loop*>(wake->data)->run_posted(); }),
         "uv_async_init");
    wake_.data = this;
}

Loop::~Loop() {
    uv_close(reinterpret_cast<uv_handle_t*>(&wake_), nullptr);
    uv_run(&loop_, UV_RUN_DEFAULT);
    if (uv_loop_close(&loop_) != 0) spdlog::error("a handle was left open on the event loop");
}

void Loop::run() {
    uv_run(&loop_, UV_RUN_DEFAULT);
}

void Loop::stop() {
    uv_stop(&loop_);
}

void Loop::post(std::function<void()> work) {
    {
        const std::lock_guard lock(mutex_);
        posted_.push_back(std::move(work));
    }
    uv_async_send(&wake_);
}

void Loop::run_posted() {
    std::vector<std::function<void()>> work;
    {
        const std::lock_guard lock(mutex_);
        work.swap(posted_);
    }
    for (const auto& each : work)
        each();
}

Timer::Timer(Loop& loop, const std::function<void()>& call)
    : box_(boxed<uv_timer_t>(call, uv_timer_init, loop.raw())) {}

void Timer::once(std::chrono::milliseconds after) {
    uv_update_time(box_->handle.loop);
    uv_timer_start(&box_->handle, call_box<uv_timer_t>,
                   static_cast<std::uint64_t>(std::max<std::int64_t>(0, after.count())), 0);
}

void Timer::every(std::chrono::milliseconds period) {
    const auto length = static_cast<std::uint64_t>(period.count());
    uv_timer_start(&box_->handle, call_box<uv_timer_t>, length, length);
}

void Timer::stop() {
    uv_timer_stop(&box_->handle);
}

Signal::Signal(Loop& loop, int number, const std::function<void()>& call)
    : box_(boxed<uv_signal_t>(call, uv_signal_init, loop.raw())) {
    must(uv_signal_start(
             &box_->handle, [](uv_signal_t* handle, int /*number*/) noexcept { call_box(handle); },
             number),
         "uv_signal_start");
}

bool FileWatch::Directory::concerns(const char* name) const {
    if (name == nullptr) return true;  // inotify lost count
    const std::string_view file(name);
    return (all && (file.ends_with(".yaml") || file.ends_with(".yml"))) ||
           std::find(names.begin(), names.end(), file) != names.end();
}

FileWatch::FileWatch(Loop& loop, const std::vector<std::string>& files,
                     const std::vector<std::string>& directories,
                     const std::function<void()>& call) {
    std::map<std::string, std::vector<std::string>> by_directory;
    for (const std::string& directory : directories)
        by_directory[directory];
    for (const std::string& file : files) {
        const std::filesystem::path path(file);
        by_directory[path.parent_path().string()].push_back(path.filename().string());
    }
    for (auto& [path, names] : by_directory) {
        auto fresh = std::make_unique<Directory>();
        fresh->names = names;
        fresh->all = std::find(directories.begin(), directories.end(), path) != directories.end();
        fresh->call = call;
        must(uv_fs_event_init(loop.raw(), &fresh->handle), "uv_fs_event_init");
        fresh->handle.data = fresh.get();
        Directory* const directory = directories_.emplace_back(fresh.release()).get();
        const int status = uv_fs_event_start(
            &directory->handle,
            [](uv_fs_event_t* handle, const char* name, int /*events*/, int /*status*/) noexcept {
                const auto* self = static_cast<Directory*>(handle->data);
                if (self->call && self->concerns(name)) self->call();
            },
            path.c_str(), 0);
        if (status < 0) {
            // SIGHUP still reloads: watching is a comfort that a full inotify table may deny.
            spdlog::warn("cannot watch directory={} error={}", log_value(path),
                         log_value(uv_strerror(status)));
        }
    }
}

void FileWatch::Close::operator()(Directory* directory) const noexcept {
    directory->call = nullptr;
    uv_close(reinterpret_cast<uv_handle_t*>(&directory->handle),
             [](uv_handle_t* handle) { delete static_cast<Directory*>(handle->data); });
}

}  // namespace feedd
