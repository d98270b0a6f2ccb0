// Bytes → Document, beside pugixml's bare load of the same bytes.
#include <algorithm>
#include <ctime>
#include <vector>

#include <benchmark/benchmark.h>
#include <pugixml.hpp>

#include "corpus.h"
#include "large_rss.h"
#include "parse/date.h"
#include "parse/parse.h"

namespace {

using feedd::test::MadeFormat;

constexpr int kItems = 50;

void Parse(benchmark::State& state) {
    const auto format = static_cast<MadeFormat>(state.range(0));
    const std::string body = feedd::bench::feed(format, 0, kItems);
    for (auto _ : state) {
        auto document = feedd::parse(body, {.base = "https://news.example/feed"});
        if (!document || document->items.size() != kItems) state.SkipWithError("not parsed");
        benchmark::DoNotOptimize(document);
    }
    state.SetLabel(std::string(name(format)));
    state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(body.size()));
    state.SetItemsProcessed(state.iterations() * kItems);
}
BENCHMARK(Parse)->DenseRange(0, static_cast<int>(feedd::test::kMadeFormats.size()) - 1);

void PugixmlLoad(benchmark::State& state) {
    const std::string body = feedd::bench::feed(MadeFormat::rss20, 0, kItems);
    for (auto _ : state) {
        pugi::xml_document tree;
        benchmark::DoNotOptimize(tree.load_buffer(body.data(), body.size()));
    }
    state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(body.size()));
    state.SetItemsProcessed(state.iterations() * kItems);
}
BENCHMARK(PugixmlLoad);

// The requirement: `parse` of 10 MB of RSS costs at most three times pugixml's bare load. Both are
// measured in turn, in processor time, so that what else the machine does falls on both alike.
void LargeRss(benchmark::State& state) {
    constexpr std::size_t kBytes = 10'000'000;
    const auto shape = static_cast<feedd::bench::Shape>(state.range(0));
    const std::string body = feedd::bench::large_rss(shape, kBytes);
    std::vector<double> ratios;
    std::size_t items = 0;
    for (auto _ : state) {
        const std::clock_t start = std::clock();
        {
            pugi::xml_document tree;
            if (!tree.load_buffer(body.data(), body.size())) state.SkipWithError("not loaded");
        }
        const std::clock_t loaded = std::clock();
        {
            const auto document = feedd::parse(body, {.base = "https://news.example/feed"});
            if (!document || document->recovered) state.SkipWithError("not parsed");
            items = document->items.size();
        }
        const auto parsing = static_cast<double>(std::clock() - loaded);
        ratios.push_back(parsing / static_cast<double>(loaded - start));
        state.SetIterationTime(parsing / CLOCKS_PER_SEC);
    }
    const auto middle = ratios.begin() + std::ssize(ratios) / 2;
    std::nth_element(ratios.begin(), middle, ratios.end());
    state.counters["times_pugixml"] = *middle;
    state.SetLabel(std::string(name(shape)));
    state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(body.size()));
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(items));
}
BENCHMARK(LargeRss)->DenseRange(0, 1)->UseManualTime()->Unit(benchmark::kMillisecond);

void Date(benchmark::State& state) {
    for (auto _ : state) {
        benchmark::DoNotOptimize(feedd::parse_date("Thu, 01 Jan 2004 19:48:21 +0200"));
    }
}
BENCHMARK(Date);

}  // namespace
