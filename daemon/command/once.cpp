#include "service/once.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include "base/log.h"
#include "command/command.h"
#include "command/common.h"
#include "command/progress.h"
#include "command/table.h"
#include "config/feed_url.h"
#include "config/load.h"

namespace feedd {

namespace {

struct Options {
    Places places;
    OnceOptions once;
};

constexpr int kInterrupted = 130;  // 128 + SIGINT, as shells have it

// One failed feed, one line; nothing a server says may break it.
std::string failure_line(const FinishedPoll& finished) {
    const PollOutcome& outcome = finished.outcome;
    return fmt::format("{}: {}", outcome.state.name, fitted(outcome.error_text, 400));
}

// Feeds by name; a URL may be written as the list does ("file:news.xml", case of the host). What
// is neither stays as it is, to be named in the error.
std::vector<std::string> names_of(std::vector<std::string> words, const Config& config) {
    const Environment environment = process_environment();
    for (std::string& word : words) {
        for (const std::string& file : config.files) {
            const std::string directory = std::filesystem::path(file).parent_path().string();
            const auto address = read_feed_url(word, directory, environment);
            if (!address) continue;
            const std::string key = url_key(address->url);
            const auto feed =
                std::find_if(config.feeds.begin(), config.feeds.end(),
                             [&](const FeedSpec& spec) { return url_key(spec.url) == key; });
            if (feed == config.feeds.end()) continue;
            word = feed->name;
            break;
        }
    }
    return words;
}

int once(Options options) {
    int exit_code = 0;
    auto config = read_list(options.places, exit_code);
    if (!config) return exit_code;
    options.once.feeds = names_of(std::move(options.once.feeds), *config);
    const std::string db = store_path(options.places.db, config->store, process_environment());
    Progress progress(isatty(STDERR_FILENO) == 1);
    std::vector<std::string> failures;
    std::optional<Error> lost;  // what the store did not take: no feed's fault, but a failure
    // A line per failed feed is printed below: the log would say it again.
    if (spdlog::get_level() == spdlog::level::info) spdlog::set_level(spdlog::level::warn);
    const auto result =
        run_once(std::move(*config), db, options.once,
                 {.begun = [&](std::size_t feeds) { progress.begin(feeds); },
                  .finished =
                      [&](const FinishedPoll& finished, const PollTotals& totals) {
                          if (finished.report.error) {
                              lost = finished.report.error;  // the log has said it
                          } else if (finished.outcome.result == PollResult::failed) {
                              failures.push_back(failure_line(finished));
                          }
                          progress.update(totals);
                      },
                  .skipped =
                      [&](const FeedSpec& spec, const std::string& why, const PollTotals& totals) {
                          failures.push_back(spec.name + ": not asked: " + fitted(why, 400));
                          progress.update(totals);
                      }});
    progress.clear();
    if (!result) return report(result.error());
    for (const std::string& line : failures)
        std::fprintf(stderr, "%s\n", line.c_str());
    const PollTotals& totals = result->totals;
    const std::string skipped =
        totals.skipped > 0 ? fmt::format(", {} not asked", totals.skipped) : std::string{};
    std::fprintf(stderr,
                 "%zu %s polled, %zu failed%s: %lld new, %lld revised, %lld seen elsewhere\n",
                 totals.polls, totals.polls == 1 ? "feed" : "feeds", totals.failed, skipped.c_str(),
                 static_cast<long long>(totals.added), static_cast<long long>(totals.revised),
                 static_cast<long long>(totals.sighted));
    if (lost) return feedd::exit_code(*lost);
    return result->interrupted ? kInterrupted : 0;
}

}  // namespace

void add_once(CLI::App& app, int& exit_code) {
    auto options = std::make_shared<Options>();
    CLI::App& command = *app.add_subcommand(
        "once", "Poll what is due and exit; feeds that fail are reported, and are no failure");
    add_config_option(command, options->places);
    add_db_option(command, options->places);
    command.add_flag("--all", options->once.all,
                     "Every feed that is not gone, whether it is due or not");
    command.add_option("FEED", options->once.feeds, "Only these feeds, by name or URL, due or not");
    command.callback([options, &exit_code] { exit_code = once(*options); });
}

}  // namespace feedd
