// Markup → safe HTML and its text.
#include <vector>

#include <benchmark/benchmark.h>

#include "html/sanitize.h"
#include "html_corpus.h"

namespace {

// Many, so that nothing is learned by heart.
constexpr int kItems = 500;

void sanitize(benchmark::State& state, std::string (*html_of)(int)) {
    std::vector<std::string> items;
    std::size_t bytes = 0;
    for (int i = 0; i < kItems; ++i)
        bytes += items.emplace_back(html_of(i)).size();
    for (auto _ : state) {
        for (const std::string& item : items)
            benchmark::DoNotOptimize(
                feedd::sanitize_html(item, "https://news.example/2025/04/story"));
    }
    state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(bytes));
    state.SetItemsProcessed(state.iterations() * kItems);
}

// The target: at most 60 µs an item.
void SanitizeArticle(benchmark::State& state) {
    sanitize(state, feedd::bench::article_html);
}
BENCHMARK(SanitizeArticle);

void SanitizePlainText(benchmark::State& state) {
    sanitize(state, feedd::bench::plain_html);
}
BENCHMARK(SanitizePlainText);

// What only the HTML5 tree builder can put in order.
void SanitizeMisnested(benchmark::State& state) {
    sanitize(state, feedd::bench::misnested_html);
}
BENCHMARK(SanitizeMisnested);

}  // namespace
