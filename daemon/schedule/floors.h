// Before when a feed is not to be asked: what the server and the document want.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "model/hints.h"
#include "model/response.h"

namespace feedd {

// Nobody means a year of silence from a feed: that is a rule for static files, or a slip.
inline constexpr Seconds kLongestFresh = std::chrono::days{8};
// A server may want to be left alone for long, but not for ever.
inline constexpr Seconds kLongestRetryAfter = std::chrono::days{60};

// What HTTP asks for, read from the headers of an answer, no longer than the constants above.
struct CacheHints {
    // Cache-Control max-age, else Expires less Date; less Age. kLongestFresh stands for everything
    // from there on.
    std::optional<Seconds> fresh_for;
    std::string_view fresh_source;  // the name of the header, a literal
    // RFC 9110 §10.2.3, seconds or date; only of an answer that says 'not now' (3xx but 304, 4xx,
    // 5xx). The longest one, where redirects on the way ask for it, too.
    std::optional<Seconds> retry_after;
};
// The value of a Retry-After, no longer than kLongestRetryAfter; nullopt: unreadable, or over.
[[nodiscard]] std::optional<Seconds> retry_after_of(std::string_view value, Time now);
[[nodiscard]] CacheHints cache_hints(const Response& response, Time now);

// The longest wait that the document asks for: RSS ttl, sy:updatePeriod.
struct Wait {
    Seconds length{0};
    std::string_view source;  // "ttl", a literal
};
// Without what is absurd: nothing or less, more than kLongestFresh.
[[nodiscard]] std::vector<Wait> document_waits(const FeedHints& hints);

// The first moment, from `at` on, outside of skipHours and skipDays (both in GMT). All 24 hours or
// all 7 days would be never: such a set counts as empty.
[[nodiscard]] Time outside_skips(const FeedHints& hints, Time at);

}  // namespace feedd
