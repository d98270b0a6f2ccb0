#include "model/feed.h"

#include <array>

namespace feedd {

namespace {

constexpr std::array kStatuses{FeedStatus::active, FeedStatus::failing, FeedStatus::gone,
                               FeedStatus::paused, FeedStatus::removed};

}  // namespace

std::string_view name(FeedStatus status) noexcept {
    switch (status) {
        case FeedStatus::active:
            return "active";
        case FeedStatus::failing:
            return "failing";
        case FeedStatus::gone:
            return "gone";
        case FeedStatus::paused:
            return "paused";
        case FeedStatus::removed:
            return "removed";
    }
    return "active";
}

std::optional<FeedStatus> feed_status(std::string_view text) noexcept {
    for (const FeedStatus status : kStatuses) {
        if (name(status) == text) return status;
    }
    return std::nullopt;
}

}  // namespace feedd
