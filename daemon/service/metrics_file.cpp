#include "service/metrics_file.h"

#include <exception>
#include <filesystem>
#include <utility>

#include <spdlog/spdlog.h>

#include "base/log.h"

namespace feedd {

namespace {

std::uint64_t size_of(const std::string& path) {
    std::error_code error;
    const auto size = std::filesystem::file_size(path, error);
    return error ? 0 : size;
}

}  // namespace

struct MetricsFile::Shared {
    std::string store;
    std::unique_ptr<StoreReader> reader;  // of the job that runs
    bool busy = false;
    bool failing = false;
};

// Lives from uv_queue_work to its second callback.
struct MetricsFile::Job {
    uv_work_t work{};
    std::shared_ptr<Shared> shared;
    std::string path;
    Metrics metrics;
    Result<void> written;

    void run() {
        if (const auto waiting = shared->reader->not_indexed()) metrics.not_indexed = *waiting;
        metrics.store_bytes = size_of(shared->store);
        metrics.wal_bytes = size_of(shared->store + "-wal");
        metrics.resident_bytes = resident_bytes();
        written = write_metrics(path, metrics_text(metrics));
    }
    void finish() const {
        shared->busy = false;
        if (!written && !std::exchange(shared->failing, true)) {
            spdlog::warn("no metrics: {}", message(written.error()));
        } else if (written && std::exchange(shared->failing, false)) {
            spdlog::info("metrics are written again file={}", log_value(path));
        }
    }
};

MetricsFile::MetricsFile(Loop& loop, std::string store, std::unique_ptr<StoreReader> reader)
    : loop_(loop), shared_(std::make_shared<Shared>()) {
    std::error_code error;
    const auto real = std::filesystem::weakly_canonical(store, error);
    shared_->store = error ? std::move(store) : real.string();
    shared_->reader = std::move(reader);
}

MetricsFile::~MetricsFile() = default;

void MetricsFile::write(const std::string& path, Metrics metrics) {
    if (std::exchange(shared_->busy, true)) return;
    auto job = std::make_unique<Job>();
    job->shared = shared_;
    job->path = path;
    job->metrics = std::move(metrics);
    job->work.data = job.get();
    uv_queue_work(
        loop_.raw(), &job.release()->work,
        [](uv_work_t* work) {
            auto* self = static_cast<Job*>(work->data);
            try {
                self->run();
            } catch (const std::exception& error) {  // nothing may pass through libuv's C frames
                self->written = fail(ErrorKind::internal, self->path, error.what());
            }
        },
        [](uv_work_t* work, int /*status*/) noexcept {
            const std::unique_ptr<Job> self(static_cast<Job*>(work->data));
            self->finish();
        });
}

}  // namespace feedd
