#include "schedule/rhythm.h"

#include <algorithm>
#include <functional>

namespace feedd {

namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

constexpr std::size_t kNewest = 20;     // moments: enough for a median, recent enough to be now
constexpr Seconds kBatch = minutes{5};  // items closer than this came out together
constexpr Seconds kLongestPeriod = days{365};
constexpr Seconds kUnknownRhythm = hours{1};  // until two dated items have been seen
constexpr Time kFirstFeeds{days{7305}};       // 1990-01-01: older dates are defaults of generators
// A feed that has been silent for eight hours is not asked more than hourly, one silent for eight
// days not more than daily, whatever its period was when it still spoke.
constexpr int kSilenceShare = 8;

// Newest first, one for each batch.
std::vector<Time> moments(std::vector<Time> dates, Time now) {
    std::erase_if(dates, [&](Time date) { return date > now || date < kFirstFeeds; });
    std::sort(dates.begin(), dates.end(), std::greater<>());
    std::vector<Time> out;
    for (const Time date : dates) {
        if (out.size() == kNewest) break;
        if (out.empty() || out.back() - date >= kBatch) out.push_back(date);
    }
    return out;
}

}  // namespace

std::optional<Seconds> learned_period(std::optional<Seconds> before,
                                      const std::vector<Time>& published, Time now) {
    const std::vector<Time> at = moments(published, now);
    if (at.size() < 2) return before;
    std::vector<Seconds> gaps;
    for (std::size_t i = 1; i < at.size(); ++i)
        gaps.push_back(at[i - 1] - at[i]);
    const auto middle = gaps.begin() + static_cast<std::ptrdiff_t>(gaps.size() / 2);
    std::nth_element(gaps.begin(), middle, gaps.end());
    const Seconds measured = std::min(*middle, kLongestPeriod);
    // Half of each: a document that happens to be odd moves the period, but not by all of it.
    return before ? (*before + measured) / 2 : measured;
}

Seconds auto_interval(const FeedSpec& spec, const FeedState& state, Time now) {
    Seconds interval = state.period ? *state.period / 2 : kUnknownRhythm;
    if (state.last_new_at && *state.last_new_at < now) {
        interval = std::max(interval, (now - *state.last_new_at) / kSilenceShare);
    }
    return std::min(std::max(interval, spec.min_interval), spec.max_interval);
}

}  // namespace feedd
