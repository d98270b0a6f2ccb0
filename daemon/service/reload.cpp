#include "service/reload.h"

#include <utility>

#include "config/load.h"

namespace feedd {

namespace {

constexpr std::chrono::milliseconds kSettle{200};  // an editor's save: write, rename, chmod

}  // namespace

// Lives from uv_queue_work to its second callback, whatever happens to the Reloader meanwhile.
struct Reloader::Load {
    uv_work_t work{};
    std::string path;
    std::weak_ptr<Reloader*> owner;
    Loaded loaded = tl::unexpected(std::vector<Error>{});
    ListFiles seen;  // where it failed
};

Reloader::Reloader(Loop& loop, std::string path, const Config& running,
                   std::function<void(Loaded)> loaded)
    : loop_(loop),
      path_(std::move(path)),
      loaded_(std::move(loaded)),
      settle_(loop, [this] { start(); }),
      running_{.files = running.files, .directories = running.directories} {
    watch({});
}

Reloader::~Reloader() = default;

void Reloader::watch(const ListFiles& more) {
    ListFiles all = running_;
    all.files.insert(all.files.end(), more.files.begin(), more.files.end());
    all.directories.insert(all.directories.end(), more.directories.begin(), more.directories.end());
    watch_ = std::make_unique<FileWatch>(loop_, all.files, all.directories, [this] { request(); });
}

void Reloader::request() {
    settle_.once(kSettle);
}

void Reloader::start() {
    if (loading_) {
        again_ = true;
        return;
    }
    loading_ = true;
    auto load = std::make_unique<Load>();
    load->path = path_;
    load->owner = self_;
    load->work.data = load.get();
    uv_queue_work(
        loop_.raw(), &load.release()->work,
        [](uv_work_t* work) {
            auto* self = static_cast<Load*>(work->data);
            try {
                self->loaded = load_config(self->path, process_environment(), &self->seen);
            } catch (const std::exception& error) {  // nothing may pass through libuv's C frames
                self->loaded = tl::unexpected(
                    std::vector<Error>{Error{ErrorKind::internal, self->path, error.what(), {}}});
            }
        },
        [](uv_work_t* work, int /*status*/) noexcept {
            const std::unique_ptr<Load> self(static_cast<Load*>(work->data));
            if (const auto owner = self->owner.lock())
                (*owner)->finish(std::move(self->loaded), self->seen);
        });
}

void Reloader::finish(Loaded loaded, const ListFiles& seen) {
    loading_ = false;
    if (std::exchange(again_, false)) request();
    if (loaded) running_ = {.files = loaded->files, .directories = loaded->directories};
    watch(seen);
    loaded_(std::move(loaded));
}

}  // namespace feedd
