#include <cstdio>
#include <memory>
#include <string>
#include <unordered_set>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <sysexits.h>

#include "command/command.h"
#include "command/common.h"
#include "command/table.h"
#include "config/load.h"
#include "service/pruning.h"
#include "store/open.h"

namespace feedd {

namespace {

struct Options {
    Places places;
    OutputFormat format = OutputFormat::table;
    bool dry_run = false;
    bool shrink = false;
};

constexpr int kLookAtOnce = 10'000;

struct Outcome {
    Pruned pruned;
    std::int64_t longest_ms = 0;
};

Result<PruneRules> rules_for(const Config& config, StoreReader& reader) {
    const auto rows = reader.feeds({.removed = true});
    if (!rows) return tl::unexpected(rows.error());
    std::vector<FeedState> states;
    states.reserve(rows->size());
    for (const FeedRow& row : *rows)
        states.push_back(row.state);
    return prune_rules(config, states);
}

Result<Outcome> look(const Config& config, const std::string& store) {
    const Time now = now_utc();
    auto reader = open_reader(store);
    if (!reader) return tl::unexpected(reader.error());
    const auto rules = rules_for(config, **reader);
    if (!rules) return tl::unexpected(rules.error());
    std::unordered_set<ArticleId> articles;  // one may be outdated by age and by number
    for (RetentionPlace place; place.stage != RetentionPlace::Stage::done;) {
        const auto slice = (*reader)->outdated(rules->articles, place, kLookAtOnce, now);
        if (!slice) return tl::unexpected(slice.error());
        articles.insert(slice->outdated.begin(), slice->outdated.end());
    }
    const auto rest = (*reader)->prunable(now - kKeepPolls, now - kKeepHosts, rules->archive, now);
    if (!rest) return tl::unexpected(rest.error());
    return Outcome{.pruned = {.polls = rest->polls,
                              .hosts = rest->hosts,
                              .articles = static_cast<std::int64_t>(articles.size()),
                              .documents = rest->documents}};
}

Result<Outcome> prune(const Config& config, const std::string& store, bool shrink) {
    // A store that is not there is not made only to be emptied.
    if (const auto there = migration_status(store); !there) return tl::unexpected(there.error());
    auto writer = open_writer(store);
    if (!writer) return tl::unexpected(writer.error());
    Result<PruneRules> rules;
    {
        auto reader = open_reader(store);
        if (!reader) return tl::unexpected(reader.error());
        rules = rules_for(config, **reader);
        if (!rules) return tl::unexpected(rules.error());
    }
    PrunePass pass(*rules, PrunePass::Clock::trusted, now_utc());
    while (true) {
        const auto more = pass.step(**writer);
        if (!more) return tl::unexpected(more.error());
        if (!*more) break;
    }
    if (shrink) {
        if (const auto shrunk = (*writer)->shrink(); !shrunk) return tl::unexpected(shrunk.error());
    }
    return Outcome{
        .pruned = pass.pruned(),
        .longest_ms = std::chrono::ceil<std::chrono::milliseconds>(pass.longest()).count()};
}

int db_prune(const Options& options) {
    const Environment environment = process_environment();
    const auto list = config_path(options.places.config, environment);
    if (!list) return report(list.error());
    const auto config = load_without_secrets(*list, environment);
    if (!config) return report(config.error());
    const std::string store = store_path(options.places.db, config->store, environment);
    const auto outcome =
        options.dry_run ? look(*config, store) : prune(*config, store, options.shrink);
    if (!outcome) return report(outcome.error());
    const Pruned& pruned = outcome->pruned;
    if (options.format == OutputFormat::json) {
        nlohmann::ordered_json out{{"dry_run", options.dry_run},
                                   {"articles", pruned.articles},
                                   {"documents", pruned.documents},
                                   {"polls", pruned.polls},
                                   {"hosts", pruned.hosts}};
        if (!options.dry_run) out["longest_ms"] = outcome->longest_ms;
        std::puts(out.dump().c_str());
        return EX_OK;
    }
    const std::vector<std::vector<std::string>> rows{
        {"articles", std::to_string(pruned.articles)},
        {"archived documents", std::to_string(pruned.documents)},
        {"polls", std::to_string(pruned.polls)},
        {"hosts", std::to_string(pruned.hosts)}};
    std::fputs(
        table({{"WHAT"}, {options.dry_run ? "WOULD GO" : "PRUNED", true}}, rows, terminal_width())
            .c_str(),
        stdout);
    return EX_OK;
}

}  // namespace

void add_db_prune(CLI::App& db, int& exit_code) {
    auto options = std::make_shared<Options>();
    CLI::App& command = *db.add_subcommand(
        "prune", "Deletes what the list keeps no longer; the daemon does so by itself");
    add_config_option(command, options->places);
    add_db_option(command, options->places);
    CLI::Option* dry_run =
        command.add_flag("--dry-run", options->dry_run, "Only count it; the daemon may be running");
    command
        .add_flag("--shrink", options->shrink,
                  "Then copy the store into a smaller file, which takes as much room again")
        ->excludes(dry_run);
    add_format_option(command, options->format, {"table", "json"});
    command.callback([options, &exit_code] { exit_code = db_prune(*options); });
}

}  // namespace feedd
