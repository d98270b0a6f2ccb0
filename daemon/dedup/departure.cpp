#include "dedup/departure.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <iterator>

namespace feedd {

namespace {

// Items before or after those that stand in order of time: pinned, sponsored, featured.
constexpr std::size_t kMostPins = 3;
// So many times the usual distance below an item, at most kMostPins others stand: it was the end of
// the window, and those are pins that never leave it.
constexpr int kFarBelow = 16;

using Dates = std::vector<std::optional<Time>>;

// Where dates go one way, as far as that goes.
struct Run {
    std::size_t begin = 0;
    std::size_t end = 0;
    bool descending = true;
    [[nodiscard]] std::size_t size() const noexcept { return end - begin; }
    [[nodiscard]] bool has(std::size_t i) const noexcept { return i >= begin && i < end; }
};

// The longest one; an undated item ends it.
Run longest_run(const Dates& dates, bool descending) {
    Run best{.descending = descending};
    std::size_t begin = 0;
    for (std::size_t i = 0; i < dates.size(); ++i) {
        const bool goes_on = i > begin && dates[i] && dates[i - 1] &&
                             (descending ? *dates[i] <= *dates[i - 1] : *dates[i] >= *dates[i - 1]);
        if (!goes_on) begin = i;
        if (dates[i] && i + 1 - begin > best.size()) {
            best.begin = begin;
            best.end = i + 1;
        }
    }
    return best;
}

// nullopt: the document is in no order of time.
std::optional<Run> order_of(const Dates& dates, bool descending) {
    const Run run = longest_run(dates, descending);
    const std::size_t others = dates.size() - run.size();
    if (run.size() < 2 || others > kMostPins || others * 3 > run.size()) return std::nullopt;
    if (*dates[run.begin] == *dates[run.end - 1]) return std::nullopt;  // one date for all
    return run;
}

// Of survivors and of what came, by date.
struct Neighbours {
    Dates survivors;  // sorted, the newest first
    Dates entrants;   // the same
    [[nodiscard]] Time newest() const { return *survivors.front(); }
    [[nodiscard]] Time oldest() const { return *survivors.back(); }
};

Neighbours neighbours_of(std::span<const Present> now, const Run& run) {
    Neighbours found;
    for (std::size_t i = run.begin; i < run.end; ++i)
        (now[i].listed_before ? found.survivors : found.entrants).push_back(now[i].date);
    std::ranges::sort(found.survivors, std::greater{});
    std::ranges::sort(found.entrants, std::greater{});
    return found;
}

// The order of the documents, before and now; survivors and what left stand in one.
struct Windows {
    std::vector<std::size_t> order;  // indices of `before` as the document had them
    Run before;
    Run now;
};

std::optional<Windows> windows_of(std::span<const Before> before, std::span<const Present> now) {
    Windows windows;
    for (std::size_t i = 0; i < before.size(); ++i)
        windows.order.push_back(i);
    Dates present;
    for (const Present& item : now)
        present.push_back(item.date);
    for (const bool descending : {true, false}) {
        // What left undecided has kept the place that others have taken since: by date, then.
        std::ranges::stable_sort(windows.order, [&](std::size_t a, std::size_t b) {
            if (before[a].position != before[b].position) {
                return before[a].position < before[b].position;
            }
            return descending ? before[a].date > before[b].date : before[a].date < before[b].date;
        });
        Dates past;
        for (const std::size_t i : windows.order)
            past.push_back(before[i].date);
        const auto was = order_of(past, descending);
        const auto is = order_of(present, descending);
        if (!was || !is) continue;
        windows.before = *was;
        windows.now = *is;
        return windows;
    }
    return std::nullopt;
}

// Nothing but a few far older ones stand below: the window may have ended here.
bool stood_above_pins(Time date, const Neighbours& around) {
    std::int64_t newer = 0;
    Time newest = date;
    for (const Dates* dates : {&around.survivors, &around.entrants}) {
        for (const auto& other : *dates) {
            if (*other <= date) continue;
            ++newer;
            newest = std::max(newest, *other);
        }
    }
    const auto below =
        std::ranges::find_if(around.survivors, [&](const auto& other) { return *other < date; });
    const auto pins = std::distance(below, around.survivors.end());
    if (newer == 0 || pins > static_cast<std::ptrdiff_t>(kMostPins)) return false;
    return (date - **below).count() * newer > (newest - date).count() * kFarBelow;
}

Departure departure_of(const std::optional<Time>& date, const Neighbours& around) {
    if (!date || *date <= around.oldest()) return Departure::scrolled;
    const bool newer_came = !around.entrants.empty() && *around.entrants.front() > *date;
    if (around.newest() <= *date && !newer_came) {
        return around.newest() < *date ? Departure::undecided : Departure::scrolled;
    }
    return stood_above_pins(*date, around) ? Departure::scrolled : Departure::withdrawn;
}

// Without dates only the places tell, and only where nothing came that could have pushed anything
// out, in a feed that has shown its order: what came later stood above (or below) all before it.
bool shows_order(std::span<const Before> before, const std::vector<std::size_t>& order) {
    Dates seen;
    int times = 1;
    for (const std::size_t i : order) {
        if (!seen.empty() && *seen.back() != before[i].first_seen_at) ++times;
        seen.emplace_back(before[i].first_seen_at);
    }
    if (times < 3) return false;
    return longest_run(seen, true).size() == seen.size() ||
           longest_run(seen, false).size() == seen.size();
}

std::vector<Departure> by_place(std::span<const Before> before, std::span<const Present> now) {
    std::vector<Departure> found(before.size(), Departure::scrolled);
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < before.size(); ++i)
        order.push_back(i);
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return before[i].position; });
    std::vector<std::size_t> stayed;  // places in `order`
    bool in_order = true;
    for (std::size_t place = 0; place < order.size(); ++place) {
        const Before& item = before[order[place]];
        if (item.position_now < 0) continue;
        in_order = in_order && (stayed.empty() ||
                                before[order[stayed.back()]].position_now < item.position_now);
        stayed.push_back(place);
    }
    const bool nothing_came = std::ranges::all_of(now, &Present::listed_before);
    if (!in_order || !nothing_came || stayed.size() < 2 || !shows_order(before, order))
        return found;
    const auto seen = [&](std::size_t place) { return before[order[place]].first_seen_at; };
    // By value: of two arguments std::minmax keeps references.
    const auto [first, last] = std::minmax({seen(stayed.front()), seen(stayed.back())});
    for (std::size_t place = stayed.front(); place < stayed.back(); ++place) {
        if (seen(place) > first && seen(place) < last) found[order[place]] = Departure::withdrawn;
    }
    return found;
}

