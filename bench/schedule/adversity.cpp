#include "schedule/adversity.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include <fmt/format.h>

namespace feedd::bench {

namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

constexpr int kRuns = 5;  // of each, with other seeds
constexpr Seconds kDay = days{1};

struct Scenario {
    const char* name;
    int window;
    std::vector<Time> (*items)(const Era& era, Random& random);
};

void by_chance(std::vector<Time>& out, Time from, Time until, double per_day, Random& random) {
    std::exponential_distribution<double> wait(per_day / 86400);
    const auto next = [&] { return Seconds{std::llround(std::ceil(wait(random)))}; };
    for (Time at = from + next(); at < until; at += next())
        out.push_back(at);
}

// Once a day at a time of day, within three minutes or so.
void daily(std::vector<Time>& out, Time from, Time until, Seconds at, Random& random) {
    std::normal_distribution<double> off(0, 180);
    for (Time day = std::chrono::floor<days>(from); day < until; day += kDay)
        out.push_back(day + at + Seconds{std::llround(off(random))});
}

const Scenario kScenarios[] = {
    {"silent for three months, then back", 20,
     [](const Era& era, Random& random) {
         std::vector<Time> out;
         by_chance(out, era.begin, era.measured, 8, random);
         by_chance(out, era.measured + days{90}, era.end, 8, random);
         return out;
     }},
    {"50 times as fast for two days", 40,
     [](const Era& era, Random& random) {
         std::vector<Time> out;
         by_chance(out, era.begin, era.measured + days{30}, 4, random);
         by_chance(out, era.measured + days{30}, era.measured + days{32}, 200, random);
         by_chance(out, era.measured + days{32}, era.end, 4, random);
         return out;
     }},
    {"50 times as fast from one day on", 40,
     [](const Era& era, Random& random) {
         std::vector<Time> out;
         by_chance(out, era.begin, era.measured + days{30}, 4, random);
         by_chance(out, era.measured + days{30}, era.end, 200, random);
         return out;
     }},
    {"daily hour moves from 6:00 to 15:00", 20,
     [](const Era& era, Random& random) {
         std::vector<Time> out;
         daily(out, era.begin, era.measured + days{40}, hours{6}, random);
         daily(out, era.measured + days{40}, era.end, hours{15}, random);
         return out;
     }},
    {"daily, clocks go forward and back", 20,
     [](const Era& era, Random& random) {
         std::vector<Time> out;
         daily(out, era.begin, era.measured + days{40}, hours{7}, random);
         daily(out, era.measured + days{40}, era.measured + days{100}, hours{6}, random);
         daily(out, era.measured + days{100}, era.end, hours{7}, random);
         return out;
     }},
    {"archive of 100 at once, window 20", 20,
     [](const Era& era, Random& random) {
         std::vector<Time> out;
         by_chance(out, era.begin, era.end, 3, random);
         for (int i = 0; i < 100; ++i)
             out.push_back(era.measured + days{50} + Seconds{i});
         std::sort(out.begin(), out.end());
         return out;
     }},
    {"window of 5, 40 a day in bursts", 5,
     [](const Era& era, Random& random) {
         std::vector<Time> moments;
         by_chance(moments, era.begin, era.end, 20, random);
         std::vector<Time> out;
         for (const Time moment : moments) {
             out.push_back(moment);
             out.push_back(moment + minutes{1});
         }
         std::sort(out.begin(), out.end());
         return out;
     }},
};

Era era_of_half_a_year() {
    Era era;
    era.start = Time{std::chrono::sys_days{std::chrono::year{2025} / 1 / 6}};
    era.begin = era.start - days{200};
    era.measured = era.start + days{28};
    era.end = era.measured + days{182};
    return era;
}

}  // namespace

void print_adversity(Price price, std::uint64_t seed) {
    const Era era = era_of_half_a_year();
    fmt::print(
        "\n| publisher | requests a day | mean delay | 95 % within | lost | by a poll every 10 "
        "min | gaps suspected | losses unnoticed |\n|---|---|---|---|---|---|---|---|\n");
    for (const Scenario& scenario : kScenarios) {
        std::vector<History> histories;
        for (int run = 0; run < kRuns; ++run) {
            Random random(seed + static_cast<std::uint64_t>(run));
            histories.push_back({.items = scenario.items(era, random), .window = scenario.window});
        }
        const Tally tally = replay(histories, feedd_rules(kRuns, price, seed), era);
        Rules often;
        for (int run = 0; run < kRuns; ++run)
            often.push_back(fixed_rule(static_cast<double>(kMinInterval.count()), 0));
        const Tally least = replay(histories, often, era);
        const double feed_days =
            kRuns * static_cast<double>((era.end - era.measured).count()) / 86400;
        fmt::print("| {} | {:.1f} | {:.0f} min | {:.0f} min | {} of {} | {} | {} | {} |\n",
                   scenario.name, static_cast<double>(tally.requests) / feed_days,
                   tally.mean() / 60, tally.percentile(0.95) / 60, tally.lost, tally.delays.size(),
                   least.lost, tally.gaps, tally.missed_gaps);
        std::fflush(stdout);
    }
}

}  // namespace feedd::bench
