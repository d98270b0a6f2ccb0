#include "service/workers.h"

#include <limits>
#include <utility>

#include <pthread.h>

#include "service/guarded.h"

namespace feedd {

namespace {

constexpr std::size_t kNoLimit = std::numeric_limits<std::size_t>::max();

}  // namespace

Workers::Workers(std::vector<std::unique_ptr<StoreReader>> readers, Outcome outcome)
    : readers_(std::move(readers)), outcome_(std::move(outcome)), queue_(kNoLimit, kNoLimit) {
    threads_.reserve(readers_.size());
    for (const auto& reader : readers_) {
        threads_.emplace_back([this, &reader] { run(*reader); });
    }
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

void Workers::run(StoreReader& reader) {
    pthread_setname_np(pthread_self(), "feedd-work");
    while (auto poll = queue_.pop()) {
        outcome_(guarded_outcome(std::move(*poll), reader));
    }
}

}  // namespace feedd
