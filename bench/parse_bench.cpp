// Bytes → Document, beside pugixml's bare load of the same bytes.
#include <benchmark/benchmark.h>
#include <pugixml.hpp>

#include "corpus.h"
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

void Date(benchmark::State& state) {
    for (auto _ : state) {
        benchmark::DoNotOptimize(feedd::parse_date("Thu, 01 Jan 2004 19:48:21 +0200"));
    }
}
BENCHMARK(Date);

}  // namespace
