// feedd check: is the list good, and if not, where and why.
#include <algorithm>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <sysexits.h>

#include "base/text.h"
#include "base/url.h"
#include "command/command.h"
#include "command/common.h"
#include "config/load.h"

namespace feedd {

namespace {

struct CheckOptions {
    Places places;
    OutputFormat format = OutputFormat::table;
};

std::string counted(std::size_t count, std::string_view noun) {
    return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

bool sends_a_secret_in_the_clear(const FeedSpec& feed) {
    if (scheme_of(feed.url) != "http") return false;
    return std::any_of(
        feed.access.headers.begin(), feed.access.headers.end(),
        [](const SecretHeader& header) { return iequals(header.name, "Authorization"); });
}

// What the list may say, but is hardly meant.
std::vector<Error> warnings_of(const std::string& path, const Config& config) {
    std::vector<Error> warnings;
    if (config.feeds.empty())
        warnings.push_back({ErrorKind::config, path, "there is nothing to poll", {}});
    for (const FeedSpec& feed : config.feeds) {
        if (!sends_a_secret_in_the_clear(feed)) continue;
        warnings.push_back({ErrorKind::config, feed.place,
                            fmt::format("'{}' is told its credentials over http, for everybody "
                                        "on the way to read",
                                        feed.name),
                            "write https:// if the server has it"});
    }
    return warnings;
}

void print_summary(const std::string& path, const Config& config) {
    std::string line = fmt::format("{}: {}", path, counted(config.feeds.size(), "feed"));
    if (config.files.size() > 1) line += " in " + counted(config.files.size(), "file");
    fmt::print("{}, ok\n", line);
    for (const Error& warning : warnings_of(path, config)) {
        fmt::print(stderr, "feedd: {}: warning: {}{}\n", warning.where, warning.what,
                   warning.hint.empty() ? "" : fmt::format(" ({})", warning.hint));
    }
}

nlohmann::ordered_json as_json(const std::vector<Error>& errors) {
    auto out = nlohmann::ordered_json::array();
    for (const Error& error : errors)
        out.push_back({{"where", error.where}, {"what", error.what}, {"hint", error.hint}});
    return out;
}

// One object, whether the list is good or not: a consumer reads one thing.
void print_json(const std::string& path, const Config* config, const std::vector<Error>& errors) {
    nlohmann::ordered_json out{{"file", path},
                               {"ok", config != nullptr},
                               {"feeds", nullptr},
                               {"files", nlohmann::ordered_json::array()},
                               {"errors", as_json(errors)},
                               {"warnings", nlohmann::ordered_json::array()}};
    if (config != nullptr) {
        out["feeds"] = config->feeds.size();
        out["files"] = config->files;
        out["warnings"] = as_json(warnings_of(path, *config));
    }
    std::fprintf(stdout, "%s\n", json_text(out, 2).c_str());
}

int check(const CheckOptions& options) {
    const Environment environment = process_environment();
    const auto path = config_path(options.places.config, environment);
    const auto config =
        path ? load_config(*path, environment)
             : tl::expected<Config, std::vector<Error>>(tl::unexpect, std::vector{path.error()});
    const std::string shown = path ? *path : std::string{};
    const std::vector<Error> errors = config ? std::vector<Error>{} : config.error();
    if (options.format == OutputFormat::json) {
        print_json(shown, config ? &*config : nullptr, errors);
        return errors.empty() ? EX_OK : exit_code(errors.front());
    }
    if (!errors.empty()) return report(errors);
    print_summary(shown, *config);
    return EX_OK;
}

}  // namespace

void add_check(CLI::App& app, int& exit_code) {
    CLI::App* const command = app.add_subcommand("check", "Validate the feed list");
    const auto options = std::make_shared<CheckOptions>();
    add_config_option(*command, options->places);
    add_format_option(*command, options->format, {"table", "json"});
    command->callback([options, &exit_code] { exit_code = check(*options); });
}

}  // namespace feedd