std::vector<Departure> by_date(std::span<const Before> before, std::span<const Present> now) {
    std::vector<Departure> found(before.size(), Departure::scrolled);
    const auto windows = windows_of(before, now);
    if (!windows) return found;
    const Neighbours around = neighbours_of(now, windows->now);
    if (around.survivors.empty()) return found;
    // What comes in between is out of order of time: then what leaves may be, too.
    for (const auto& entrant : around.entrants) {
        if (*entrant > around.oldest() && *entrant < around.newest()) return found;
    }
    for (std::size_t place = windows->before.begin; place < windows->before.end; ++place) {
        const std::size_t i = windows->order[place];
        found[i] = departure_of(before[i].date, around);
    }
    return found;
}

}  // namespace

std::vector<Departure> departures(std::span<const Before> before, std::span<const Present> now) {
    std::size_t dated = 0;
    std::size_t stayed = 0;
    for (const Before& item : before) {
        if (item.date) ++dated;
        if (item.position_now >= 0) ++stayed;
    }
    std::vector<Departure> found = dated > 0 ? by_date(before, now) : by_place(before, now);
    std::size_t withdrawn = 0;
    for (std::size_t i = 0; i < before.size(); ++i) {
        if (before[i].position_now >= 0) found[i] = Departure::none;
        if (found[i] == Departure::withdrawn) ++withdrawn;
    }
    // So many at once is another selection of items, or half an answer.
    if (withdrawn * 2 > stayed) {
        std::ranges::replace(found, Departure::withdrawn, Departure::scrolled);
    }
    return found;
}

}  // namespace feedd
