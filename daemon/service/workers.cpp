#include "service/workers.h"

#include <exception>
#include <limits>
#include <utility>

#include <pthread.h>
#include <spdlog/spdlog.h>

#include "base/log.h"
#include "base/url.h"
#include "fetch/file_source.h"
#include "service/pipeline.h"

namespace feedd {

namespace {

constexpr std::size_t kNoLimit = std::numeric_limits<std::size_t>::max();

Response file_response(const Poll& poll) {
    return read_file_feed({.feed = poll.state.id,
                           .url = poll.state.url,
                           .validators = poll.state.validators,
                           .max_body = poll.spec->max_body});
}

PollOutcome outcome_or_failure(Poll poll, StoreReader& reader) {
    Poll spare{
        .spec = poll.spec, .state = poll.state, .visits = poll.visits, .jitter = poll.jitter};
    spare.response.at = poll.response.at;
    spare.response.status = poll.response.status;
    try {
        if (scheme_of(poll.state.url) == "file") {
            poll.response = file_response(poll);
            spare.response.at = poll.response.at;
        }
        return outcome_of(std::move(poll), reader);
    } catch (const std::exception& error) {
        // A plan counts from then: without it the feed would be due at once, for ever.
        if (spare.response.at == Time{}) spare.response.at = now_utc();
        spdlog::error("poll failed by a bug of feedd feed={} error={}", log_value(spare.state.name),
                      log_value(error.what()));
        return internal_failure(std::move(spare), reader,
                                std::string("a bug of feedd: ") + error.what());
    }
}

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
        outcome_(outcome_or_failure(std::move(*poll), reader));
    }
}

}  // namespace feedd
