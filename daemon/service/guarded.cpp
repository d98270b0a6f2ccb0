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

// `outcome` may take the poll; of its answer it may fill in the time, which a plan counts from.
template <typename Outcome>
PollOutcome guarded(Poll poll, const Outcome& outcome) {
    Poll spare{
        .spec = poll.spec, .state = poll.state, .visits = poll.visits, .jitter = poll.jitter};
    spare.response.at = poll.response.at;
    spare.response.status = poll.response.status;
    try {
        return outcome(poll, spare.response.at);
    } catch (const std::exception& error) {
        spdlog::error("poll failed by a bug of feedd feed={} error={}", log_value(spare.state.name),
                      log_value(error.what()));
        return failed_by_us(std::move(spare), std::string("a bug of feedd: ") + error.what());
    }
}

}  // namespace

PollOutcome guarded_outcome(Poll poll, StoreReader& reader) {
    return guarded(std::move(poll), [&](Poll& under_way, Time& at) {
        if (scheme_of(under_way.state.url) == "file") {
            under_way.response = file_response(under_way);
            at = under_way.response.at;
        }
        return outcome_of(std::move(under_way), reader);
    });
}

PollOutcome guarded_outcome(Poll poll) {
    return guarded(std::move(poll), [](Poll& under_way, Time& /*at*/) {
        return outcome_without_reading(std::move(under_way));
    });
}

PollOutcome failed_by_us(Poll poll, std::string what) {
    // A plan counts from then: without it the feed would be due at once, for ever.
    if (poll.response.at == Time{}) poll.response.at = now_utc();
    return internal_failure(std::move(poll), std::move(what));
}

}  // namespace feedd
