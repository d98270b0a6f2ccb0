#include "schedule/silence_alarms.h"

#include <algorithm>
#include <cstdio>

#include <fmt/format.h>

namespace feedd::bench {

namespace {

using std::chrono::days;

constexpr int kFeeds = 8;  // of each kind

// What the watch sees of one feed.
struct Alarm {
    bool shown = false;
    std::size_t times = 0;       // that it began to be shown
    std::optional<Time> ending;  // the first poll after the end at which it is shown
};

Era era_of_a_year() {
    Era era;
    era.start = Time{std::chrono::sys_days{std::chrono::year{2025} / 1 / 6}};
    era.begin = era.start - days{500};
    era.measured = era.start + days{28};
    era.end = era.measured + days{365};
    return era;
}

std::vector<Alarm> watched(const std::vector<History>& histories, const Era& era, Price price,
                           std::uint64_t seed) {
    std::vector<Alarm> alarms(histories.size());
    (void)replay(histories, feedd_rules(histories.size(), price, seed), era,
                 [&](std::size_t feed, const Rule& rule, Time at) {
                     if (at < era.measured) return;
                     Alarm& alarm = alarms[feed];
                     const bool shown = rule.silent_since().has_value();
                     if (shown && !alarm.shown) ++alarm.times;
                     alarm.shown = shown;
                     if (shown && !alarm.ending) alarm.ending = at;
                     if (!shown) alarm.ending.reset();
                 });
    return alarms;
}

}  // namespace

void print_silence(Price price, std::uint64_t seed) {
    const Era era = era_of_a_year();
    fmt::print(
        "\n| publishers | false alarms a feed and year | ended: noticed after (median) | at "
        "most | not noticed |\n|---|---|---|---|---|\n");
    Random random(seed);
    std::size_t all_alarms = 0;
    std::size_t all_feeds = 0;
    for (const Kind kind : kKinds) {
        if (kind == Kind::dead) continue;
        std::vector<History> histories;
        for (int i = 0; i < kFeeds; ++i)
            histories.push_back(history_of(kind, era, random));
        std::size_t alarms = 0;
        for (const Alarm& alarm : watched(histories, era, price, seed))
            alarms += alarm.times;
        all_alarms += alarms;
        all_feeds += histories.size();
        // The same feeds fall silent for good after half a year.
        const Time last = era.measured + days{182};
        for (History& history : histories)
            std::erase_if(history.items, [&](Time item) { return item >= last; });
        Era ended = era;
        ended.measured = last;
        std::vector<double> delays;
        const auto endings = watched(histories, ended, price, seed);
        for (std::size_t i = 0; i < endings.size(); ++i) {
            if (!endings[i].ending || histories[i].items.empty()) continue;
            const Seconds delay = *endings[i].ending - histories[i].items.back();
            delays.push_back(static_cast<double>(delay.count()) / 86400);
        }
        std::sort(delays.begin(), delays.end());
        const std::size_t unnoticed = histories.size() - delays.size();
        if (delays.empty()) delays.push_back(0);
        fmt::print("| {} | {:.3f} | {:.1f} d | {:.1f} d | {} of {} |\n", name(kind),
                   static_cast<double>(alarms) / kFeeds, delays[delays.size() / 2], delays.back(),
                   unnoticed, histories.size());
        std::fflush(stdout);
    }
    fmt::print("| all | {:.3f} | | | |\n",
               static_cast<double>(all_alarms) / static_cast<double>(all_feeds));
}

}  // namespace feedd::bench
