// A whole poll without the network: answer → outcome → committed in a real store.
#include <memory>

#include <benchmark/benchmark.h>

#include "base/time.h"
#include "corpus.h"
#include "dedup/judge.h"
#include "service/pipeline.h"
#include "store/open.h"
#include "support/temp_dir.h"

namespace {

using namespace feedd;

constexpr int kItems = 50;

class PollBench : public benchmark::Fixture {
  public:
    void SetUp(benchmark::State& /*state*/) override {
        directory_ = std::make_unique<test::TempDir>();
        const std::string path = directory_->path("feedd.db");
        writer_ = std::move(*open_writer(path));
        reader_ = std::move(*open_reader(path));
        spec_ = std::make_shared<FeedSpec>(FeedSpec{
            .url = "https://news.example/feed", .name = "news", .interval = Seconds{3600}});
        state_ = writer_->apply_list({spec_.get(), 1}, now_).value().at(0);
    }
    void TearDown(benchmark::State& /*state*/) override {
        reader_.reset();
        writer_.reset();
        directory_.reset();
    }

    // False: something was not stored.
    bool poll(std::string body) {
        now_ += Seconds{60};
        Response response{.status = 200, .url = spec_->url, .at = now_};
        response.body = std::move(body);
        std::vector<PollOutcome> outcomes;
        outcomes.push_back(outcome_of(
            {.spec = spec_, .state = state_, .response = std::move(response)}, *reader_));
        const auto reports = writer_->commit(outcomes, judge);
        state_ = outcomes[0].state;
        return outcomes[0].result != PollResult::failed && !reports[0].error;
    }

  private:
    std::unique_ptr<test::TempDir> directory_;
    std::unique_ptr<StoreWriter> writer_;
    std::unique_ptr<StoreReader> reader_;
    std::shared_ptr<const FeedSpec> spec_;
    FeedState state_;
    Time now_ = std::chrono::sys_days{std::chrono::year{2025} / 5 / 1};
};

BENCHMARK_F(PollBench, AllNew)(benchmark::State& state) {
    int first = 0;
    for (auto _ : state) {
        state.PauseTiming();
        std::string body = bench::feed(test::MadeFormat::rss20, first, kItems);
        first += kItems;
        state.ResumeTiming();
        if (!poll(std::move(body))) state.SkipWithError("the poll failed");
    }
    state.SetItemsProcessed(state.iterations() * kItems);
}

BENCHMARK_F(PollBench, OneNewOfFifty)(benchmark::State& state) {
    int first = 0;
    for (auto _ : state) {
        state.PauseTiming();
        std::string body = bench::feed(test::MadeFormat::rss20, first++, kItems);
        state.ResumeTiming();
        if (!poll(std::move(body))) state.SkipWithError("the poll failed");
    }
}

BENCHMARK_F(PollBench, SameBody)(benchmark::State& state) {
    const std::string body = bench::feed(test::MadeFormat::rss20, 0, kItems);
    for (auto _ : state) {
        if (!poll(body)) state.SkipWithError("the poll failed");
    }
}

}  // namespace
