#include "schedule/floors.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"

namespace feedd {

namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

constexpr std::uint32_t kAllHours = (1U << 24U) - 1;
constexpr std::uint32_t kAllDays = (1U << 7U) - 1;

// delta-seconds (RFC 9111 §1.2.2): digits only; what is too large for us is merely very large.
std::optional<Seconds> delta_seconds(std::string_view text) {
    text = trim(text);
    if (text.empty() || !std::all_of(text.begin(), text.end(), is_digit)) return std::nullopt;
    std::int64_t value = 0;
    const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    constexpr std::int64_t kFarAway = std::int64_t{1} << 31U;
    if (error != std::errc{}) value = kFarAway;
    return Seconds{std::min(value, kFarAway)};
}

// What Cache-Control says to a private cache (RFC 9111 §5.2.2).
struct CacheControl {
    bool stale_at_once = false;      // no-store, no-cache
    bool has_max_age = false;        // Expires is then ignored, whatever the value
    std::optional<Seconds> max_age;  // nullopt: not readable
};

// Cuts the first directive off `rest`. Commas in a quoted string separate nothing.
std::string_view next_directive(std::string_view& rest) {
    bool quoted = false;
    std::size_t at = 0;
    for (; at < rest.size(); ++at) {
        if (quoted && rest[at] == '\\') {
            ++at;
        } else if (rest[at] == '"') {
            quoted = !quoted;
        } else if (rest[at] == ',' && !quoted) {
            break;
        }
    }
    const std::string_view directive = trim(rest.substr(0, at));
    rest.remove_prefix(std::min(at + 1, rest.size()));
    return directive;
}

std::string_view unquoted(std::string_view text) {
    text = trim(text);
    if (text.size() >= 2 && text.front() == '"' && text.back() == '"') {
        return text.substr(1, text.size() - 2);
    }
    return text;
}

void read_directive(std::string_view directive, CacheControl& control) {
    const auto equals = directive.find('=');
    const std::string_view name = trim(directive.substr(0, equals));
    if (iequals(name, "no-store")) control.stale_at_once = true;
    // With an argument, no-cache speaks of single header fields only.
    if (iequals(name, "no-cache") && equals == std::string_view::npos) control.stale_at_once = true;
    if (iequals(name, "max-age") && !control.has_max_age) {
        control.has_max_age = true;
        if (equals != std::string_view::npos) {
            control.max_age = delta_seconds(unquoted(directive.substr(equals + 1)));
        }
    }
}

CacheControl cache_control(const Response& response) {
    CacheControl control;
    for (const Header& header : response.headers) {
        if (!iequals(header.name, "Cache-Control")) continue;
        std::string_view rest = header.value;
        while (!rest.empty())
            read_directive(next_directive(rest), control);
    }
    return control;
}

std::optional<Seconds> expires_in(const Response& response, Time now) {
    const std::string* const expires = response.header("Expires");
    if (expires == nullptr) return std::nullopt;
    const std::optional<Time> end = parse_http_date(trim(*expires));
    if (!end) return std::nullopt;
    const std::string* const date = response.header("Date");
    const std::optional<Time> sent = date != nullptr ? parse_http_date(trim(*date)) : std::nullopt;
    return *end - sent.value_or(now);
}

bool says_not_now(int status) {
    return status >= 300 && status != 304;
}

std::optional<Seconds> between_none_and(std::optional<Seconds> wait, Seconds most) {
    if (!wait || *wait <= Seconds{0}) return std::nullopt;
    return std::min(*wait, most);
}

std::optional<Seconds> retry_after(const Response& response, Time now) {
    std::optional<Seconds> longest;
    if (const std::string* const value = response.header("Retry-After");
        value != nullptr && says_not_now(response.status)) {
        longest = retry_after_of(*value, now);
    }
    for (const Hop& hop : response.hops) {
        if (!hop.retry_after || !says_not_now(hop.status)) continue;
        longest = std::max(longest, retry_after_of(*hop.retry_after, now));
    }
    return longest;
}

bool skips(const FeedHints& hints, Time at) {
    const auto day = std::chrono::floor<days>(at);
    const auto hour = static_cast<unsigned>(std::chrono::floor<hours>(at - day).count());
    const unsigned weekday = std::chrono::weekday{day}.c_encoding();
    const std::uint32_t skip_hours = hints.skip_hours & kAllHours;
    const std::uint32_t skip_days = hints.skip_days & kAllDays;
    return (skip_hours != kAllHours && ((skip_hours >> hour) & 1U) != 0) ||
           (skip_days != kAllDays && ((skip_days >> weekday) & 1U) != 0);
}

}  // namespace

std::optional<Seconds> retry_after_of(std::string_view value, Time now) {
    std::optional<Seconds> wait = delta_seconds(value);
    if (const auto date = parse_http_date(trim(value)); !wait && date) wait = *date - now;
    return between_none_and(wait, kLongestRetryAfter);
}

CacheHints cache_hints(const Response& response, Time now) {
    CacheHints hints;
    hints.retry_after = retry_after(response, now);
    const CacheControl control = cache_control(response);
    if (control.stale_at_once) return hints;
    std::optional<Seconds> lifetime =
        control.has_max_age ? control.max_age : expires_in(response, now);
    if (!lifetime) return hints;
    if (const std::string* const age = response.header("Age"); age != nullptr) {
        *lifetime -= delta_seconds(*age).value_or(Seconds{0});
    }
    hints.fresh_for = between_none_and(lifetime, kLongestFresh);
    if (hints.fresh_for) hints.fresh_source = control.has_max_age ? "Cache-Control" : "Expires";
    return hints;
}

std::vector<Wait> document_waits(const FeedHints& hints) {
    std::vector<Wait> waits;
    const auto ask = [&](Seconds length, std::string_view source) {
        if (length > Seconds{0} && length <= kLongestFresh) waits.push_back({length, source});
    };
    constexpr std::int64_t kMostMinutes = std::chrono::ceil<minutes>(kLongestFresh).count();
    if (hints.ttl_minutes && *hints.ttl_minutes > 0 && *hints.ttl_minutes <= kMostMinutes) {
        ask(minutes{*hints.ttl_minutes}, "ttl");
    }
    if (hints.update_period) ask(*hints.update_period, "sy:updatePeriod");
    return waits;
}

Time outside_skips(const FeedHints& hints, Time at) {
    // A week from now every hour of every day has been tried; one that is free is among them.
    constexpr int kHoursToTry = 8 * 24;
    for (int i = 0; i < kHoursToTry && skips(hints, at); ++i)
        at = std::chrono::floor<hours>(at) + hours{1};
    return at;
}

}  // namespace feedd
