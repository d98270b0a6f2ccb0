// bench/schedule: how late, and at what cost, publications are seen by feedd's rule and by others.
#include <cstdio>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "schedule/adversity.h"
#include "schedule/compare.h"
#include "schedule/silence_alarms.h"

namespace {

using namespace feedd;
using namespace feedd::bench;
using std::chrono::days;
using std::chrono::weeks;

struct Options {
    std::uint64_t seed = 1;
    int feeds = 20;
    int weeks = 12;
    int warm_up = 4;  // weeks
    int window = 20;
    Price price = kDefaultPrice;
    std::string file;
    std::vector<std::string> only;

    [[nodiscard]] bool wants(std::string_view part) const {
        return only.empty() || std::find(only.begin(), only.end(), part) != only.end();
    }
};

std::string span(double seconds) {
    if (seconds < 5400) return fmt::format("{:.1f} min", seconds / 60);
    if (seconds < 2 * 86400) return fmt::format("{:.1f} h", seconds / 3600);
    return fmt::format("{:.1f} d", seconds / 86400);
}

void print(std::string_view population, std::size_t feeds, const Comparison& all, const Era& era) {
    const double feed_days =
        static_cast<double>(feeds) * static_cast<double>((era.end - era.measured).count()) / 86400;
    for (const Row* row : all.rows()) {
        const Tally& tally = row->tally;
        const double beside = all.clairvoyant.tally.mean();
        fmt::print("| {} | {} | {:.2f} | {} | {} | {} | {} |\n", population, row->rule,
                   static_cast<double>(tally.requests) / feed_days,
                   tally.delays.empty() ? "–" : span(tally.mean()),
                   tally.delays.empty() ? "–" : span(tally.percentile(0.95)), tally.lost,
                   beside > 0 ? fmt::format("{:.2f}", tally.mean() / beside) : "–");
        population = "";
    }
    std::fflush(stdout);
}

Era era_of(const Options& options) {
    Era era;
    era.start = Time{std::chrono::sys_days{std::chrono::year{2025} / 1 / 6}};
    era.begin = era.start - days{500};
    era.measured = era.start + weeks{options.warm_up};
    era.end = era.measured + weeks{options.weeks};
    return era;
}

constexpr const char* kHeading =
    "| publishers | rule | requests a day and feed | mean delay | 95 % within | lost | × "
    "clairvoyant |\n"
    "|---|---|---|---|---|---|---|\n";

void compare_generated(const Options& options) {
    const Era era = era_of(options);
    Random random(options.seed);
    fmt::print("{}", kHeading);
    for (const Kind kind : kKinds) {
        std::vector<History> histories;
        for (int i = 0; i < options.feeds; ++i)
            histories.push_back(history_of(kind, era, random));
        if (!options.wants(name(kind))) continue;
        print(name(kind), histories.size(), compare(histories, era, options.price, options.seed),
              era);
    }
    const auto population = mixed(3 * options.feeds, era, random);
    if (!options.wants("mixed")) return;
    print("mixed", population.size(), compare(population, era, options.price, options.seed), era);
}

// A file has its own time: the first quarter of it is not measured.
int compare_file(const Options& options) {
    const auto histories = read_histories(options.file, options.window);
    if (!histories || histories->empty()) {
        fmt::print(stderr, "schedule: {}\n",
                   histories ? options.file + ": no rows" : message(histories.error()));
        return 74;
    }
    Time first = Time::max();
    Time last = Time::min();
    for (const History& history : *histories) {
        first = std::min(first, history.items.front());
        last = std::max(last, history.items.back());
    }
    const Era era{.begin = first,
                  .start = first,
                  .measured = first + (last - first) / 4,
                  .end = last + days{1}};
    fmt::print("{}", kHeading);
    print("file", histories->size(), compare(*histories, era, options.price, options.seed), era);
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    Options options;
    CLI::App app{"Replays publication histories against schedules, at the same number of requests"};
    app.add_option("--seed", options.seed, "of the histories and of jitter");
    app.add_option("--feeds", options.feeds, "of each kind; three times as many mixed");
    app.add_option("--weeks", options.weeks, "that are measured");
    app.add_option("--warm-up", options.warm_up, "weeks before, in which feeds are learned");
    app.add_option("--price", options.price, "of a request, in seconds that one item waits");
    app.add_option("--file", options.file, "rows of feed,timestamp instead of generated histories");
    app.add_option("--window", options.window, "items that a document holds, with --file");
    app.add_option("--only", options.only,
                   "poisson, newsroom, daytime, podcast, weekly, dead, mixed, adversity, silence");
    CLI11_PARSE(app, argc, argv);
    if (!options.file.empty()) return compare_file(options);
    compare_generated(options);
    if (options.wants("adversity")) print_adversity(options.price, options.seed);
    if (options.wants("silence")) print_silence(options.price, options.seed);
    return 0;
}
