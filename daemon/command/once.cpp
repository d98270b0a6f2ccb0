#include "service/once.h"

#include <cstdio>
#include <memory>
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
    const std::string why =
        finished.report.error ? message(*finished.report.error) : outcome.error_text;
    return fmt::format("{}: {}", outcome.state.name, fitted(why, 400));
}

int once(const Options& options) {
    int exit_code = 0;
    auto config = read_list(options.places, exit_code);
    if (!config) return exit_code;
    const std::string db = store_path(options.places.db, config->store, process_environment());
    Progress progress(isatty(STDERR_FILENO) == 1);
    std::vector<std::string> failures;
    // A line per failed feed is printed below: the log would say it again.
    if (spdlog::get_level() == spdlog::level::info) spdlog::set_level(spdlog::level::warn);
    const auto result = run_once(
        std::move(*config), db, options.once,
        {.begun = [&](std::size_t feeds) { progress.begin(feeds); },
         .finished =
             [&](const FinishedPoll& finished, const PollTotals& totals) {
                 if (finished.outcome.result == PollResult::failed || finished.report.error) {
                     failures.push_back(failure_line(finished));
                 }
                 progress.update(totals);
             }});
    progress.clear();
    if (!result) return report(result.error());
    for (const std::string& line : failures)
        std::fprintf(stderr, "%s\n", line.c_str());
    const PollTotals& totals = result->totals;
    std::fprintf(stderr,
                 "%zu feeds polled, %zu failed: %lld new, %lld revised, %lld seen elsewhere\n",
                 totals.polls, totals.failed, static_cast<long long>(totals.added),
                 static_cast<long long>(totals.revised), static_cast<long long>(totals.sighted));
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
