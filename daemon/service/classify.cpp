#include "service/classify.h"

#include <array>
#include <utility>

#include <fmt/format.h>

#include "base/text.h"
#include "fetch/coding.h"
#include "parse/wall.h"

namespace feedd {

namespace {

struct Known {
    int status;
    PollError error;
    std::string_view words;
};

// RFC 9110 §15, RFC 6585; words where they help more than the number alone.
constexpr std::array kStatuses{
    Known{400, PollError::http, "Bad Request"},
    Known{401, PollError::unauthorized, "Unauthorized: it wants a user name or a token"},
    Known{403, PollError::unauthorized, "Forbidden: the server refuses us"},
    Known{404, PollError::http, "Not Found"},
    Known{406, PollError::http, "Not Acceptable"},
    Known{407, PollError::http,
          "Proxy Authentication Required: the proxy wants another user name or password"},
    Known{408, PollError::http, "Request Timeout"},
    Known{410, PollError::gone, "Gone: the publisher has taken the feed down for good"},
    Known{429, PollError::throttled, "Too Many Requests"},
    Known{500, PollError::http, "Internal Server Error"},
    Known{502, PollError::http, "Bad Gateway"},
    Known{503, PollError::http, "Service Unavailable"},
    Known{504, PollError::http, "Gateway Timeout"},
};

constexpr int kGone = 410;
constexpr int kNoContent = 204;
constexpr int kPartialContent = 206;

constexpr std::uint64_t kLongestWall = std::uint64_t{1} << 20U;  // bytes, as decoded

// " (a bot wall of Cloudflare)", so that nobody looks for the mistake in the list; "" if the answer
// is an ordinary one.
std::string words_of_wall(const Response& response) {
    const std::string* mitigated = response.header("cf-mitigated");
    if (mitigated != nullptr && iequals(trim(*mitigated), "challenge"))
        return " (a bot wall of Cloudflare)";
    const auto body = decoded_body(Response(response), kLongestWall);
    const std::string_view wall = body ? wall_in(*body) : std::string_view{};
    return wall.empty() ? std::string{} : fmt::format(" ({})", wall);
}

}  // namespace

std::optional<PollFailure> failure_of(const Response& response) {
    if (response.outage) {
        return PollFailure{PollError::outage, "our own network is down: " + response.error_text};
    }
    if (response.error != PollError::none) return PollFailure{response.error, response.error_text};
    const int status = response.status;
    if (status == kNotModified) {
        if (response.conditional) return std::nullopt;
        return PollFailure{PollError::broken, "HTTP 304 Not Modified, which nothing had asked for"};
    }
    if (status == kNoContent || status == kPartialContent) {
        return PollFailure{PollError::http, fmt::format("HTTP {} instead of a feed", status)};
    }
    if (status >= 200 && status < 300) return std::nullopt;
    if (status == kGone && response.redirects > 0 && !response.moved_to) {
        // What a temporary redirect leads to says nothing of the feed's own URL.
        return PollFailure{PollError::http, "HTTP 410 Gone, behind a temporary redirect"};
    }
    for (const Known& known : kStatuses) {
        if (known.status == status) {
            return PollFailure{known.error, fmt::format("HTTP {} {}{}", status, known.words,
                                                        words_of_wall(response))};
        }
    }
    return PollFailure{PollError::http, fmt::format("HTTP {}{}", status, words_of_wall(response))};
}

}  // namespace feedd
