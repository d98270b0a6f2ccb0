#include "service/guarded.h"

#include <exception>
#include <string>
#include <utility>

#include <spdlog/spdlog.h>

#include "base/log.h"
#include "base/url.h"
#include "fetch/file_source.h"
#include "service/pipeline.h"

namespace feedd {

namespace {

Response file_response(const Poll& poll) {
    return read_file_feed({.feed = poll.state.id,
                           .url = poll.state.url,
                           .validators = poll.state.validators,
                           .max_body = poll.spec->max_body});
}

PollOutcome failed_by_a_bug(Poll poll, const std::exception& error) {
    spdlog::error("poll failed by a bug of feedd feed={} error={}", log_value(poll.state.name),
                  log_value(error.what()));
    return failed_by_us(std::move(poll), std::string("a bug of feedd: ") + error.what());
}

}  // namespace

PollOutcome guarded_outcome(Poll poll, StoreReader& reader) {
    Poll spare{
        .spec = poll.spec, .state = poll.state, .visits = poll.visits, .jitter = poll.jitter};
    spare.response.status = poll.response.status;
    try {
        if (scheme_of(poll.state.url) == "file") poll.response = file_response(poll);
        spare.response.at = poll.response.at;
        return outcome_of(std::move(poll), reader);
    } catch (const std::exception& error) {
        return failed_by_a_bug(std::move(spare), error);
    }
}

PollOutcome guarded_outcome(Poll poll) {
    try {
        return outcome_without_reading(poll);
    } catch (const std::exception& error) {
        return failed_by_a_bug(std::move(poll), error);
    }
}

PollOutcome failed_by_us(Poll poll, std::string what) {
    // A plan counts from then: without it the feed would be due at once, for ever.
    if (poll.response.at == Time{}) poll.response.at = now_utc();
    return internal_failure(std::move(poll), std::move(what));
}

}  // namespace feedd
