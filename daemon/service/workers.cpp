#include "service/workers.h"

#include <limits>
#include <utility>

#include <pthread.h>

#include "service/guarded.h"

namespace feedd {

namespace {

constexpr std::size_t kNoLimit = std::numeric_limits<std::size_t>::max();

}  // namespace

Workers::Workers(std::size_t threads, OpenReader open_reader, Outcome outcome)
    : open_reader_(std::move(open_reader)),
      outcome_(std::move(outcome)),
      queue_(kNoLimit, kNoLimit) {
    threads_.reserve(threads);
    for (std::size_t i = 0; i < threads; ++i)
        threads_.emplace_back([this] { run(); });
}

Workers::~Workers() {
    stop();
}

void Workers::push(Poll poll) {
    queue_.push(std::move(poll));
}

void Workers::stop() {
    queue_.close();
    for (std::thread& thread : threads_) {
        if (thread.joinable()) thread.join();
    }
}

void Workers::run() {
    pthread_setname_np(pthread_self(), "feedd-work");
    std::unique_ptr<StoreReader> reader;
    while (auto poll = queue_.pop()) {
        if (!reader) {
            auto opened = open_reader_();
            if (!opened) {
                outcome_(failed_by_us(*std::move(poll), message(opened.error())));
                continue;
            }
            reader = *std::move(opened);
        }
        outcome_(guarded_outcome(*std::move(poll), *reader));
    }
}

}  // namespace feedd
