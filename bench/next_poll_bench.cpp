// What a poll costs that brought nothing new: learning so, and the next plan. What it costs to pick
// the next feed of many.
#include <cmath>
#include <random>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include "schedule/due_queue.h"
#include "schedule/next_poll.h"
#include "schedule/rhythm.h"
#include "schedule/silence.h"

namespace {

using namespace feedd;
using std::chrono::days;
using std::chrono::hours;

const Time kNow{std::chrono::sys_days{std::chrono::year{2025} / 5 / 1}};

std::vector<Time> by_chance(double per_day, int count) {
    std::mt19937 random(1);
    std::exponential_distribution<double> wait(per_day / 86400);
    std::vector<Time> dates{kNow};
    while (static_cast<int>(dates.size()) < count)
        dates.push_back(dates.back() - Seconds{std::lround(wait(random))});
    return dates;
}

std::vector<Time> every(Seconds period, int count) {
    std::mt19937 random(1);
    std::normal_distribution<double> off(0, 200);
    std::vector<Time> dates;
    for (int i = 0; i < count; ++i)
        dates.push_back(kNow - hours{1} - period * i + Seconds{std::lround(off(random))});
    return dates;
}

void learn_nothing_new(benchmark::State& state, const std::vector<Time>& dates) {
    const FeedSpec spec;
    FeedState feed;
    feed.rhythm = learned({}, {.published = dates, .window = static_cast<int>(dates.size())}, kNow);
    const Time at = kNow + hours{1};
    for (auto _ : state) {
        FeedState after = feed;
        after.rhythm = learned(after.rhythm, {}, at);
        after.period = period_of(*after.rhythm);
        after.silent_since = silent_since(*after.rhythm);
        benchmark::DoNotOptimize(next_poll({.spec = spec, .state = after, .jitter = 0.5}, at));
    }
}

BENCHMARK_CAPTURE(learn_nothing_new, busy, by_chance(60, 40));
BENCHMARK_CAPTURE(learn_nothing_new, now_and_then, by_chance(2, 20));
BENCHMARK_CAPTURE(learn_nothing_new, rare, by_chance(0.1, 20));
BENCHMARK_CAPTURE(learn_nothing_new, punctual_daily, every(days{1}, 20));
BENCHMARK_CAPTURE(learn_nothing_new, punctual_weekly, every(days{7}, 20));
BENCHMARK_CAPTURE(learn_nothing_new, punctual_hourly, every(hours{1}, 40));

// As each poll writes it, and a start reads it.
void rhythm_to_text(benchmark::State& state) {
    const Rhythm rhythm = learned({}, {.published = by_chance(2, 20), .window = 20}, kNow);
    for (auto _ : state)
        benchmark::DoNotOptimize(to_text(rhythm));
}
BENCHMARK(rhythm_to_text);

void rhythm_of_text(benchmark::State& state) {
    const std::string text =
        to_text(learned({}, {.published = by_chance(2, 20), .window = 20}, kNow));
    for (auto _ : state)
        benchmark::DoNotOptimize(rhythm_from_text(text));
}
BENCHMARK(rhythm_of_text);

// O(log n): a hundred times as many feeds cost a few comparisons more.
void pick_and_put_back(benchmark::State& state) {
    std::mt19937 random(1);
    std::uniform_int_distribution<int> wait(1, 86400);
    DueQueue queue;
    SteadyTime now{};
    for (FeedId feed = 0; feed < state.range(0); ++feed)
        queue.put(feed, now + Seconds{wait(random)});
    for (auto _ : state) {
        now = *queue.next_due();
        queue.put(*queue.take(now), now + Seconds{wait(random)});
    }
}
BENCHMARK(pick_and_put_back)->Arg(1'000)->Arg(10'000)->Arg(100'000)->Arg(1'000'000);

}  // namespace
