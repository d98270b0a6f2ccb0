#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <sysexits.h>

#include "command/command.h"
#include "command/common.h"
#include "command/table.h"
#include "config/load.h"
#include "dedup/story_matcher.h"
#include "model/config.h"
#include "store/open.h"

namespace feedd {

namespace {

struct DbOptions {
    Places places;
    OutputFormat format = OutputFormat::table;
    std::string file;  // backup: where to
    bool replace = false;
    std::string window;  // restory: "" as the list has it
};

// As the daemon has it: of the list, if there is one.
Result<Seconds> story_window_of(const DbOptions& options) {
    if (!options.window.empty()) {
        auto window = parse_duration(options.window);
        if (window && *window > Seconds{0}) return *window;
        return fail(ErrorKind::usage, {}, fmt::format("'{}' is no window", options.window),
                    "write 12h or 7d");
    }
    const Environment environment = process_environment();
    const auto list = config_path(options.places.config, environment);
    if (!list && options.places.config.empty()) return kDefaultStoryWindow;
    if (!list) return tl::unexpected(list.error());
    const auto config = load_without_secrets(*list, environment);
    if (config) return config->story_window.value_or(kDefaultStoryWindow);
    Error error = config.error().front();
    if (error.hint.empty()) error.hint = "the window is that of the list; or name it with --window";
    return tl::unexpected(std::move(error));
}

int migrate(const DbOptions& options) {
    const Result<std::string> place = store_path_of(options.places);
    if (!place) return report(place.error());
    const std::string& path = *place;
    const auto before = migration_status(path);
    if (const auto writer = open_writer(path); !writer) return report(writer.error());
    const auto after = migration_status(path);
    if (!after) return report(after.error());
    const std::int64_t first = before ? before->applied : 0;  // there was no store
    if (options.format == OutputFormat::json) {
        const nlohmann::ordered_json out{
            {"store", path}, {"before", first}, {"schema", after->applied}};
        std::puts(out.dump().c_str());
    } else if (first == after->applied) {
        fmt::print("{}: schema {}, nothing to do\n", path, first);
    } else {
        fmt::print("{}: schema {} is now {}\n", path, first, after->applied);
    }
    return EX_OK;
}

int check(const DbOptions& options) {
    const Result<std::string> path = store_path_of(options.places);
    if (!path) return report(path.error());
    const auto findings = check_store(*path);
    if (!findings) return report(findings.error());
    if (options.format == OutputFormat::json) {
        const nlohmann::ordered_json out{{"ok", findings->empty()}, {"findings", *findings}};
        std::puts(json_text(out).c_str());
    } else {
        for (const std::string& finding : *findings)
            fmt::print("{}\n", finding);
        if (findings->empty()) fmt::print("ok\n");
    }
    return findings->empty() ? EX_OK : EX_DATAERR;
}

int backup(const DbOptions& options) {
    const Result<std::string> path = store_path_of(options.places);
    if (!path) return report(path.error());
    const auto bytes = backup_store(*path, options.file, options.replace);
    if (!bytes) return report(bytes.error());
    if (options.format == OutputFormat::json) {
        const nlohmann::ordered_json out{
            {"store", *path}, {"backup", options.file}, {"bytes", *bytes}};
        std::puts(json_text(out).c_str());
    } else {
        fmt::print("{}: {} bytes\n", options.file, *bytes);
    }
    return EX_OK;
}

// What `stats` prints, by the names that its JSON has.
std::vector<std::pair<std::string, std::uint64_t>> figures(const StoreStats& stats) {
    const auto count = [](std::int64_t number) { return static_cast<std::uint64_t>(number); };
    return {{"feeds", count(stats.feeds)},
            {"failing", count(stats.failing)},
            {"articles", count(stats.articles)},
            {"sightings", count(stats.sightings)},
            {"revisions", count(stats.revisions)},
            {"changes", count(stats.changes)},
            {"polls", count(stats.polls)},
            {"last_seq", count(stats.last_seq)},
            {"not_indexed", count(stats.not_indexed)},
            {"documents", count(stats.documents)},
            {"schema", count(stats.schema)},
            {"bytes", stats.bytes},
            {"free_bytes", stats.free_bytes},
            {"wal_bytes", stats.wal_bytes},
            {"archive_bytes", stats.archive_bytes},
            {"received_bytes", stats.received_bytes}};
}

std::vector<std::pair<std::string, std::optional<Time>>> times(const StoreStats& stats) {
    return {{"oldest_article", stats.oldest_article},
            {"newest_article", stats.newest_article},
            {"oldest_document", stats.oldest_document},
            {"newest_document", stats.newest_document}};
}

void print_stats(const StoreStats& stats) {
    std::vector<std::vector<std::string>> rows;
    for (const auto& [name, number] : figures(stats))
        rows.push_back({name, std::to_string(number)});
    for (const auto& [name, time] : times(stats))
        rows.push_back({name, time ? format_utc(*time) : "-"});
    for (const TableSize& one : stats.tables)
        rows.push_back({"bytes of " + one.name, std::to_string(one.bytes)});
    std::fputs(table({{"WHAT"}, {"NUMBER", true}}, rows, terminal_width()).c_str(), stdout);
}

int stats(const DbOptions& options) {
    auto reader = open_reader_of(options.places);
    if (!reader) return report(reader.error());
    const auto found = (*reader)->stats();
    if (!found) return report(found.error());
    if (options.format != OutputFormat::json) {
        print_stats(*found);
        return EX_OK;
    }
    nlohmann::ordered_json out;
    for (const auto& [name, number] : figures(*found))
        out[name] = number;
    for (const auto& [name, time] : times(*found))
        out[name] = time ? nlohmann::ordered_json(format_utc(*time)) : nlohmann::ordered_json();
    out["tables"] = nlohmann::ordered_json::object();
    for (const TableSize& one : found->tables)
        out["tables"][one.name] = one.bytes;
    std::puts(out.dump().c_str());
    return EX_OK;
}

int restory(const DbOptions& options) {
    const Result<std::string> path = store_path_of(options.places);
    if (!path) return report(path.error());
    const auto window = story_window_of(options);
    if (!window) return report(window.error());
    // A typing error must not make a store.
    if (const auto status = migration_status(*path); !status) return report(status.error());
    auto writer = open_writer(*path);
    if (!writer) return report(writer.error());
    (*writer)->match_stories(make_story_matcher(*window));
    const auto done = (*writer)->restory(now_utc());
    if (!done) return report(done.error());
    if (options.format == OutputFormat::json) {
        const nlohmann::ordered_json out{{"store", *path},
                                         {"articles", done->articles},
                                         {"stories", done->stories},
                                         {"changed", done->changed}};
        std::puts(json_text(out).c_str());
    } else {
        fmt::print("{} articles, {} stories; {} articles are part of another story now\n",
                   done->articles, done->stories, done->changed);
    }
    return EX_OK;
}

struct Action {
    CLI::App& command;
    std::shared_ptr<DbOptions> options;
};

Action add_action(CLI::App& db, int& exit_code, const std::string& name,
                  const std::string& description, int (*action)(const DbOptions&)) {
    CLI::App* command = db.add_subcommand(name, description);
    auto options = std::make_shared<DbOptions>();
    add_config_option(*command, options->places);
    add_db_option(*command, options->places);
    add_format_option(*command, options->format, {"table", "json"});
    command->callback([options, action, &exit_code] { exit_code = action(*options); });
    return {*command, options};
}

}  // namespace

void add_db(CLI::App& app, int& exit_code) {
    CLI::App* db = app.add_subcommand("db", "Looks after the store");
    db->require_subcommand(1);
    add_action(*db, exit_code, "migrate", "Makes the store, or brings its schema up to date",
               migrate);
    add_action(*db, exit_code, "check",
               "Looks for damage; exit code 65 and a line per finding if there is any", check);
    const Action copy = add_action(
        *db, exit_code, "backup",
        "Copies the store, as it is at one moment, to a file; the daemon may be running", backup);
    copy.command.add_option("FILE", copy.options->file, "The copy")->required();
    copy.command.add_flag("--replace", copy.options->replace, "Even if FILE is there already");
    const Action again = add_action(
        *db, exit_code, "restory",
        "Finds all stories anew; no daemon may be running, and what changes is in the change log",
        restory);
    again.command.add_option("--window", again.options->window,
                             "How far apart articles of one story may be, as 7d "
                             "(default: dedup.story_window of the list)");
    add_action(*db, exit_code, "stats", "Counts what is in the store", stats);
    add_db_prune(*db, exit_code);
}

}  // namespace feedd
